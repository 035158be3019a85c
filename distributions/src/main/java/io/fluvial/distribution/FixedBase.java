package io.fluvial.distribution;

import io.fluvial.BaseDistribution;
import io.fluvial.ParameterLayout;
import io.fluvial.Pass;
import io.fluvial.Pullback;
import io.fluvial.Workspace;
import java.util.random.RandomGenerator;

/// A continuous distribution as the base of a flow, with its numbers fixed.
///
/// Densities and gradients in double precision, a sample at a time; the gradient is 0 outside of the support, where the
/// density is −∞.
///
/// @param distribution of numbers or vectors, continuous, with a gradient
public record FixedBase(Distribution distribution) implements BaseDistribution {

    private static final int MOST_TRIES = 1_000;

    public FixedBase {
        if (distribution.support().isDiscrete()) {
            throw new IllegalArgumentException(
                    distribution + " is discrete; the base of a flow needs a density, as of Normal or Independent");
        }
    }

    public static FixedBase of(Distribution distribution) {
        return new FixedBase(distribution);
    }

    @Override
    public int dim() {
        return distribution.shape().size();
    }

    @Override
    public int contextDim() {
        return 0;
    }

    @Override
    public ParameterLayout parameters() {
        return ParameterLayout.none();
    }

    /// One sample and its gradient in double precision.
    private static final class Sample {
        final double[] x;
        final double[] gradient;

        Sample(int n) {
            x = new double[n];
            gradient = new double[n];
        }
    }

    @Override
    public Pass place(Workspace w, int x, int theta) {
        return w.pass(x, x, theta).withPlan(new Sample(dim()));
    }

    private static void read(Pass p, int i, double[] x) {
        for (int j = 0; j < x.length; j++) {
            x[j] = p.data()[p.x() + j * p.lanes() + i];
        }
    }

    @Override
    public void logProb(Pass p) {
        double[] x = p.plan(Sample.class).x;
        for (int i = 0; i < p.active(); i++) {
            read(p, i, x);
            p.logDet()[i] += distribution.logProb(x);
        }
    }

    @Override
    public void logProbVjp(Pass p, Pullback g) {
        Sample s = p.plan(Sample.class);
        for (int i = 0; i < p.active(); i++) {
            read(p, i, s.x);
            boolean outside = distribution.logProb(s.x) == Double.NEGATIVE_INFINITY;
            if (!outside) {
                distribution.gradient(s.x, s.gradient);
            }
            for (int j = 0; j < s.x.length; j++) {
                g.data()[p.x() + j * p.lanes() + i] = outside ? 0 : (float) (g.gLogDet()[i] * s.gradient[j]);
            }
        }
    }

    /// Rounding to float may lead to an end that is not in the support; such a draw is made again.
    ///
    /// @throws IllegalStateException where that does not end: the support lies between two floats
    @Override
    public void sample(Pass p, RandomGenerator random) {
        double[] x = p.plan(Sample.class).x;
        for (int i = 0; i < p.block().count(); i++) {
            int tries = 0;
            do {
                if (tries++ == MOST_TRIES) {
                    throw new IllegalStateException("draws of " + distribution + " leave its support when rounded to"
                            + " float: shift or scale it");
                }
                distribution.sample(random, x);
                for (int j = 0; j < x.length; j++) {
                    p.data()[p.x() + j * p.lanes() + i] = (float) x[j];
                }
                read(p, i, x);
            } while (distribution.logProb(x) == Double.NEGATIVE_INFINITY);
        }
    }
}
