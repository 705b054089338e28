package dev.affray.agent.gate;

import dev.affray.document.Fields;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;

/** Rows of numbers as text: base64 of 32-bit floats, the lowest byte first. */
final class Floats {
    /** No number can be too small. */
    static final float ANY = -1e9f;

    private static final float LARGEST = 1e9f;

    private Floats() {}

    static String text(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    /** So many numbers, all at least {@code least}; where they are not, a problem is entered and it is all of ones. */
    static float[] read(Fields fields, String field, int count, float least) {
        float[] values = new float[count];
        int length = (count * Float.BYTES + 2) / 3 * 4;
        String text = fields.text(field, length);
        if (!text.isEmpty()) {
            String wrong = decode(text, values, least);
            if (wrong.isEmpty()) {
                return values;
            }
            fields.problem(field, wrong);
        }
        Arrays.fill(values, 1);
        return values;
    }

    /** What is wrong, or nothing. */
    private static String decode(String text, float[] values, float least) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return "is no base64: " + e.getMessage();
        }
        if (bytes.length != values.length * Float.BYTES) {
            return "has " + bytes.length + " bytes; must be " + values.length + " numbers of " + Float.BYTES;
        }
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        for (int i = 0; i < values.length; i++) {
            if (!(values[i] >= least && values[i] <= LARGEST)) {
                return "number " + (i + 1) + " is " + values[i] + "; must be from " + least + " to " + LARGEST;
            }
        }
        return "";
    }
}
