package dev.affray.recipient;

import dev.affray.document.Fields;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads lists of recipients: each a text alone, or an object with a filter. {@code recipients.schema.json} describes them. Problems never repeat an address: a
 * webhook's may hold a secret.
 */
public final class RecipientFields {
    private static final int MOST = 50;
    private static final String LOCAL_PART =
            "(?=.{1,254}$)(?=[^@]{1,64}@)[\\w!#$%&'*+/=?^`{|}~-]+(\\.[\\w!#$%&'*+/=?^`{|}~-]+)*@";
    private static final String LABEL = "[A-Za-z0-9-]{1,63}";
    private static final Pattern EMAIL = Pattern.compile(LOCAL_PART + LABEL + "(\\." + LABEL + ")*");
    /** A mail address of a domain with a dot, as on the internet. */
    public static final Pattern PUBLIC_EMAIL = Pattern.compile(LOCAL_PART + LABEL + "(\\." + LABEL + ")+");

    private static final Pattern SMS = Pattern.compile("\\+[1-9][0-9]{6,14}");
    private static final Pattern HTTPS =
            Pattern.compile("https://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~:/?\\[\\]@!$&'()*+,;=%-]*)?");

    private RecipientFields() {}

    /** Whether a text is a mail address, if only of this machine. */
    public static boolean isEmail(String text) {
        return EMAIL.matcher(text).matches();
    }

    /** The mail addresses under {@code email}, which may be of this machine alone, such as {@code guard@localhost}. */
    public static List<Recipient> emails(Fields fields, Told told) {
        return list(fields, "email", told, EMAIL, "a mail address");
    }

    /** The mail addresses under {@code email}, each of a domain with a dot, as on the internet. */
    public static List<Recipient> publicEmails(Fields fields, Told told) {
        return list(fields, "email", told, PUBLIC_EMAIL, "a mail address");
    }

    /** The numbers under {@code sms}. */
    public static List<Recipient> numbers(Fields fields, Told told) {
        return list(fields, "sms", told, SMS, "a number in E.164 such as \"+4915112345678\"");
    }

    /** The URLs under {@code https}. */
    public static List<Recipient> urls(Fields fields, Told told) {
        return list(fields, "https", told, HTTPS, "a URL that begins with https://");
    }

    /**
     * Objects that have {@code to}, or are nothing but that.
     *
     * @param shape what one is
     * @param to the address of it: none may be there twice
     */
    public static <T> List<T> list(Fields fields, String field, Function<Fields, T> shape, Function<T, String> to) {
        Set<String> seen = new HashSet<>();
        return fields.objects(field, MOST, "to", item -> {
            T recipient = shape.apply(item);
            if (item.has("to") && !seen.add(to.apply(recipient))) {
                item.problem("to", "stands there twice; one filter may have several values");
            }
            return recipient;
        });
    }

    /** The address of one; {@code rule} says its form in words. */
    public static String to(Fields item, Pattern form, String rule) {
        Optional<String> to = item.optionalText("to", form, rule);
        if (!item.has("to")) {
            item.problem("to", "is missing; it is " + rule);
        }
        return to.orElse("");
    }

    private static List<Recipient> list(Fields fields, String field, Told told, Pattern form, String rule) {
        return list(
                fields,
                field,
                item -> new Recipient(to(item, form, rule), FilterFields.read(item, told)),
                Recipient::to);
    }
}
