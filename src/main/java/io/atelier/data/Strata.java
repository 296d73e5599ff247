package io.atelier.data;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;

/** Draws from all classes in proportion. */
final class Strata {
    private Strata() {}

    /**
     * Chooses some of the labels at random, so that each class has the share among the chosen that it has among all.
     *
     * @param labels from 0 to below {@code classes}
     * @param count at most as many as there are labels
     * @return positions, ascending; always the same for a seed
     */
    static int[] choose(int[] labels, int classes, int count, long seed) {
        int[] quotas = quotas(counts(labels, classes), count, labels.length);
        int[] chosen = new int[count];
        int next = 0;
        for (int position : permutation(labels.length, seed)) {
            if (quotas[labels[position]]-- > 0) {
                chosen[next++] = position;
            }
        }
        Arrays.sort(chosen);
        return chosen;
    }

    static int[] counts(int[] labels, int classes) {
        int[] counts = new int[classes];
        for (int label : labels) {
            counts[label]++;
        }
        return counts;
    }

    /** Each class's share rounded down; what is left goes to the classes that lost most by that. */
    private static int[] quotas(int[] counts, int count, int total) {
        int[] quotas = IntStream.of(counts)
                .map(size -> (int) ((long) size * count / total))
                .toArray();
        Comparator<Integer> byLoss = Comparator.comparing(i -> (long) counts[i] * count % total);
        IntStream.range(0, counts.length)
                .boxed()
                .sorted(byLoss.reversed().thenComparing(Comparator.naturalOrder()))
                .limit(count - IntStream.of(quotas).sum())
                .forEach(i -> quotas[i]++);
        return quotas;
    }

    /** The numbers from 0 in a random order, always the same for a seed. */
    static int[] permutation(int size, long seed) {
        int[] order = IntStream.range(0, size).toArray();
        Random random = new Random(seed);
        for (int i = size - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return order;
    }
}
