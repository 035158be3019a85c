package io.fluvial.scalar;

import io.fluvial.Lane;
import io.fluvial.ScalarBijector;
import io.fluvial.internal.Interval;

/// y = eˣ, R onto (0, ∞), without parameters. log f′ = x.
///
/// The ends of float: y is kept at 2⁻¹²⁶ or above, with log f′ = x as before. Past x = 88.72284, where y would
/// overflow, y stays at the largest float and log f′ is −∞: as if outside the support, so that a density there is 0
/// whatever the tails of the base. [#inverse] has no answer for y ≤ 0 or y = ∞: it returns 0 with log f′ = +∞,
/// so that the density of the map turned round is 0. Accuracy: rounding of the result to float.
public record Exp() implements ScalarBijector {

    /// log of the largest float, rounded to float: the largest x that an inverse returns.
    private static final float LARGEST = (float) Math.log(Float.MAX_VALUE);

    @Override
    public int parameterCount() {
        return 0;
    }

    @Override
    public float forward(float x, Lane lane) {
        lane.logDerivative(x > LARGEST ? Double.NEGATIVE_INFINITY : x);
        return Interval.clamp(Math.exp(x), Float.MIN_NORMAL, Float.MAX_VALUE);
    }

    @Override
    public float inverse(float y, Lane lane) {
        if (y <= 0 || y == Float.POSITIVE_INFINITY) {
            lane.logDerivative(Double.POSITIVE_INFINITY);
            return 0;
        }
        double x = Math.log(y); // y > 0 or NaN
        lane.logDerivative(x);
        return (float) x;
    }

    @Override
    public float forwardVjp(float x, float gY, float gLogDet, Lane lane) {
        // ∂log f′/∂x = 1; past the end both results are constants
        return x > LARGEST ? 0 : (float) (gY * Math.exp(x) + gLogDet);
    }
}
