package dev.affray.cloud.state.link;

/** Numbers in Crockford's base 32, in lower case. */
final class Base32 {
    private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";

    private Base32() {}

    static char digit(int value) {
        return DIGITS.charAt(value);
    }

    /** @throws IllegalArgumentException when it does not fit the width */
    static String of(long value, int width) {
        if (value < 0 || value >>> (5 * width) != 0) {
            throw new IllegalArgumentException(value + " does not fit " + width + " digits");
        }
        StringBuilder text = new StringBuilder(width);
        for (int i = width - 1; i >= 0; i--) {
            text.append(digit((int) (value >>> (5 * i)) & 31));
        }
        return text.toString();
    }

    /** The number; negative when a character is no digit. */
    static long parse(String text) {
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = DIGITS.indexOf(text.charAt(i));
            if (digit < 0) {
                return -1;
            }
            value = value << 5 | digit;
        }
        return value;
    }
}
