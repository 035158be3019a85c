package io.fluvial.cli;

import io.fluvial.Samples;
import java.util.SplittableRandom;

/// Two interleaved arcs, twenty Gaussians along them: looks like data, and its density is known in closed form,
///
///     p(x) = 1/20 · Σₖ N(x; mₖ, Rₖ diag(along², across²) Rₖᵀ)
///
/// so that the best possible log-likelihood is known as well.
final class DemoTarget {

    private static final int PER_ARC = 10;
    private static final int COUNT = 2 * PER_ARC;
    private static final double ALONG = 0.13;
    private static final double ACROSS = 0.06;

    private final double[] x = new double[COUNT];
    private final double[] y = new double[COUNT];
    private final double[] cos = new double[COUNT];
    private final double[] sin = new double[COUNT];

    DemoTarget() {
        for (int k = 0; k < PER_ARC; k++) {
            double angle = Math.PI * (k + 0.5) / PER_ARC;
            place(k, Math.cos(angle) - 0.5, Math.sin(angle) - 0.25, angle + Math.PI / 2);
            place(PER_ARC + k, 0.5 - Math.cos(angle), 0.25 - Math.sin(angle), angle + Math.PI / 2);
        }
    }

    private void place(int k, double centreX, double centreY, double direction) {
        x[k] = centreX;
        y[k] = centreY;
        cos[k] = Math.cos(direction);
        sin[k] = Math.sin(direction);
    }

    Samples sample(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[][] columns = new float[2][count];
        for (int i = 0; i < count; i++) {
            int k = random.nextInt(COUNT);
            double along = ALONG * random.nextGaussian();
            double across = ACROSS * random.nextGaussian();
            columns[0][i] = (float) (x[k] + along * cos[k] - across * sin[k]);
            columns[1][i] = (float) (y[k] + along * sin[k] + across * cos[k]);
        }
        return Samples.wrap(columns);
    }

    /// log p of every row, nats.
    double[] logProb(Samples rows) {
        double[] logProb = new double[rows.count()];
        for (int i = 0; i < logProb.length; i++) {
            logProb[i] = logProb(rows.get(i, 0), rows.get(i, 1));
        }
        return logProb;
    }

    private double logProb(double atX, double atY) {
        double[] terms = new double[COUNT];
        double most = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < COUNT; k++) {
            double dx = atX - x[k];
            double dy = atY - y[k];
            double along = (dx * cos[k] + dy * sin[k]) / ALONG;
            double across = (dy * cos[k] - dx * sin[k]) / ACROSS;
            terms[k] = -0.5 * (along * along + across * across);
            most = Math.max(most, terms[k]);
        }
        double sum = 0;
        for (double term : terms) {
            sum += Math.exp(term - most); // the largest term is exp(0), so the sum is at least 1
        }
        return most + Math.log(sum) - Math.log(COUNT * 2 * Math.PI * ALONG * ACROSS);
    }
}
