package dev.affray.cloud.local.iot;

import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** Reads the CN of a certificate's subject. */
final class CommonName {
    private CommonName() {}

    /** Empty unless there is exactly one. */
    static Optional<String> of(X509Certificate certificate) {
        try {
            var names = new LdapName(certificate.getSubjectX500Principal().getName())
                    .getRdns().stream()
                            .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
                            .map(Rdn::getValue)
                            .toList();
            return names.size() == 1 ? Optional.of(names.getFirst().toString()) : Optional.empty();
        } catch (InvalidNameException e) {
            return Optional.empty();
        }
    }
}
