package io.fluvial.scalar;

import io.fluvial.Lane;
import io.fluvial.ScalarBijector;
import io.fluvial.internal.Interval;
import io.fluvial.internal.Logistic;

/// y = log(1 + eˣ), R onto (0, ∞), without parameters: like eˣ below zero, like x above. log f′ = −log(1 + e⁻ˣ).
///
/// y is kept at 2⁻¹²⁶ or above, while log f′ and the gradients stay those of x. [#inverse] has no answer for y ≤
/// 0 or y = ∞: it returns 0 with log f′ = +∞, so that the density of the map turned round is 0. Accuracy:
/// rounding of the result to float.
public record Softplus() implements ScalarBijector {

    @Override
    public int parameterCount() {
        return 0;
    }

    @Override
    public float forward(float x, Lane lane) {
        lane.logDerivative(-Logistic.softplus(-x));
        return Interval.clamp(Logistic.softplus(x), Float.MIN_NORMAL, Float.MAX_VALUE);
    }

    @Override
    public float inverse(float y, Lane lane) {
        if (y <= 0 || y == Float.POSITIVE_INFINITY) {
            lane.logDerivative(Double.POSITIVE_INFINITY);
            return 0;
        }
        lane.logDerivative(Logistic.logOneMinusExp(y)); // y > 0 or NaN
        return (float) Logistic.inverseSoftplus(y);
    }

    @Override
    public float forwardVjp(float x, float gY, float gLogDet, Lane lane) {
        return (float) (gY * Logistic.sigmoid(x) + gLogDet * Logistic.sigmoid(-x));
    }
}
