package io.fluvial.distribution;

import java.util.List;

/// The highest point of a mixture of numbers, by search between the modes of its components.
///
/// Between each two neighbouring modes 64 points are compared, and the best of all is refined by golden sections to
/// about 1e-8 of its cell (the density is flat there). On whole numbers all are compared up to 1e6, else as many.
final class MixtureMode {

    private static final int POINTS = 64;
    private static final double GOLDEN = 0.5 * (Math.sqrt(5) - 1);

    private MixtureMode() {}

    static double of(ScalarDistribution mixture, List<ScalarDistribution> parts) {
        double[] modes = parts.stream()
                .mapToDouble(ScalarDistribution::mode)
                .sorted()
                .distinct()
                .toArray();
        boolean discrete = mixture.support().isDiscrete();
        double best = modes[0];
        double cell = 0;
        for (int k = 1; k <= modes.length; k++) {
            best = better(mixture, best, modes[k - 1]);
            if (k == modes.length) {
                break;
            }
            double width = modes[k] - modes[k - 1];
            double step = discrete && width <= 1e6 ? 1 : width / POINTS;
            for (double x = modes[k - 1] + step; x < modes[k] && x + step > x; x += step) { // or no step moves x
                double candidate = discrete ? Math.rint(x) : x;
                if (better(mixture, best, candidate) != best) {
                    best = candidate;
                }
            }
            cell = Math.max(cell, step);
        }
        return discrete || cell == 0 || mixture.logProb(best) == Double.POSITIVE_INFINITY
                ? best
                : refine(
                        mixture, Math.max(modes[0], best - cell), Math.min(modes[modes.length - 1], best + cell), best);
    }

    private static double better(ScalarDistribution mixture, double a, double b) {
        return mixture.logProb(b) > mixture.logProb(a) ? b : a;
    }

    private static double refine(ScalarDistribution mixture, double from, double to, double start) {
        double low = from;
        double high = to;
        for (int i = 0; i < 80; i++) {
            double left = high - GOLDEN * (high - low);
            double right = low + GOLDEN * (high - low);
            if (mixture.logProb(left) < mixture.logProb(right)) {
                low = left;
            } else {
                high = right;
            }
        }
        return better(mixture, start, 0.5 * (low + high));
    }
}
