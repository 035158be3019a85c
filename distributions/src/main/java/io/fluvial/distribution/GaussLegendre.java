package io.fluvial.distribution;

import java.util.function.DoubleUnaryOperator;

/// The rule of Gauss and Legendre with 16 nodes, on one interval or on halves of it until they agree.
final class GaussLegendre {

    private static final int N = 16;
    private static final double[] NODES = new double[N];
    private static final double[] WEIGHTS = new double[N];

    /// Agreement of an interval with its halves. The halves are better by 2³² where the integrand is smooth.
    private static final double TOLERANCE = 1e-13;

    /// Halvings of one interval: a kink or jump that deep inside weighs 2⁻⁴⁰.
    private static final int DEEPEST = 40;

    private static final int MOST_INTERVALS = 4000; // for integrands that are not accurate themselves

    static {
        for (int i = 0; i < N; i++) {
            double x = Math.cos(Math.PI * (i + 0.75) / (N + 0.5)); // Newton's method from here ends at root i
            double slope = 1;
            for (int k = 0; k < 6; k++) {
                double before = 1;
                double p = x;
                for (int n = 2; n <= N; n++) {
                    double next = ((2 * n - 1) * x * p - (n - 1) * before) / n;
                    before = p;
                    p = next;
                }
                slope = N * (x * p - before) / (x * x - 1); // the roots lie inside (−1, 1)
                x -= p / slope;
            }
            NODES[i] = x;
            WEIGHTS[i] = 2 / ((1 - x * x) * slope * slope);
        }
    }

    private final DoubleUnaryOperator f;
    private final double tolerance;
    private int intervals;

    private GaussLegendre(DoubleUnaryOperator f, double tolerance) {
        this.f = f;
        this.tolerance = tolerance;
    }

    /// ∫ f from a to b by the rule itself: exact for polynomials up to degree 31.
    static double once(DoubleUnaryOperator f, double a, double b) {
        double middle = 0.5 * (a + b);
        double half = 0.5 * (b - a);
        double sum = 0;
        for (int i = 0; i < N; i++) {
            sum += WEIGHTS[i] * f.applyAsDouble(middle + half * NODES[i]);
        }
        return half * sum;
    }

    /// ∫ f from a to b, to 1e-13 of it or of `scale`; integrands that are not smooth cost more.
    ///
    /// @param noise what f is off by itself, relative to its size: halves agree no better than that
    static double adaptive(DoubleUnaryOperator f, double a, double b, double scale, double noise) {
        GaussLegendre rule = new GaussLegendre(f, noise > TOLERANCE ? noise : TOLERANCE); // also for NaN
        return rule.refine(a, b, once(f, a, b), scale, 0);
    }

    /// What the rounding of x, a number as large as `at`, does to a function of x that changes on the length `scale`.
    static double noise(double at, double scale) {
        return 4 * Math.ulp(at) / scale;
    }

    private double refine(double a, double b, double whole, double scale, int depth) {
        double middle = 0.5 * (a + b);
        double left = once(f, a, middle);
        double right = once(f, middle, b);
        double sum = left + right;
        double size = Math.max(scale, Math.abs(sum));
        intervals++;
        // also for NaN and ±∞
        if (!(Math.abs(sum - whole) > tolerance * size) || depth == DEEPEST || intervals > MOST_INTERVALS) {
            return sum;
        }
        return refine(a, middle, left, size, depth + 1) + refine(middle, b, right, size, depth + 1);
    }
}
