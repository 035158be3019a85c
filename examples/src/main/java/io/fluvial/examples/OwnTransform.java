package io.fluvial.examples;

import io.fluvial.Flow;
import io.fluvial.FlowModel;
import io.fluvial.constraint.Interval;
import io.fluvial.constraint.ScalarConstraint;
import io.fluvial.distribution.FixedBase;
import io.fluvial.distribution.Normal;
import io.fluvial.distribution.TransformedDistribution;
import io.fluvial.distribution.TransformedScalar;
import io.fluvial.transform.Elementwise;
import io.fluvial.transform.ScalarTransform;
import io.fluvial.transform.TransformLayer;
import java.util.Locale;

/// A transform of one's own: one record with seven short methods, and it carries distributions, with
/// quantiles and moments, and is a layer of a flow.
public final class OwnTransform {

    private OwnTransform() {}

    // @start region="transform"
    /// y = x + log(1 + x): slow at 0, straight far out, for x > −1.
    public record PlusLog() implements ScalarTransform {

        @Override
        public ScalarConstraint domain() {
            return Interval.greaterThan(-1);
        }

        @Override
        public ScalarConstraint codomain() {
            return Interval.REAL;
        }

        @Override
        public Direction direction() {
            return Direction.INCREASING;
        }

        @Override
        public double forward(double x) {
            return x + Math.log1p(x);
        }

        /// Newton's method for t = log(1 + x): eᵗ − 1 + t is convex, so that it comes down from the right of the
        /// solution.
        @Override
        public double inverse(double y) {
            double t = y > 0 ? Math.log1p(y) : y + 1;
            for (int k = 0; k < 100; k++) {
                double step = (Math.expm1(t) + t - y) / (Math.exp(t) + 1);
                t -= step;
                if (!(Math.abs(step) > 1e-15 * Math.abs(t))) { // also for NaN
                    break;
                }
            }
            return Math.expm1(t);
        }

        /// log f′ = log((2 + x)/(1 + x)).
        @Override
        public double logDerivative(double x, double y) {
            return Math.log1p(1 / (1 + x));
        }

        @Override
        public double logDerivativeSlope(double x, double y) {
            return -1 / ((1 + x) * (2 + x));
        }
    }
    // @end

    // @start region="use"
    /// Of data: their f is a standard normal.
    static TransformedScalar distribution() {
        return TransformedDistribution.of(Normal.standard(), new PlusLog().inverted());
    }

    /// The same density as a flow, which goes from data to latent: f as it is written.
    static FlowModel flow() {
        Flow flow = new Flow(TransformLayer.of(Elementwise.of(new PlusLog(), 1)), FixedBase.of(Normal.standard()));
        return FlowModel.of(flow, flow.initialize(1));
    }
    // @end

    public static void main(String[] arguments) {
        TransformedScalar d = distribution();
        System.out.printf(
                Locale.ROOT,
                "median %.4f, mean %.4f, 99 %% below %.4f, log p(1) = %.4f, as a flow %.4f%n",
                d.quantile(0.5),
                d.mean(),
                d.quantile(0.99),
                d.logProb(1),
                flow().logProb(new float[] {1f}));
    }
}
