package io.fluvial.scalar;

import io.fluvial.Lane;
import io.fluvial.ScalarBijector;
import io.fluvial.internal.Interval;
import io.fluvial.internal.Logistic;

/// y = log((x − low) / (high − x)), (low, high) onto R, without parameters: for a feature with two bounds.
/// log f′ = log(high − low) − log(x − low) − log(high − x).
///
/// Outside the open interval, ends included, y = 0 and log f′ = −∞: data that touch their bounds need wider ones.
/// [#inverse] keeps x at the floats inside the interval, with the log f′ of y. Differences from the bounds are
/// taken in double, so the accuracy is that of x: near `high` a step of x by one ulp moves y by ulp / (high − x).
public record Logit(double low, double high) implements ScalarBijector {

    public Logit {
        if (!(low < high && Interval.above(low) < Interval.below(high))
                || Math.abs(low) > Float.MAX_VALUE
                || Math.abs(high) > Float.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "logit needs finite bounds low < high with floats between them, got " + low + " and " + high);
        }
    }

    /// On (0, 1).
    public static Logit unit() {
        return new Logit(0, 1);
    }

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
        // Inside, both differences are positive (or NaN): floats next to a double bound differ from it.
        double fromLow = Math.log(x - low);
        double toHigh = Math.log(high - x);
        lane.logDerivative(Math.log(high - low) - fromLow - toHigh);
        return (float) (fromLow - toHigh);
    }

    @Override
    public float inverse(float y, Lane lane) {
        double width = high - low;
        lane.logDerivative(-Logistic.logSlope(y) - Math.log(width)); // width > 0
        double x = y < 0 ? low + width * Logistic.sigmoid(y) : high - width * Logistic.sigmoid(-y);
        return Interval.clamp(x, Interval.above(low), Interval.below(high));
    }

    @Override
    public float forwardVjp(float x, float gY, float gLogDet, Lane lane) {
        if (outside(x)) {
            return 0; // both results are constants
        }
        double fromLow = 1 / (x - low); // positive differences, as in forward
        double toHigh = 1 / (high - x);
        return (float) (gY * (fromLow + toHigh) + gLogDet * (toHigh - fromLow));
    }

    private boolean outside(float x) {
        return x <= low || x >= high;
    }
}
