package io.fluvial.testkit;

import io.fluvial.constraint.Cat;
import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Each;
import io.fluvial.constraint.Interval;
import io.fluvial.transform.Constraints;
import java.util.random.RandomGenerator;

/// Points inside constraints, to test transforms at, and how far they are from the ends.
final class Inside {

    private Inside() {}

    /// An event of the set. Normal numbers for a line, most within a few units of the end for a half-line, all over a
    /// bounded interval; what is no interval through its bijection.
    static double[] draw(Constraint constraint, RandomGenerator random) {
        return switch (constraint) {
            case Interval interval -> new double[] {draw(interval, random)};
            case Each(Interval interval, var shape) -> {
                double[] x = new double[shape.size()];
                for (int k = 0; k < x.length; k++) {
                    x[k] = draw(interval, random);
                }
                yield x;
            }
            default -> {
                var bijection = Constraints.bijectTo(constraint);
                yield bijection.apply(draw(bijection.domain(), random));
            }
        };
    }

    private static double draw(Interval interval, RandomGenerator random) {
        double normal = 1.5 * random.nextGaussian();
        if (interval.lower() == Double.NEGATIVE_INFINITY) {
            return interval.upper() == Double.POSITIVE_INFINITY ? normal : interval.upper() - Math.exp(normal);
        }
        return interval.upper() == Double.POSITIVE_INFINITY
                ? interval.lower() + Math.exp(normal)
                : interval.lower() + (interval.upper() - interval.lower()) / (1 + Math.exp(-normal));
    }

    /// How far number k of x may move either way without leaving the set; at most 1.
    static double room(Constraint constraint, double[] x, int k) {
        return switch (constraint) {
            case Interval interval -> room(interval, x[k]);
            case Each(Interval interval, var shape) -> room(interval, x[k]);
            case Cat cat -> {
                int at = 0;
                for (Constraint part : cat.parts()) {
                    int size = part.shape().size();
                    if (k < at + size) {
                        yield room(part, java.util.Arrays.copyOfRange(x, at, at + size), k - at);
                    }
                    at += size;
                }
                yield 1;
            }
            default -> 1;
        };
    }

    private static double room(Interval interval, double x) {
        return Math.min(1, Math.min(x - interval.lower(), interval.upper() - x));
    }
}
