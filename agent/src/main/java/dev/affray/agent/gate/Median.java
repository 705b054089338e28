package dev.affray.agent.gate;

/** The middle of many numbers, without sorting them all. */
final class Median {
    private Median() {}

    /** Rearranges the numbers. Of an even count, the upper of the two in the middle. */
    static float of(float[] numbers) {
        int middle = numbers.length / 2;
        int low = 0;
        int high = numbers.length - 1;
        while (low < high) {
            float pivot = numbers[(low + high) >>> 1];
            int left = low;
            int right = high;
            while (left <= right) {
                while (numbers[left] < pivot) {
                    left++;
                }
                while (numbers[right] > pivot) {
                    right--;
                }
                if (left <= right) {
                    float swapped = numbers[left];
                    numbers[left++] = numbers[right];
                    numbers[right--] = swapped;
                }
            }
            if (middle <= right) {
                high = right;
            } else if (middle >= left) {
                low = left;
            } else {
                return numbers[middle];
            }
        }
        return numbers[middle];
    }
}
