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

/// Standardisation as a layer with its Jacobian, so that densities stay in the units of the data: y = (x − m) / s,
/// ℓ = −Σ log s. m and s are the training samples' mean and standard deviation, set once and never trained.
///
/// A constant feature gets s = 1 (its density is not defined; tables are checked before).
public record Standardization(int dim) implements Bijector {

    public Standardization {
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
                .build();
    }

    @Override
    public void forward(Pass p) {
        float[] d = p.data();
        for (int j = 0; j < dim; j++) {
            int x = p.x() + j * p.lanes();
            int y = p.y() + j * p.lanes();
            float mean = p.parameters()[p.theta() + j];
            float s = p.parameters()[p.theta() + dim + j];
            for (int i = 0; i < p.active(); i++) {
                d[y + i] = (d[x + i] - mean) / s;
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
            float mean = p.parameters()[p.theta() + j];
            float s = p.parameters()[p.theta() + dim + j];
            for (int i = 0; i < p.active(); i++) {
                d[x + i] = d[y + i] * s + mean;
            }
        }
        addLogDet(p);
    }

    private void addLogDet(Pass p) {
        double sum = 0;
        for (int j = 0; j < dim; j++) {
            double share = -Math.log(p.parameters()[p.theta() + dim + j]); // s > 0: a standard deviation, or 1
            sum += SharedLogDet.share(p, j, share);
        }
        SharedLogDet.add(p, sum);
    }

    @Override
    public void forwardVjp(Pass p, Pullback g) {
        for (int j = 0; j < dim; j++) {
            int row = j * p.lanes();
            Rows.divide(g.data(), p.y() + row, p.x() + row, p.parameters()[p.theta() + dim + j], p.active());
        }
    }

    @Override
    public void inverseVjp(Pass p, Pullback g) {
        for (int j = 0; j < dim; j++) {
            int row = j * p.lanes();
            Rows.multiply(g.data(), p.x() + row, p.y() + row, p.parameters()[p.theta() + dim + j], p.active());
        }
    }

    @Override
    public void initialize(float[] theta, int at, RandomGenerator random) {
        Arrays.fill(theta, at + dim, at + 2 * dim, 1f);
    }

    @Override
    public void initializeFrom(Samples x, Samples context, float[] theta, int at) {
        writeMoments(x, theta, at);
    }

    /// Means at `theta[at ..)`, then deviations; a constant feature gets 1.
    static void writeMoments(Samples x, float[] theta, int at) {
        for (int j = 0; j < x.dim(); j++) {
            Moments moments = Moments.of(x, j);
            theta[at + j] = (float) moments.mean();
            theta[at + x.dim() + j] = moments.deviation() > 0 ? (float) moments.deviation() : 1f;
        }
    }

    /// m and s such that the inverse, x = y·s + m, maps these samples to mean 0 and deviation 1.
    @Override
    public void initializeFromLatent(Samples y, Samples context, float[] theta, int at) {
        for (int j = 0; j < dim; j++) {
            Moments moments = Moments.of(y, j);
            double deviation = moments.deviation() > 0 ? moments.deviation() : 1;
            theta[at + j] = (float) (-moments.mean() / deviation);
            theta[at + dim + j] = (float) (1 / deviation);
        }
    }

    /// Rescaling a feature is not a transformation that a flow may rely on: nothing is noted.
    @Override
    public void trace(FeatureTrace trace) {}
}
