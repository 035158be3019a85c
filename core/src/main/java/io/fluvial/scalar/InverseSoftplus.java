package io.fluvial.scalar;

import io.fluvial.Lane;
import io.fluvial.ScalarBijector;
import io.fluvial.internal.Interval;
import io.fluvial.internal.Logistic;

/// y = log(eˣ − 1), (0, ∞) onto R, without parameters: for a positive feature whose large values should keep their
/// spacing, where [Log] would squeeze them. log f′ = −log(1 − e⁻ˣ).
///
/// x ≤ 0 and x = ∞ lie outside the support: y = 0 and log f′ = −∞. Subnormal x are taken exactly; their
/// gradients may overflow to ±∞. [#inverse] keeps x at 2⁻¹²⁶ or above, with the log f′ of y. Accuracy: rounding
/// of the result to float.
public record InverseSoftplus() implements ScalarBijector {

    @Override
    public int parameterCount() {
        return 0;
    }

    @Override
    public float forward(float x, Lane lane) {
        if (outside(x)) {
            lane.logDerivative(Double.NEGATIVE_INFINITY);
            return 0;
        }
        lane.logDerivative(-Logistic.logOneMinusExp(x)); // x > 0 or NaN
        return (float) Logistic.inverseSoftplus(x);
    }

    @Override
    public float inverse(float y, Lane lane) {
        lane.logDerivative(Logistic.softplus(-y));
        return Interval.clamp(Logistic.softplus(y), Float.MIN_NORMAL, Float.MAX_VALUE);
    }

    @Override
    public float forwardVjp(float x, float gY, float gLogDet, Lane lane) {
        if (outside(x)) {
            return 0; // both results are constants
        }
        // f′ = 1 / (1 − e⁻ˣ), ∂log f′/∂x = −1 / (eˣ − 1); x > 0 keeps both denominators positive, and an overflow of
        // eˣ − 1 gives the right limit, 0
        return (float) (gY / -Math.expm1(-x) - gLogDet / Math.expm1(x));
    }

    private static boolean outside(float x) {
        return x <= 0 || x == Float.POSITIVE_INFINITY;
    }
}
