package io.fluvial.transform;

/// Lambert's W on the positive numbers: the w ≥ 0 with w eʷ = z.
///
/// The iteration of Fritsch, Shafer & Crowley (1973, Commun. ACM 16, 123–124, algorithm 443), of fourth order: two
/// steps from a start within 20 % reach the last digits. Relative error at most 3 ulp (mpmath, 40 digits,
/// z from 1e-300 to 1e300, and for e^1e6).
final class ProductLogarithm {

    private ProductLogarithm() {}

    /// W(z) for z ≥ 0.
    static double w(double z) {
        if (z < 1e-8) {
            return z * (1 - z); // the next term is 3z³/2; also for 0 and NaN
        }
        if (z > 3) {
            return wOfExp(Math.log(z));
        }
        double w = Math.log1p(z) * (1 - 0.3 * Math.log1p(z) / (1 + z)); // rough: within 15 % up to 3
        for (int k = 0; k < 3; k++) {
            w = step(w, Math.log(z / w) - w);
        }
        return w;
    }

    /// W(eˡ), for l ≥ 1.
    static double wOfExp(double l) {
        if (l == Double.POSITIVE_INFINITY) {
            return l;
        }
        double w = l - Math.log(l) * (1 - 1 / (1 + l));
        for (int k = 0; k < 3; k++) {
            w = step(w, l - Math.log(w) - w);
        }
        return w;
    }

    /// A step with the residual r = log(z/w) − w.
    private static double step(double w, double r) {
        double q = 2 * (1 + w) * (1 + w + 2 * r / 3);
        return w * (1 + r / (1 + w) * (q - r) / (q - 2 * r)); // q is about 2(1 + w)², far above r
    }
}
