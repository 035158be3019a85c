package io.fluvial.distribution;

import org.apache.commons.numbers.gamma.LogGamma;

/// KL(p ‖ q) of one family on the real line with itself.
final class RealDivergences {

    private RealDivergences() {}

    static double normal(Normal p, Normal q) {
        double z = (p.mean() - q.mean()) / q.scale();
        double r = p.scale() / q.scale();
        return 0.5 * (Rest.ofRatio(r * r) + z * z);
    }

    /// With t = |μp − μq|/bp and r = bp/bq: r − 1 − log r + r (e⁻ᵗ − 1 + t).
    static double laplace(Laplace p, Laplace q) {
        double t = Math.abs(p.location() - q.location()) / p.scale();
        double r = p.scale() / q.scale();
        return Rest.ofRatio(r) + r * Rest.ofExponential(t);
    }

    static double gumbel(Gumbel p, Gumbel q) {
        double r = p.scale() / q.scale();
        double z = (p.location() - q.location()) / q.scale();
        return -Math.log(r) + Gumbel.EULER * (r - 1) + z + Math.expm1(LogGamma.value(1 + r) - z);
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
        double apart = (p.location() - q.location()) / p.scale();
        double wider = (q.scale() - p.scale()) / p.scale();
        double ratio = p.scale() / q.scale();
        return Math.log1p(0.25 * ratio * (apart * apart + wider * wider));
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
        return Math.log(b / a) - logRatio + LogGamma.value(b) - LogGamma.value(a) + Math.exp(power) - a;
    }
}
