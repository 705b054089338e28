package dev.affray.agent.training;

import java.util.Random;

/** Puts numbers into an order by lot. */
final class Shuffle {
    private Shuffle() {}

    static void shuffle(int[] numbers, Random random) {
        for (int i = numbers.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int swapped = numbers[i];
            numbers[i] = numbers[other];
            numbers[other] = swapped;
        }
    }

    /** Some of so many, in an order by lot: {@code most} at most. */
    static int[] some(int count, int most, Random random) {
        int[] numbers = new int[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = i;
        }
        shuffle(numbers, random);
        return java.util.Arrays.copyOf(numbers, Math.min(count, most));
    }
}
