package io.fluvial.examples;

import io.fluvial.constraint.Cat;
import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Interval;
import io.fluvial.constraint.Shape;
import io.fluvial.transform.Constraints;
import io.fluvial.transform.Transform;
import io.fluvial.transform.Unconstrainable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A set of one's own with the map of free numbers into it: a record of two methods, a transform of five, and
/// the registry finds it, alone and as part of others.
public final class OwnConstraint {

    private OwnConstraint() {}

    // @start region="constraint"
    /// The α and β of a volatility that does not explode: both positive, their sum below one.
    public record Stationary() implements Unconstrainable {

        @Override
        public Shape shape() {
            return Shape.of(2);
        }

        @Override
        public @Nullable String violation(double[] event) {
            if (event.length != 2) {
                return "expected α and β, got " + event.length + " numbers";
            }
            boolean inside = event[0] > 0 && event[1] > 0 && event[0] + event[1] < 1;
            return inside ? null : "expected α, β > 0 and α + β < 1, got " + Arrays.toString(event);
        }

        @Override
        public Transform bijection() {
            return new IntoStationary();
        }
    }

    /// Softmax with a third number at 0: y_k = exp(x_k − log (1 + e^x₀ + e^x₁)), ℓ = log y₀ + log y₁ + log (1 − y₀ −
    /// y₁).
    record IntoStationary() implements Transform {

        @Override
        public Constraint domain() {
            return Cat.of(Interval.REAL, Interval.REAL);
        }

        @Override
        public Constraint codomain() {
            return new Stationary();
        }

        @Override
        public void forward(double[] x, double[] y) {
            double log = logSum(x);
            y[0] = Math.exp(x[0] - log);
            y[1] = Math.exp(x[1] - log);
        }

        @Override
        public void inverse(double[] y, double[] x) {
            double log = Math.log(1 - y[0] - y[1]);
            x[0] = Math.log(y[0]) - log;
            x[1] = Math.log(y[1]) - log;
        }

        @Override
        public double logDet(double[] x, double[] y) {
            return x[0] + x[1] - 3 * logSum(x); // log y₀ + log y₁ + log (1 − y₀ − y₁)
        }

        @Override
        public void pullback(double[] x, double[] y, double[] gY, double gLogDet, double[] gX) {
            double mean = y[0] * gY[0] + y[1] * gY[1];
            gX[0] = y[0] * (gY[0] - mean) + gLogDet * (1 - 3 * y[0]);
            gX[1] = y[1] * (gY[1] - mean) + gLogDet * (1 - 3 * y[1]);
        }

        /// log (1 + e^x₀ + e^x₁); the largest exponential is 1.
        private static double logSum(double[] x) {
            double top = Math.max(0, Math.max(x[0], x[1]));
            return top + Math.log(Math.exp(-top) + Math.exp(x[0] - top) + Math.exp(x[1] - top));
        }
    }
    // @end

    /// The parameters of a GARCH(1, 1) model: a level, and α and β, from three free numbers.
    static Transform parameters() {
        return Constraints.bijectTo(Cat.of(Interval.POSITIVE, new Stationary()));
    }

    public static void main(String[] arguments) {
        System.out.println(
                "ω, α, β from three zeros: " + Arrays.toString(parameters().apply(new double[3])));
    }
}
