package io.fluvial.scalar;

import io.fluvial.Lane;
import io.fluvial.ScalarBijector;
import io.fluvial.internal.Interval;

/// y = sinh(δ · asinh x + ε) with ε = φ₀ and log δ = s(φ₁): skewness and tail weight in two numbers. ε ≠ 0
/// skews, δ < 1 makes a normal latent into heavy-tailed data, δ > 1 into light-tailed data (Jones & Pewsey 2009,
/// Biometrika 96(4), 761–780, whose ε has the other sign). With v = asinh x and u = δv + ε,
///
///     log f′(x) = log δ + log cosh u − log cosh v .
///
/// Defined on all of R, onto R; identity at φ = 0. With the default ¼ < δ < 4, neither direction leaves the range
/// of float for |x|, |y| ≤ 10⁶ and |ε| ≤ 7, since (asinh 10⁶ + 7) · 4 < 88. Farther out, where y would overflow, y
/// stays at the largest float of its sign and log f′ is −∞: a density there is 0. Where x would overflow in
/// [#inverse], x stays at the largest float and log f′ is +∞, so that the density of the map turned round is 0.
///
/// Accuracy on |x| ≤ 10⁶ against mpmath: y rounded once to float, log f′ within 10⁻¹³.
///
/// @param logDelta how φ₁ becomes log δ
public record SinhArcsinh(LogScale logDelta) implements ScalarBijector {

    private static final double LOG_2 = 0.6931471805599453;

    /// asinh of the largest float, and a little more for rounding.
    private static final double LARGEST = asinh(Float.MAX_VALUE) + 1e-9;

    /// The default: ¼ < δ < 4 by tanh.
    public static SinhArcsinh bounded() {
        return new SinhArcsinh(new LogScale.Tanh(2 * LOG_2));
    }

    @Override
    public int parameterCount() {
        return 2;
    }

    @Override
    public float forward(float x, Lane lane) {
        double s = logDelta.logScale(lane.phi(1));
        double v = asinh(x);
        double u = Math.exp(s) * v + lane.phi(0);
        lane.logDerivative(Math.abs(u) > LARGEST ? Double.NEGATIVE_INFINITY : s + logCosh(u) - logCosh(v));
        return Interval.clamp(Math.sinh(u), -Float.MAX_VALUE, Float.MAX_VALUE);
    }

    @Override
    public float inverse(float y, Lane lane) {
        double s = logDelta.logScale(lane.phi(1));
        double u = asinh(y);
        double v = (u - lane.phi(0)) * Math.exp(-s);
        lane.logDerivative(Math.abs(v) > LARGEST ? Double.POSITIVE_INFINITY : s + logCosh(u) - logCosh(v));
        return Interval.clamp(Math.sinh(v), -Float.MAX_VALUE, Float.MAX_VALUE);
    }

    @Override
    public float forwardVjp(float x, float gY, float gLogDet, Lane lane) {
        double delta = Math.exp(logDelta.logScale(lane.phi(1)));
        double v = asinh(x);
        double u = delta * v + lane.phi(0);
        if (Math.abs(u) > LARGEST) { // both results are constants
            lane.gradient(0, 0);
            lane.gradient(1, 0);
            return 0;
        }
        double gU = gY * Math.cosh(u) + gLogDet * Math.tanh(u);
        lane.gradient(0, gU);
        lane.gradient(1, (gU * delta * v + gLogDet) * logDelta.slope(lane.phi(1)));
        // dv/dx = 1 / cosh v, and cosh v ≥ 1; ∂(−log cosh v)/∂v = −tanh v
        return (float) ((gU * delta - gLogDet * Math.tanh(v)) / Math.cosh(v));
    }

    /// log(x + √(1 + x²)) without cancellation at small x. The square of a float does not overflow a double, and
    /// the argument of log1p is not negative.
    private static double asinh(double x) {
        double a = Math.abs(x);
        if (a == Double.POSITIVE_INFINITY) {
            return x;
        }
        return Math.copySign(Math.log1p(a + a * a / (1 + Math.sqrt(1 + a * a))), x);
    }

    private static double logCosh(double u) {
        return Math.abs(u) + Math.log1p(Math.exp(-2 * Math.abs(u))) - LOG_2; // log1p of a number in [0, 1]
    }
}
