package io.fluvial.kernel;

import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/// The loops a flow spends its time in. Matrices of activations are `[rows × lanes]`, row r at `at + r * stride`,
/// of which the first n lanes count; n is a multiple of 16. Weights are `[rows × depth]`, row-major, without gaps.
/// No kernel allocates.
public interface Kernels {

    /// What to write into logs and provenance, such as `scalar` or `vector-512`.
    String name();

    /// out = W·in (+ bias): `out[r] = bias[r] + Σₖ w[r,k] · in[k]`, for every lane. In and out must not overlap.
    ///
    /// @param biasAt where the bias starts in w, or −1 for none
    void linear(float[] w, int wAt, int biasAt, int rows, int depth, float[] d, int in, int out, int stride, int n);

    /// gIn = Wᵀ·gOut: `gIn[k] = Σᵣ w[r,k] · gOut[r]`, or added to what is there.
    void linearTranspose(
            float[] w, int wAt, int rows, int depth, float[] g, int gOut, int gIn, boolean add, int stride, int n);

    /// gW += gOut·inᵀ: `gw[r,k] += Σ_lanes gOut[r] · in[k]`.
    void linearGradient(
            float[] d, int in, float[] g, int gOut, int rows, int depth, float[] gw, int wAt, int stride, int n);

    /// Rows `from … to − 1` of out = W·in + bias for a masked W: row r sums over the columns that it sees, in the order
    /// of a full row, so that rows computed in portions have the same bits as all at once. In and out
    /// must not overlap.
    ///
    /// @param biasAt where the bias of row 0 starts in w, or −1 for none
    void linear(
            Staircase shape,
            int from,
            int to,
            float[] w,
            int wAt,
            int biasAt,
            float[] d,
            int in,
            int out,
            int stride,
            int n);

    /// gIn += Wᵀ·gOut with rows `from … to − 1` of a masked W; always added.
    void linearTranspose(
            Staircase shape, int from, int to, float[] w, int wAt, float[] g, int gOut, int gIn, int stride, int n);

    /// gW += gOut·inᵀ for the weights that a masked W has.
    void linearGradient(
            Staircase shape, float[] d, int in, float[] g, int gOut, float[] gw, int wAt, int stride, int n);

    /// `sums[at + r] += Σ_lanes m[r]`.
    void rowSums(float[] m, int mAt, int rows, float[] sums, int at, int stride, int n);

    /// The kernel of an activation (an `io.fluvial.nn.Activation`), or null to use the scalar one.
    @Nullable
    ActivationKernel activation(Enum<?> activation);

    /// The kernel of a scalar bijector, by its description, or null to use the scalar one.
    @Nullable
    ColumnKernel column(Object scalarBijector);

    /// Kernels that give the same bits under parameters that stay: they may keep the weights in another layout, which
    /// takes as much memory again. For any number of threads.
    ///
    /// @param theta the flow's parameters. *Read*, also later
    default Kernels forFixed(float[] theta) {
        return this;
    }

    /// Kernels that give the same bits for blocks which hold one sample, in all lanes, under parameters that
    /// stay: they may keep the weights in another layout. For one thread.
    ///
    /// @param theta the flow's parameters. *Read*, also later
    default Kernels forOneSample(float[] theta) {
        return this;
    }

    /// The scalar kernels.
    static Kernels scalar() {
        return ScalarKernels.INSTANCE;
    }

    /// The vector kernels where module `io.fluvial.simd` and `jdk.incubator.vector` are present and the machine
    /// suits them, the scalar ones otherwise. Decided once, with one log line.
    static Kernels best() {
        return Best.KERNELS;
    }

    /// Holds the choice; loaded on first use.
    final class Best {
        private static final System.Logger LOG = System.getLogger("io.fluvial");
        private static final Kernels KERNELS = choose();

        private Best() {}

        private static Kernels choose() {
            try {
                for (Kernels found : ServiceLoader.load(Kernels.class, Kernels.class.getClassLoader())) {
                    LOG.log(System.Logger.Level.DEBUG, "kernels: {0}", found.name());
                    return found;
                }
                LOG.log(
                        System.Logger.Level.INFO,
                        "kernels: scalar, because module io.fluvial.simd is not on the path; add it for several times the speed");
            } catch (ServiceConfigurationError | LinkageError e) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "kernels: scalar, because the vector kernels did not load ({0}); start java with --add-modules"
                                + " jdk.incubator.vector for several times the speed",
                        e.getCause() == null ? e.toString() : e.getCause().toString());
            }
            return scalar();
        }
    }
}
