package io.fluvial.base;

import io.fluvial.BaseDistribution;
import io.fluvial.ParameterLayout;
import io.fluvial.Pass;
import io.fluvial.Pullback;
import io.fluvial.internal.Gaussian;
import java.util.random.RandomGenerator;

/// Independent standard normals, log p(x) = −Σ (x_j² + log 2π) / 2. The usual base.
public record StandardNormal(int dim) implements BaseDistribution {

    public StandardNormal {
        if (dim < 1) {
            throw new IllegalArgumentException("a distribution needs at least 1 feature, got " + dim);
        }
    }

    public static StandardNormal of(int dim) {
        return new StandardNormal(dim);
    }

    @Override
    public int contextDim() {
        return 0;
    }

    @Override
    public ParameterLayout parameters() {
        return ParameterLayout.none();
    }

    @Override
    public void logProb(Pass p) {
        float[] d = p.data();
        int n = p.active();
        for (int j = 0; j < dim; j++) {
            double[] logProb = p.logDet(j);
            int row = p.x() + j * p.lanes();
            for (int i = 0; i < n; i++) {
                double x = d[row + i];
                logProb[i] -= 0.5 * x * x + Gaussian.HALF_LOG_TWO_PI;
            }
        }
    }

    @Override
    public boolean factorizes() {
        return true;
    }

    @Override
    public void logProbVjp(Pass p, Pullback g) {
        float[] d = p.data();
        for (int j = 0; j < dim; j++) {
            int row = p.x() + j * p.lanes();
            for (int i = 0; i < p.active(); i++) {
                g.data()[row + i] = -g.gLogDet()[i] * d[row + i];
            }
        }
    }

    @Override
    public void sample(Pass p, RandomGenerator random) {
        for (int i = 0; i < p.block().count(); i++) {
            for (int j = 0; j < dim; j++) {
                p.data()[p.x() + j * p.lanes() + i] = (float) random.nextGaussian();
            }
        }
    }
}
