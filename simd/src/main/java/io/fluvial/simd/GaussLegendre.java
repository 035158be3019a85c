package io.fluvial.simd;

/// Gauss and Legendre's quadrature on [0, 1]: n nodes and weights, Σ w_j f(t_j) = ∫₀¹ f for every
/// polynomial f of degree up to 2n − 1.
///
/// Nodes are the roots of the Legendre polynomial P_n, found by Newton's method in double from
/// cos(π (j + ¾) / (n + ½)) (Abramowitz & Stegun 22.16.6, first term); weights are 2 / ((1 − z²)
/// P_n′(z)²) (25.4.29), half of that on [0, 1].
final class GaussLegendre {

    private static final int STEPS = 8; // it doubles its digits in each, from two

    private final double[] nodes;
    private final double[] weights;

    GaussLegendre(int n) {
        nodes = new double[n];
        weights = new double[n];
        for (int j = 0; j < n; j++) {
            double z = Math.cos(Math.PI * (j + 0.75) / (n + 0.5));
            double slope = 0;
            for (int step = 0; step < STEPS; step++) {
                double before = 1; // P_{k−1}
                double value = z; // P_k
                for (int k = 1; k < n; k++) {
                    double next = ((2 * k + 1) * z * value - k * before) / (k + 1);
                    before = value;
                    value = next;
                }
                slope = n * (z * value - before) / (z * z - 1); // roots lie inside (−1, 1)
                z -= value / slope; // roots are simple
            }
            nodes[j] = 0.5 * (1 + z);
            weights[j] = 1 / ((1 - z * z) * slope * slope);
        }
    }

    double node(int j) {
        return nodes[j];
    }

    double weight(int j) {
        return weights[j];
    }
}
