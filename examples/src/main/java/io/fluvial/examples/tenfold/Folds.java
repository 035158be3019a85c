package io.fluvial.examples.tenfold;

import io.fluvial.Moments;
import io.fluvial.Samples;
import java.util.Arrays;
import java.util.SplittableRandom;

/// The rows of a table in random order, cut into parts of nearly the same size, each of which is the test part once.
final class Folds {

    /// One fold, both parts standardised with the training part's means and deviations.
    ///
    /// @param train all parts but one
    /// @param test that one
    record Fold(Samples train, Samples test) {}

    private final Samples rows;
    private final int[] order;
    private final int count;

    /// @param count number of folds, at least 2
    Folds(Samples rows, int count, long seed) {
        if (count < 2 || rows.count() < 2 * count) {
            throw new IllegalArgumentException(
                    "cannot cut " + rows.count() + " rows into " + count + " folds of at least 2");
        }
        this.rows = rows;
        this.count = count;
        this.order = shuffled(rows.count(), seed);
    }

    int count() {
        return count;
    }

    /// Fold number k, from 0.
    Fold fold(int k) {
        int from = edge(k);
        int to = edge(k + 1);
        int[] train = Arrays.copyOf(order, order.length - (to - from));
        System.arraycopy(order, to, train, from, order.length - to);
        return standardised(rows.select(train), rows.select(Arrays.copyOfRange(order, from, to)));
    }

    private int edge(int k) {
        return (int) ((long) order.length * k / count);
    }

    private static Fold standardised(Samples train, Samples test) {
        float[][] trained = new float[train.dim()][train.count()];
        float[][] tested = new float[test.dim()][test.count()];
        for (int j = 0; j < trained.length; j++) {
            Moments moments = Moments.of(train, j);
            double scale = moments.deviation() > 0 ? moments.deviation() : 1; // a constant column stays as it is
            for (int i = 0; i < train.count(); i++) {
                trained[j][i] = (float) ((train.get(i, j) - moments.mean()) / scale);
            }
            for (int i = 0; i < test.count(); i++) {
                tested[j][i] = (float) ((test.get(i, j) - moments.mean()) / scale);
            }
        }
        return new Fold(Samples.wrap(trained), Samples.wrap(tested));
    }

    /// 0 … n − 1 in random order (Fisher–Yates).
    static int[] shuffled(int n, long seed) {
        int[] order = new int[n];
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < n; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
