package dev.affray.camera;

import dev.affray.document.Fields;
import java.time.ZoneId;
import java.util.Optional;

/** Reads IANA time zones. */
final class Zone {
    private static final int LONGEST = 64;

    private Zone() {}

    /** The zone of a field; empty where the field is absent or names none, which is a problem. */
    static Optional<ZoneId> read(Fields fields, String field) {
        Optional<String> text = fields.optionalText(field, LONGEST);
        Optional<String> known = text.filter(ZoneId.getAvailableZoneIds()::contains);
        if (known.isEmpty()) {
            text.ifPresent(
                    other -> fields.problem(field, "'" + other + "' is not an IANA time zone such as Europe/Berlin"));
        }
        return known.map(ZoneId::of);
    }
}
