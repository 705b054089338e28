package dev.affray.agent.capture.sample;

import java.util.Map;

/** A font of five by seven dots, with just the characters that the sample's label and clock need. */
final class Lettering {
    private static final int COLUMNS = 5;
    private static final int ROWS = 7;

    /** Seven rows from the top, five bits each, the leftmost the highest. */
    private static final Map<Character, int[]> DOTS = Map.ofEntries(
            Map.entry('0', new int[] {14, 17, 19, 21, 25, 17, 14}),
            Map.entry('1', new int[] {4, 12, 4, 4, 4, 4, 14}),
            Map.entry('2', new int[] {14, 17, 1, 2, 4, 8, 31}),
            Map.entry('3', new int[] {31, 2, 4, 2, 1, 17, 14}),
            Map.entry('4', new int[] {2, 6, 10, 18, 31, 2, 2}),
            Map.entry('5', new int[] {31, 16, 30, 1, 1, 17, 14}),
            Map.entry('6', new int[] {6, 8, 16, 30, 17, 17, 14}),
            Map.entry('7', new int[] {31, 1, 2, 4, 8, 8, 8}),
            Map.entry('8', new int[] {14, 17, 17, 14, 17, 17, 14}),
            Map.entry('9', new int[] {14, 17, 17, 15, 1, 2, 12}),
            Map.entry(':', new int[] {0, 4, 4, 0, 4, 4, 0}),
            Map.entry('A', new int[] {14, 17, 17, 31, 17, 17, 17}),
            Map.entry('C', new int[] {14, 17, 16, 16, 16, 17, 14}),
            Map.entry('E', new int[] {31, 16, 16, 30, 16, 16, 31}),
            Map.entry('H', new int[] {17, 17, 17, 31, 17, 17, 17}),
            Map.entry('I', new int[] {14, 4, 4, 4, 4, 4, 14}),
            Map.entry('L', new int[] {16, 16, 16, 16, 16, 16, 31}),
            Map.entry('M', new int[] {17, 27, 21, 21, 17, 17, 17}),
            Map.entry('N', new int[] {17, 25, 21, 21, 19, 17, 17}),
            Map.entry('P', new int[] {30, 17, 17, 30, 16, 16, 16}),
            Map.entry('S', new int[] {15, 16, 16, 14, 1, 1, 30}),
            Map.entry('T', new int[] {31, 4, 4, 4, 4, 4, 4}),
            Map.entry('Y', new int[] {17, 17, 10, 4, 4, 4, 4}));

    private Lettering() {}

    /** Writes a text; characters that the font lacks are left blank. */
    static void write(Picture picture, String text, int left, int top, int dot, Colour colour) {
        for (int i = 0; i < text.length(); i++) {
            int[] rows = DOTS.getOrDefault(text.charAt(i), new int[ROWS]);
            letter(picture, rows, left + i * (COLUMNS + 1) * dot, top, dot, colour);
        }
    }

    private static void letter(Picture picture, int[] rows, int left, int top, int dot, Colour colour) {
        for (int row = 0; row < ROWS; row++) {
            for (int column = 0; column < COLUMNS; column++) {
                if ((rows[row] >> (COLUMNS - 1 - column) & 1) == 1) {
                    int x = left + column * dot;
                    int y = top + row * dot;
                    picture.rectangle(x, y, x + dot, y + dot, colour);
                }
            }
        }
    }
}
