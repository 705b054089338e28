package dev.affray.cdk.deployment;

import dev.affray.document.Fields;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Arrays of texts of one form, none of them twice. */
final class Texts {
    private static final int MAX_ITEMS = 50;

    private Texts() {}

    /** @param rule the form in words */
    static List<String> distinct(Fields fields, String field, Pattern form, String rule) {
        Set<String> seen = new HashSet<>();
        return fields.texts(field, MAX_ITEMS, text -> {
            if (!form.matcher(text).matches()) {
                return Optional.of("is not " + rule);
            }
            return seen.add(text) ? Optional.empty() : Optional.of("stands there twice");
        });
    }
}
