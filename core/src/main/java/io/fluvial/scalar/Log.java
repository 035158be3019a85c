package io.fluvial.scalar;

import io.fluvial.Lane;
import io.fluvial.ScalarBijector;
import io.fluvial.internal.Interval;

/// y = log x, (0, ∞) onto R, without parameters: for a positive feature. log f′ = −log x.
///
/// x ≤ 0 and x = ∞ lie outside the support: y = 0 and log f′ = −∞. Subnormal x are taken exactly; their
/// gradients may overflow to ±∞. [#inverse] keeps x at 2⁻¹²⁶ or above; past y = 88.72284, where x would
/// overflow, x stays at the largest float and log f′ is +∞ (no x has this y, and the density of the map turned
/// round is 0). Accuracy: rounding of the result to float.
public record Log() implements ScalarBijector {

    /// log of the largest float, rounded to float: the largest y that a forward returns.
    private static final float LARGEST = (float) Math.log(Float.MAX_VALUE);

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
        double y = Math.log(x); // x > 0 or NaN
        lane.logDerivative(-y);
        return (float) y;
    }

    @Override
    public float inverse(float y, Lane lane) {
        lane.logDerivative(y > LARGEST ? Double.POSITIVE_INFINITY : -y);
        return Interval.clamp(Math.exp(y), Float.MIN_NORMAL, Float.MAX_VALUE);
    }

    @Override
    public float forwardVjp(float x, float gY, float gLogDet, Lane lane) {
        // x > 0 or NaN; outside the support both results are constants
        return outside(x) ? 0 : (float) (((double) gY - gLogDet) / x);
    }

    private static boolean outside(float x) {
        return x <= 0 || x == Float.POSITIVE_INFINITY;
    }
}
