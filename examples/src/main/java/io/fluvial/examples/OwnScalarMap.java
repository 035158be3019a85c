package io.fluvial.examples;

import io.fluvial.Flow;
import io.fluvial.Lane;
import io.fluvial.ScalarBijector;
import io.fluvial.flows.Flows;

/// A scalar map of one's own: one record with three methods, and it runs in
/// couplings, elementwise and conditional layers.
public final class OwnScalarMap {

    private OwnScalarMap() {}

    // @start region="map"
    /// y = x + b · tanh x, b = φ₀ / (1 + |φ₀|) in (−1, 1), so that f′ = 1 + b (1 − tanh² x) > 0.
    public record TanhBump() implements ScalarBijector {

        @Override
        public int parameterCount() {
            return 1;
        }

        @Override
        public float forward(float x, Lane lane) {
            double t = Math.tanh(x);
            lane.logDerivative(Math.log1p(bump(lane) * (1 - t * t))); // |b| < 1
            return (float) (x + bump(lane) * t);
        }

        /// No closed form: Newton from y, safeguarded by the bracket [y − 1, y + 1], since |b tanh x| < 1.
        @Override
        public float inverse(float y, Lane lane) {
            double low = y - 1.0;
            double high = y + 1.0;
            double x = y;
            for (int k = 0; k < 60 && high - low > 1e-12; k++) {
                double error = x + bump(lane) * Math.tanh(x) - y;
                if (error > 0) {
                    high = x;
                } else {
                    low = x;
                }
                double t = Math.tanh(x);
                double next = x - error / (1 + bump(lane) * (1 - t * t));
                x = next > low && next < high ? next : (low + high) / 2;
            }
            forward((float) x, lane);
            return (float) x;
        }

        @Override
        public float forwardVjp(float x, float gY, float gLogDet, Lane lane) {
            double b = bump(lane);
            double t = Math.tanh(x);
            double slope = 1 + b * (1 - t * t);
            double gB = gY * t + gLogDet * (1 - t * t) / slope;
            double root = 1 / (1 + Math.abs(lane.phi(0)));
            lane.gradient(0, gB * root * root);
            return (float) (gY * slope + gLogDet * b * -2 * t * (1 - t * t) / slope);
        }

        private static double bump(Lane lane) {
            return lane.phi(0) / (1 + Math.abs(lane.phi(0)));
        }
    }

    // @end

    /// A coupling flow of it.
    static Flow flow(int dim) {
        return Flows.realNvpWith(dim).withMap(new TanhBump()).build();
    }

    public static void main(String[] arguments) {
        System.out.println(flow(3).parameters().size() + " parameters");
    }
}
