package io.fluvial.testkit;

import java.util.random.RandomGenerator;

/// Where a map is defined, and what a contract draws from it: an open interval, one and the same for every feature.
///
/// @param low lower end, or −∞
/// @param high upper end, or +∞
public record Domain(double low, double high) {

    /// Draws are multiples of this, so that a difference step of a power of two adds to them without rounding.
    static final double GRID = 0x1p-12;

    private static final Domain REAL = new Domain(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    public Domain {
        if (!(low < high)) {
            throw new IllegalArgumentException("a domain needs low < high, got " + low + " and " + high);
        }
    }

    /// All numbers.
    public static Domain real() {
        return REAL;
    }

    /// All numbers above 0.
    public static Domain positive() {
        return new Domain(0, Double.POSITIVE_INFINITY);
    }

    /// The numbers between 0 and 1.
    public static Domain unit() {
        return new Domain(0, 1);
    }

    /// A number well inside: around 0 with deviation 1.5 · magnitude, from the middle 70 % of an interval, or
    /// log-normal above a single end.
    float draw(RandomGenerator random, double magnitude) {
        double value;
        if (low == Double.NEGATIVE_INFINITY && high == Double.POSITIVE_INFINITY) {
            value = 1.5 * magnitude * random.nextGaussian();
        } else if (low > Double.NEGATIVE_INFINITY && high < Double.POSITIVE_INFINITY) {
            value = low + (high - low) * (0.15 + 0.7 * random.nextDouble());
        } else {
            double distance = 0.1 + Math.exp(0.7 * magnitude * random.nextGaussian());
            value = low > Double.NEGATIVE_INFINITY ? low + distance : high - distance;
        }
        return onGrid(value);
    }

    /// How far x may move before it leaves the domain, at most 1.
    double room(double x) {
        return Math.min(1, Math.min(x - low, high - x));
    }

    static float onGrid(double value) {
        return (float) (Math.rint(value / GRID) * GRID);
    }
}
