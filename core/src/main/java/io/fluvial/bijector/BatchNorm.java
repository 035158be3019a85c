package io.fluvial.bijector;

import io.fluvial.Bijector;
import io.fluvial.FeatureTrace;
import io.fluvial.Moments;
import io.fluvial.ParameterLayout;
import io.fluvial.Pass;
import io.fluvial.Pullback;
import io.fluvial.Samples;
import io.fluvial.internal.Rows;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// Batch normalisation as a flow layer (Dinh et al. 2017, arXiv:1605.08803, section 3.7; Papamakarios et al. 2017,
/// arXiv:1705.07057, appendix B), with the statistics of the population in training as in evaluation:
///
///     y = γ · (x − m) / s + β,   ℓ = Σ (log γ − log s),   γ = exp(a)
///
/// m and s are fixed numbers in θ, the mean and standard deviation of the samples that arrived when
/// [#initializeFrom] was last called; a and β are trained. Gradients of m and s are zero by definition. (Papers have
/// s = √(variance + ε); a reader of their models puts that root into s.)
///
/// Statistics of each batch are refused: with them a sample's density depends on the samples it happens to be scored
/// with, it is not a density, and it would depend on how samples are cut into blocks for threads. What remains is, as
/// a map, the same as `Chain.of(new Standardization(dim), new ActNorm(dim))` and has the same start. The one
/// difference to [ActNorm]: calling `initializeFrom` again, say between epochs, renews m and s alone and keeps what
/// was learnt, a and β.
public record BatchNorm(int dim) implements Bijector {

    public BatchNorm {
        LayerSizes.checkDim(dim);
    }

    @Override
    public int contextDim() {
        return 0;
    }

    @Override
    public ParameterLayout parameters() {
        return ParameterLayout.builder()
                .addFixed("mean", dim)
                .addFixed("deviation", dim)
                .add("logScale", dim)
                .add("shift", dim)
                .build();
    }

    private float mean(Pass p, int j) {
        return p.parameters()[p.theta() + j];
    }

    private float deviation(Pass p, int j) {
        return p.parameters()[p.theta() + dim + j];
    }

    private float logScale(Pass p, int j) {
        return p.parameters()[p.theta() + 2 * dim + j];
    }

    private float shift(Pass p, int j) {
        return p.parameters()[p.theta() + 3 * dim + j];
    }

    /// γ / s; s > 0 is a standard deviation, or 1.
    private float scale(Pass p, int j) {
        return (float) (Math.exp(logScale(p, j)) / deviation(p, j));
    }

    @Override
    public void forward(Pass p) {
        float[] d = p.data();
        for (int j = 0; j < dim; j++) {
            int x = p.x() + j * p.lanes();
            int y = p.y() + j * p.lanes();
            float mean = mean(p, j);
            float scale = scale(p, j);
            float shift = shift(p, j);
            for (int i = 0; i < p.active(); i++) {
                d[y + i] = (d[x + i] - mean) * scale + shift;
            }
        }
        addLogDet(p);
    }

    @Override
    public void inverse(Pass p) {
        float[] d = p.data();
        for (int j = 0; j < dim; j++) {
            int x = p.x() + j * p.lanes();
            int y = p.y() + j * p.lanes();
            float mean = mean(p, j);
            float scale = scale(p, j);
            float shift = shift(p, j);
            for (int i = 0; i < p.active(); i++) {
                d[x + i] = (d[y + i] - shift) / scale + mean;
            }
        }
        addLogDet(p);
    }

    private void addLogDet(Pass p) {
        double sum = 0;
        for (int j = 0; j < dim; j++) {
            double share = logScale(p, j) - Math.log(deviation(p, j)); // s > 0, see above
            sum += SharedLogDet.share(p, j, share);
        }
        SharedLogDet.add(p, sum);
    }

    @Override
    public void forwardVjp(Pass p, Pullback g) {
        for (int j = 0; j < dim; j++) {
            int row = j * p.lanes();
            Rows.multiply(g.data(), p.y() + row, p.x() + row, scale(p, j), p.active());
        }
        addParameters(p, g, 1);
    }

    @Override
    public void inverseVjp(Pass p, Pullback g) {
        for (int j = 0; j < dim; j++) {
            int row = j * p.lanes();
            Rows.divide(g.data(), p.x() + row, p.y() + row, scale(p, j), p.active());
        }
        addParameters(p, g, -1);
    }

    /// With gY times `sign`: gβ = Σ gY, ga = Σ (gY · (y − β) + gℓ), with y − β from x, as it is exact at either end.
    private void addParameters(Pass p, Pullback g, int sign) {
        float[] gTheta = g.theta();
        if (gTheta == null) {
            return;
        }
        float[] gd = g.data();
        float[] d = p.data();
        double gLogDet = SharedLogDet.gradient(p, g);
        for (int j = 0; j < dim; j++) {
            int x = p.x() + j * p.lanes();
            int y = p.y() + j * p.lanes();
            double mean = mean(p, j);
            double gShift = 0;
            double gScale = 0;
            for (int i = 0; i < p.active(); i++) {
                gShift += gd[y + i];
                gScale += gd[y + i] * (d[x + i] - mean);
            }
            gTheta[p.theta() + 2 * dim + j] += (float) (sign * gScale * scale(p, j) + gLogDet);
            gTheta[p.theta() + 3 * dim + j] += (float) (sign * gShift);
        }
    }

    @Override
    public void initialize(float[] theta, int at, RandomGenerator random) {
        Arrays.fill(theta, at + dim, at + 2 * dim, 1f);
    }

    /// Renews m and s; a constant feature gets s = 1.
    @Override
    public void initializeFrom(Samples x, Samples context, float[] theta, int at) {
        Standardization.writeMoments(x, theta, at);
    }

    /// m and s such that the inverse, x = (y − β) · s / γ + m, maps these samples to mean 0 and deviation 1.
    @Override
    public void initializeFromLatent(Samples y, Samples context, float[] theta, int at) {
        for (int j = 0; j < dim; j++) {
            Moments moments = Moments.of(y, j);
            double deviation = moments.deviation() > 0 ? moments.deviation() : 1;
            theta[at + j] = (float) ((theta[at + 3 * dim + j] - moments.mean()) / deviation);
            theta[at + dim + j] = (float) (Math.exp(theta[at + 2 * dim + j]) / deviation);
        }
    }

    /// Rescaling a feature is not a transformation that a flow may rely on: nothing is noted.
    @Override
    public void trace(FeatureTrace trace) {}
}
