package io.fluvial.distribution;

import io.fluvial.constraint.Angle;
import io.fluvial.transform.Wrap;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The highest point of a mixture of numbers, by search between the modes of its components.
///
/// Between each two neighbouring modes 64 points are compared, and the best of all is refined by
/// golden sections to about 1e-8 of its cell (the density is flat there). On whole numbers all are
/// compared up to 1e6, else as many. On a circle – angles, or one [Wrap] of all components – the
/// last mode and the first are neighbours, too.
final class MixtureMode {

    private static final int POINTS = 64;

    private final ScalarDistribution mixture;
    private final @Nullable Wrap circle;

    private MixtureMode(ScalarDistribution mixture, @Nullable Wrap circle) {
        this.mixture = mixture;
        this.circle = circle;
    }

    static double of(ScalarDistribution mixture, List<ScalarDistribution> parts) {
        double[] modes = parts.stream()
                .mapToDouble(ScalarDistribution::mode)
                .sorted()
                .distinct()
                .toArray();
        Wrap circle = circle(mixture, parts);
        if (circle != null) {
            modes = Arrays.copyOf(modes, modes.length + 1);
            modes[modes.length - 1] = modes[0] + (circle.upper() - circle.lower());
        }
        MixtureMode search = new MixtureMode(mixture, circle);
        return search.onCircle(search.between(modes));
    }

    private static @Nullable Wrap circle(ScalarDistribution mixture, List<ScalarDistribution> parts) {
        if (mixture.support() instanceof Angle) {
            return Wrap.angle();
        }
        return parts.getFirst() instanceof TransformedScalar first
                        && first.transform() instanceof Wrap wrap
                        && parts.stream()
                                .allMatch(part -> part instanceof TransformedScalar wrapped
                                        && wrapped.transform().equals(wrap))
                ? wrap
                : null;
    }

    private double onCircle(double x) {
        return circle == null ? x : circle.forward(x);
    }

    private double logProb(double x) {
        return mixture.logProb(onCircle(x));
    }

    private double between(double[] modes) {
        boolean discrete = mixture.support().isDiscrete();
        double best = modes[0];
        double cell = 0;
        for (int k = 1; k <= modes.length; k++) {
            best = better(best, modes[k - 1]);
            if (k == modes.length) {
                break;
            }
            double width = modes[k] - modes[k - 1];
            double step = discrete && width <= 1e6 ? 1 : width / POINTS;
            for (double x = modes[k - 1] + step; x < modes[k] && x + step > x; x += step) { // or no step moves x
                double candidate = discrete ? Math.rint(x) : x;
                if (better(best, candidate) != best) {
                    best = candidate;
                }
            }
            cell = Math.max(cell, step);
        }
        if (discrete || cell == 0 || logProb(best) == Double.POSITIVE_INFINITY) {
            return best;
        }
        double low = circle == null ? Math.max(modes[0], best - cell) : best - cell;
        double high = circle == null ? Math.min(modes[modes.length - 1], best + cell) : best + cell;
        return better(best, ModeSearch.refine(this::logProb, low, high));
    }

    private double better(double a, double b) {
        return logProb(b) > logProb(a) ? b : a;
    }
}
