package io.fluvial.testkit;

import java.util.function.DoubleUnaryOperator;

/// Integrals of densities over one or two features, by the trapezoidal rule after a change of variable that maps the
/// whole line, half of it or an interval to the line: for a smooth integrand that falls off at both ends the error is
/// below what single precision leaves.
///
/// | domain | x(t) | from t | to t |
/// |---|---|---|---|
/// | all numbers | sinh t | −14 | 14 (|x| up to 600 000) |
/// | above low | low + eᵗ | −14 | 14 |
/// | an interval | low + width / (1 + e⁻ᵗ) | −14 | 14 |
final class Quadrature {

    private static final double END = 14;

    private final int nodes;
    private final double step;
    private final Domain domain;
    private final int dim;

    private Quadrature(Domain domain, int dim, double step) {
        this.domain = domain;
        this.dim = dim;
        this.nodes = 2 * (int) Math.round(END / step) + 1;
        this.step = step;
    }

    static Quadrature of(Domain domain, int dim) {
        if (dim < 1 || dim > 2) {
            throw new IllegalArgumentException("quadrature is for 1 or 2 features, not " + dim);
        }
        return new Quadrature(domain, dim, dim == 1 ? 0.01 : 0.06);
    }

    /// Number of nodes.
    int count() {
        return dim == 1 ? nodes : nodes * nodes;
    }

    /// All nodes by columns.
    float[][] points() {
        float[][] points = new float[dim][count()];
        for (int k = 0; k < count(); k++) {
            points[0][k] = (float) x(k % nodes);
            if (dim == 2) {
                points[1][k] = (float) x(k / nodes);
            }
        }
        return points;
    }

    /// ∫ g(p) dx over all nodes, with p the density at a node, given as its logarithm.
    double integrate(double[] logProb, DoubleUnaryOperator g) {
        double sum = 0;
        for (int k = 0; k < logProb.length; k++) {
            double weight = slope(k % nodes) * step;
            if (dim == 2) {
                weight *= slope(k / nodes) * step;
            }
            double value = g.applyAsDouble(logProb[k]);
            sum += value == 0 ? 0 : weight * value;
        }
        return sum;
    }

    double mass(double[] logProb) {
        return integrate(logProb, Math::exp);
    }

    /// −∫ p log p.
    double entropy(double[] logProb) {
        return integrate(logProb, l -> l == Double.NEGATIVE_INFINITY ? 0 : -l * Math.exp(l));
    }

    /// The distribution function at every node of a single feature.
    double[] cumulative(double[] logProb) {
        double[] cumulative = new double[logProb.length];
        double sum = 0;
        for (int k = 0; k < logProb.length; k++) {
            double half = 0.5 * slope(k) * step * Math.exp(logProb[k]);
            cumulative[k] = sum + half;
            sum += 2 * half;
        }
        return cumulative;
    }

    private double t(int k) {
        return (k - nodes / 2) * step;
    }

    private double x(int k) {
        double t = t(k);
        if (domain.low() == Double.NEGATIVE_INFINITY && domain.high() == Double.POSITIVE_INFINITY) {
            return Math.sinh(t);
        }
        if (domain.high() == Double.POSITIVE_INFINITY) {
            return domain.low() + Math.exp(t);
        }
        if (domain.low() == Double.NEGATIVE_INFINITY) {
            return domain.high() - Math.exp(-t);
        }
        return domain.low() + (domain.high() - domain.low()) / (1 + Math.exp(-t));
    }

    private double slope(int k) {
        double t = t(k);
        if (domain.low() == Double.NEGATIVE_INFINITY && domain.high() == Double.POSITIVE_INFINITY) {
            return Math.cosh(t);
        }
        if (domain.high() == Double.POSITIVE_INFINITY) {
            return Math.exp(t);
        }
        if (domain.low() == Double.NEGATIVE_INFINITY) {
            return Math.exp(-t);
        }
        double s = 1 / (1 + Math.exp(-t));
        return (domain.high() - domain.low()) * s * (1 - s);
    }
}
