package io.fluvial.distribution;

import org.apache.commons.numbers.gamma.LogGamma;

/// KL(p ‖ q) of one family on the real line with itself.
final class RealDivergences {

    private RealDivergences() {}

    static double normal(Normal p, Normal q) {
        double z = (p.mean() - q.mean()) / q.scale();
        return Ratio.squareExcess(p.scale(), q.scale()) + 0.5 * z * z;
    }

    /// With t = |μp − μq|/bp and r = bp/bq: r − 1 − log r + r (e⁻ᵗ − 1 + t).
    static double laplace(Laplace p, Laplace q) {
        double apart = Math.abs(p.location() - q.location());
        double t = apart / p.scale();
        double r = p.scale() / q.scale();
        double locations = t > 0.5 ? apart / q.scale() + r * Math.expm1(-t) : r * Rest.ofExponential(t);
        return Ratio.excess(p.scale(), q.scale()) + locations;
    }

    static double gumbel(Gumbel p, Gumbel q) {
        return gumbel(p.scale(), q.scale(), (p.location() - q.location()) / q.scale());
    }

    /// With r = a/b the ratio of the scales and z the distance of the locations in the second one:
    /// e^(−u) − 1 + u + D(1, r), u = z − log Γ(1 + r), by [LogGammaBregman].
    static double gumbel(double a, double b, double z) {
        double r = a / b;
        double step = (a - b) / b; // log Γ(2 + h) = h ψ(2) + D(2, 2 + h) keeps the digits of a small h
        double logGamma = Math.abs(step) < 0.5
                ? step * (1 - Gumbel.EULER) + LogGammaBregman.of(2, 2 + step, step)
                : LogGamma.value(1 + r);
        return Rest.ofExponential(z - logGamma) + LogGammaBregman.of(1, r, step);
    }

    /// The same scale: t coth(t/2) − 2 with t = |μp − μq|/s. No closed form for others.
    static double logistic(Logistic p, Logistic q) {
        if (p.scale() != q.scale()) {
            return Double.NaN;
        }
        double t = Math.abs(p.location() - q.location()) / p.scale();
        double square = t * t;
        return t < 0.1 // t coth(t/2) = 2 + t²/6 − t⁴/360 + t⁶/15120 − …
                ? square * (1 / 6.0 - square * (1 / 360.0 - square * (1 / 15120.0 - square / 604800)))
                : t / Math.tanh(0.5 * t) - 2;
    }

    /// log(((γp + γq)² + (μp − μq)²) / (4 γp γq)): Chyzak and Nielsen 2019, arXiv:1905.10965.
    static double cauchy(Cauchy p, Cauchy q) {
        double apart = Math.hypot(p.location() - q.location(), p.scale() - q.scale());
        double square = 0.25 * (apart / p.scale()) * (apart / q.scale());
        return square < Double.POSITIVE_INFINITY
                ? Math.log1p(square)
                : 2 * Math.log(0.5 * apart) - Math.log(p.scale()) - Math.log(q.scale());
    }

    /// The same location; no closed form for others.
    static double generalizedNormal(GeneralizedNormal p, GeneralizedNormal q) {
        if (p.location() != q.location()) {
            return Double.NaN;
        }
        double a = 1 / p.exponent();
        double b = 1 / q.exponent();
        double logRatio = Math.log(p.scale()) - Math.log(q.scale());
        double power = q.exponent() * logRatio + LogGamma.value((q.exponent() + 1) * a) - LogGamma.value(a);
        double nats = Math.log(b / a) - logRatio + LogGamma.value(b) - LogGamma.value(a) + Math.exp(power) - a;
        return nats < 0 ? 0 : nats; // rounding; keeps NaN
    }
}
