package io.fluvial.distribution;

import io.fluvial.constraint.Angle;
import io.fluvial.constraint.Cat;
import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Interval;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;

/// The von Mises distribution of angles, the normal distribution of the circle,
///
///     p(x) = exp(κ cos(x − μ)) / (2π I₀(κ)),   −π ≤ x < π .
///
/// The support is one turn whatever μ, without π: that direction is −π, so that every direction is one
/// number. [Angle#wrap] leads any angle there. Mean, variance and distribution function are those of the number x in
/// it:
/// for μ near ±π the circular ones, [#circularMean] and [#circularVariance], say more. θ = (μ, κ).
///
/// Densities are accurate to 5e-15, distribution functions to 5e-14 relative in both tails, for κ from 0 to 1e6
/// (golden values: mpmath, 40 digits, to 1e-123). Draws: Best & Fisher 1979, Appl. Statist. 28(2), 152–157, exact.
///
/// @param location μ, an angle in radians, any finite number
/// @param concentration κ ≥ 0; 0 is the uniform distribution
public record VonMises(double location, double concentration) implements ScalarDistribution, Parameterized<VonMises> {

    private static final Angle TURN = new Angle();
    private static final double TAIL = 0.07;

    public VonMises {
        Parameter.finite("VonMises", "location", location);
        if (!(concentration >= 0 && concentration < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "VonMises: concentration must be finite and not negative, got " + concentration);
        }
    }

    public static VonMises of(double location, double concentration) {
        return new VonMises(location, concentration);
    }

    @Override
    public Angle support() {
        return TURN;
    }

    /// 1 − cos(x − μ), without cancellation near μ.
    private double fall(double x) {
        double half = Math.sin(0.5 * (x - circularMean()));
        return 2 * half * half;
    }

    @Override
    public double logProb(double x) {
        if (!TURN.contains(x)) {
            return Double.isNaN(x) ? x : Double.NEGATIVE_INFINITY;
        }
        return -concentration * fall(x) - 2 * Normal.HALF_LOG_TWO_PI - BesselI.logReduced(0, concentration);
    }

    @Override
    public double gradient(double x) {
        return TURN.contains(x) ? -concentration * Math.sin(x - circularMean()) : Double.NaN;
    }

    @Override
    public double cdf(double x) {
        if (!(x > -Math.PI && x < Math.PI)) {
            return Double.isNaN(x) ? x : x < 0 ? 0 : 1;
        }
        return mass(-Math.PI, x, x, Math.PI);
    }

    @Override
    public double survival(double x) {
        if (!(x > -Math.PI && x < Math.PI)) {
            return Double.isNaN(x) ? x : x < 0 ? 1 : 0;
        }
        return mass(x, Math.PI, -Math.PI, x);
    }

    /// P(low < X < high), where the rest of the turn is from `restLow` to `restHigh`. In the middle by integrals that
    /// start at the mode, whose rounding is that of small numbers there: it does not spoil monotony.
    private double mass(double low, double high, double restLow, double restHigh) {
        double centre = circularMean();
        ArcMass arcs = new ArcMass(concentration);
        double mass = arcs.fromMode(high - centre) - arcs.fromMode(low - centre);
        if (mass < TAIL) {
            return arcs.between(low - centre, high - centre);
        }
        return mass < 1 - TAIL ? mass : 1 - arcs.between(restLow - centre, restHigh - centre);
    }

    @Override
    public double quantile(double p) {
        return p == 0 ? -Math.PI : p == 1 ? Math.PI : QuantileSearch.lower(this, p);
    }

    @Override
    public double survivalQuantile(double q) {
        return q == 0 ? Math.PI : q == 1 ? -Math.PI : QuantileSearch.upper(this, q);
    }

    /// A wrapped Cauchy angle, kept with the ratio of the densities. In terms of 1 − cos and of r − 1, so that no
    /// digits are lost for large κ: with τ = 1 + √(1 + 4κ²) and r = τ/(2κ) Best & Fisher's test is on κ (r − cos).
    @Override
    public double sample(RandomGenerator random) {
        double root = Math.hypot(1, 2 * concentration);
        double excess = 1 + 1 / (root + 2 * concentration); // τ − 2κ
        double narrow = Math.sqrt(excess / (1 + root + 2 * concentration)); // √((r − 1)/(r + 1))
        while (true) {
            double t = narrow * Math.tan(Math.PI * (random.nextDouble() - 0.5));
            double fall = 2 / (1 + 1 / (t * t)); // 1 − cos y with t = tan(y/2), also for infinite t
            double c = 0.5 * excess + concentration * fall;
            if (Math.log(c) + 1 - c + random.nextExponential() >= 0) {
                return Angle.wrap(location + 2 * Math.atan(t));
            }
        }
    }

    /// μ, brought into the turn from −π to π.
    public double circularMean() {
        return Angle.wrap(location);
    }

    /// 1 − I₁(κ)/I₀(κ), between 0 and 1: 1 less the length of the mean of points on the circle.
    public double circularVariance() {
        return BesselI.ratioComplement(0, concentration);
    }

    /// E(X) on [−π, π]: μ, less a turn for the probability that lies beyond π; to 1e-15 absolute.
    @Override
    public double mean() {
        double centre = circularMean();
        return centre - Math.signum(centre) * 2 * Math.PI * beyond(new ArcMass(concentration), y -> 1);
    }

    /// ∫ w p over the part of a turn around |μ| that lies beyond π.
    private double beyond(ArcMass mass, DoubleUnaryOperator w) {
        return mass.integral(Math.PI - Math.abs(circularMean()), Math.PI, w);
    }

    /// Var(X) on [−π, π]: E y² with y around μ, where beyond π stands y − 2π in place of y.
    @Override
    public double variance() {
        ArcMass mass = new ArcMass(concentration);
        double square = 2 * mass.integral(0, Math.PI, y -> y * y);
        double wrapped = beyond(mass, y -> 4 * Math.PI * (Math.PI - y));
        double shift = 2 * Math.PI * beyond(mass, y -> 1);
        return square + wrapped - shift * shift;
    }

    @Override
    public double mode() {
        return circularMean();
    }

    /// log(2π I₀(κ)) − κ I₁(κ)/I₀(κ).
    @Override
    public double entropy() {
        return 2 * Normal.HALF_LOG_TWO_PI
                + BesselI.logReduced(0, concentration)
                + concentration * BesselI.ratioComplement(0, concentration);
    }

    @Override
    public double[] parameters() {
        return new double[] {location, concentration};
    }

    @Override
    public Constraint parameterSpace() {
        return Cat.of(Interval.REAL, Interval.NON_NEGATIVE);
    }

    @Override
    public VonMises withParameters(double[] theta) {
        Parameter.length("VonMises", "parameters", theta, 2);
        return new VonMises(theta[0], theta[1]);
    }

    /// κ sin(x − μ) and cos(x − μ) − I₁(κ)/I₀(κ).
    @Override
    public void parameterGradient(double[] x, double[] gTheta) {
        if (Outside.fills("VonMises", support(), x, gTheta)) {
            return;
        }
        gTheta[0] = concentration * Math.sin(x[0] - circularMean());
        gTheta[1] = BesselI.ratioComplement(0, concentration) - fall(x[0]);
    }
}
