package io.fluvial.simd;

import static io.fluvial.simd.Width.F;
import static io.fluvial.simd.Width.LANES;
import static jdk.incubator.vector.VectorOperators.EXP;
import static jdk.incubator.vector.VectorOperators.EXPM1;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LOG1P;
import static jdk.incubator.vector.VectorOperators.LT;

import io.fluvial.kernel.ActivationKernel;
import io.fluvial.nn.Activation;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// The vector kernel of the [Activation] of the same name, with its formulas and its values at NaN and at infinity.
///
/// Every constant writes its loops out: a loop shared between constants would call the function through a table, and
/// then
/// its vectors become objects. What runs between loads and stores is small enough to be inlined.
enum VectorActivation implements ActivationKernel {
    RELU {
        @Override
        void row(float[] d, int z, int a, int n) {
            for (int i = 0; i < n; i += LANES) {
                FloatVector x = FloatVector.fromArray(F, d, z + i);
                x.blend(0f, x.compare(LE, 0f)).intoArray(d, a + i); // NaN stays NaN
            }
        }

        @Override
        void rowVjp(float[] d, float[] g, int z, int a, int n) {
            for (int i = 0; i < n; i += LANES) {
                FloatVector slope = FloatVector.zero(F)
                        .blend(1f, FloatVector.fromArray(F, d, a + i).compare(GT, 0f));
                FloatVector.fromArray(F, g, a + i).mul(slope).intoArray(g, z + i);
            }
        }
    },
    LEAKY_RELU {
        @Override
        void row(float[] d, int z, int a, int n) {
            for (int i = 0; i < n; i += LANES) {
                FloatVector x = FloatVector.fromArray(F, d, z + i);
                x.blend(x.mul(LEAK), x.compare(LT, 0f)).intoArray(d, a + i);
            }
        }

        @Override
        void rowVjp(float[] d, float[] g, int z, int a, int n) {
            for (int i = 0; i < n; i += LANES) {
                FloatVector slope = FloatVector.broadcast(F, 1f)
                        .blend(LEAK, FloatVector.fromArray(F, d, a + i).compare(LT, 0f));
                FloatVector.fromArray(F, g, a + i).mul(slope).intoArray(g, z + i);
            }
        }
    },
    TANH {
        @Override
        void row(float[] d, int z, int a, int n) {
            for (int i = 0; i < n; i += LANES) {
                FloatVector.fromArray(F, d, z + i)
                        .lanewise(VectorOperators.TANH)
                        .intoArray(d, a + i);
            }
        }

        @Override
        void rowVjp(float[] d, float[] g, int z, int a, int n) {
            for (int i = 0; i < n; i += LANES) {
                FloatVector y = FloatVector.fromArray(F, d, a + i);
                FloatVector slope = y.fma(y.neg(), FloatVector.broadcast(F, 1f));
                FloatVector.fromArray(F, g, a + i).mul(slope).intoArray(g, z + i);
            }
        }
    },
    ELU {
        @Override
        void row(float[] d, int z, int a, int n) {
            for (int i = 0; i < n; i += LANES) {
                FloatVector x = FloatVector.fromArray(F, d, z + i);
                x.blend(x.lanewise(EXPM1), x.compare(LT, 0f)).intoArray(d, a + i);
            }
        }

        @Override
        void rowVjp(float[] d, float[] g, int z, int a, int n) {
            for (int i = 0; i < n; i += LANES) {
                FloatVector y = FloatVector.fromArray(F, d, a + i);
                FloatVector slope = FloatVector.broadcast(F, 1f).blend(y.add(1f), y.compare(LT, 0f));
                FloatVector.fromArray(F, g, a + i).mul(slope).intoArray(g, z + i);
            }
        }
    },
    /// max(z, 0) + log(1 + exp(−|z|)); its slope is 1 − exp(−a).
    SOFTPLUS {
        @Override
        void row(float[] d, int z, int a, int n) {
            for (int i = 0; i < n; i += LANES) {
                FloatVector x = FloatVector.fromArray(F, d, z + i);
                FloatVector rest = x.abs().neg().lanewise(EXP).lanewise(LOG1P);
                x.max(0f).add(rest).intoArray(d, a + i);
            }
        }

        @Override
        void rowVjp(float[] d, float[] g, int z, int a, int n) {
            for (int i = 0; i < n; i += LANES) {
                FloatVector slope =
                        FloatVector.fromArray(F, d, a + i).neg().lanewise(EXPM1).neg();
                FloatVector.fromArray(F, g, a + i).mul(slope).intoArray(g, z + i);
            }
        }
    },
    SILU {
        @Override
        void row(float[] d, int z, int a, int n) {
            for (int i = 0; i < n; i += LANES) {
                FloatVector x = FloatVector.fromArray(F, d, z + i);
                x.mul(Sigmoid.of(x)).intoArray(d, a + i);
            }
        }

        @Override
        void rowVjp(float[] d, float[] g, int z, int a, int n) {
            for (int i = 0; i < n; i += LANES) {
                FloatVector x = FloatVector.fromArray(F, d, z + i);
                FloatVector rest = Sigmoid.of(x.neg());
                FloatVector slope = Sigmoid.of(x).mul(x.fma(rest, FloatVector.broadcast(F, 1f)));
                FloatVector.fromArray(F, g, a + i).mul(slope).intoArray(g, z + i);
            }
        }
    },
    GELU {
        @Override
        void row(float[] d, int z, int a, int n) {
            for (int i = 0; i < n; i += LANES) {
                FloatVector x = FloatVector.fromArray(F, d, z + i);
                x.mul(VectorGaussian.cdf(x, VectorGaussian.bell(x))).intoArray(d, a + i);
            }
        }

        @Override
        void rowVjp(float[] d, float[] g, int z, int a, int n) {
            for (int i = 0; i < n; i += LANES) {
                FloatVector x = FloatVector.fromArray(F, d, z + i);
                FloatVector bell = VectorGaussian.bell(x);
                FloatVector slope = x.fma(VectorGaussian.density(bell), VectorGaussian.cdf(x, bell));
                FloatVector.fromArray(F, g, a + i).mul(slope).intoArray(g, z + i);
            }
        }
    };

    private static final float LEAK = (float) Activation.LEAK;

    abstract void row(float[] d, int z, int a, int n);

    abstract void rowVjp(float[] d, float[] g, int z, int a, int n);

    @Override
    public void apply(float[] d, int z, int a, int rows, int stride, int n) {
        for (int r = 0; r < rows; r++) {
            row(d, z + r * stride, a + r * stride, n);
        }
    }

    @Override
    public void vjp(float[] d, float[] g, int z, int a, int rows, int stride, int n) {
        for (int r = 0; r < rows; r++) {
            rowVjp(d, g, z + r * stride, a + r * stride, n);
        }
    }

    static VectorActivation of(Activation activation) {
        return switch (activation) {
            case RELU -> RELU;
            case LEAKY_RELU -> LEAKY_RELU;
            case TANH -> TANH;
            case ELU -> ELU;
            case SOFTPLUS -> SOFTPLUS;
            case SILU -> SILU;
            case GELU -> GELU;
        };
    }
}
