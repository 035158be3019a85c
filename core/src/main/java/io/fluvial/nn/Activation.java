package io.fluvial.nn;

import io.fluvial.internal.Gaussian;
import io.fluvial.kernel.ActivationKernel;

/// An activation function of a conditioner, as its own scalar kernel. `knownFromOutput` tells whether the
/// derivative follows from the output alone, so that the input needs no buffer.
///
/// GELU is the exact one, z·Φ(z) (Hendrycks & Gimpel 2016, arXiv:1606.08415), not its tanh approximation.
public enum Activation implements ActivationKernel {
    RELU(true, Math.sqrt(2)) {
        @Override
        double value(double z) {
            return z <= 0 ? 0 : z; // NaN stays NaN
        }

        @Override
        double slope(double z, double a) {
            return a > 0 ? 1 : 0;
        }
    },
    LEAKY_RELU(true, Math.sqrt(2 / (1 + 0.01 * 0.01))) {
        @Override
        double value(double z) {
            return z < 0 ? LEAK * z : z;
        }

        @Override
        double slope(double z, double a) {
            return a < 0 ? LEAK : 1;
        }
    },
    TANH(true, 1) {
        @Override
        double value(double z) {
            return Math.tanh(z);
        }

        @Override
        double slope(double z, double a) {
            return 1 - a * a;
        }
    },
    ELU(true, 1) {
        @Override
        double value(double z) {
            return z < 0 ? Math.expm1(z) : z;
        }

        @Override
        double slope(double z, double a) {
            return a < 0 ? a + 1 : 1;
        }
    },
    SOFTPLUS(true, 1) {
        @Override
        double value(double z) {
            return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
        }

        @Override
        double slope(double z, double a) {
            return -Math.expm1(-a);
        }
    },
    SILU(false, Math.sqrt(2)) {
        @Override
        double value(double z) {
            return z / (1 + Math.exp(-z));
        }

        @Override
        double slope(double z, double a) {
            double s = 1 / (1 + Math.exp(-z));
            return s * (1 + z * (1 - s));
        }
    },
    GELU(false, Math.sqrt(2)) {
        @Override
        double value(double z) {
            return z * Gaussian.cdf(z);
        }

        @Override
        double slope(double z, double a) {
            return Gaussian.cdf(z) + z * Gaussian.density(z);
        }
    };

    /// Slope of the leaky ReLU below zero.
    public static final double LEAK = 0.01;

    private final boolean knownFromOutput;
    private final double gain;

    Activation(boolean knownFromOutput, double gain) {
        this.knownFromOutput = knownFromOutput;
        this.gain = gain;
    }

    /// Whether the slope follows from the output, so that input and output may share a buffer.
    public boolean knownFromOutput() {
        return knownFromOutput;
    }

    /// Standard deviation of a weight times √fan-in at the start: √2 for the ReLU kind (He et al. 2015,
    /// arXiv:1502.01852, eq. 10 and 15), 1 for the tanh kind, which also averages fan-in and fan-out (Glorot &
    /// Bengio 2010, eq. 12).
    double gain() {
        return gain;
    }

    /// Whether the start is Glorot's.
    boolean glorot() {
        return gain == 1;
    }

    abstract double value(double z);

    abstract double slope(double z, double a);

    @Override
    public void apply(float[] d, int z, int a, int rows, int stride, int n) {
        for (int r = 0; r < rows; r++) {
            for (int i = r * stride; i < r * stride + n; i++) {
                d[a + i] = (float) value(d[z + i]);
            }
        }
    }

    @Override
    public void vjp(float[] d, float[] g, int z, int a, int rows, int stride, int n) {
        for (int r = 0; r < rows; r++) {
            for (int i = r * stride; i < r * stride + n; i++) {
                g[z + i] = (float) (g[a + i] * slope(d[z + i], d[a + i]));
            }
        }
    }
}
