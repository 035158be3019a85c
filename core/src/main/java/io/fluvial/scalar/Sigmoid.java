package io.fluvial.scalar;

import io.fluvial.Lane;
import io.fluvial.ScalarBijector;
import io.fluvial.internal.Interval;
import io.fluvial.internal.Logistic;

/// y = 1 / (1 + e⁻ˣ), R onto (0, 1), without parameters. log f′ = −|x| − 2 log(1 + e^−|x|).
///
/// y is kept in [2⁻¹²⁶, 1 − 2⁻²⁴], the floats inside (0, 1), while log f′ and the gradients stay those of x; so
/// a round trip ends near x = 16.6 for larger x. [#inverse] has no answer for y ≤ 0 or y ≥ 1: it returns 0 with
/// log f′ = +∞, so that the density of the map turned round is 0. Accuracy: rounding of the result to float.
public record Sigmoid() implements ScalarBijector {

    private static final float LARGEST = Interval.below(1);

    @Override
    public int parameterCount() {
        return 0;
    }

    @Override
    public float forward(float x, Lane lane) {
        lane.logDerivative(Logistic.logSlope(x));
        return Interval.clamp(Logistic.sigmoid(x), Float.MIN_NORMAL, LARGEST);
    }

    @Override
    public float inverse(float y, Lane lane) {
        if (y <= 0 || y >= 1) {
            lane.logDerivative(Double.POSITIVE_INFINITY);
            return 0;
        }
        double log = Math.log(y); // y in (0, 1) or NaN
        double logRest = Math.log1p(-y); // −y > −1
        lane.logDerivative(log + logRest);
        return (float) (log - logRest);
    }

    @Override
    public float forwardVjp(float x, float gY, float gLogDet, Lane lane) {
        return (float) (gY * Logistic.slope(x) - gLogDet * Math.tanh(0.5 * x)); // ∂log f′/∂x = 1 − 2σ(x)
    }
}
