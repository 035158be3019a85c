package io.fluvial.distribution;

import org.apache.commons.numbers.gamma.Erf;
import org.apache.commons.numbers.gamma.Erfcx;

/// Integrals of e^(−(z² − A²)/2) over a strip α ≤ z ≤ β of the standard normal, scaled by their value at the anchor
/// A = the point of the strip nearest to 0: they neither underflow nor cancel, however far out or narrow.
final class NormalStrip {

    private static final double SQRT_HALF = Math.sqrt(0.5);
    private static final double SQRT_HALF_PI = Math.sqrt(Math.PI / 2);

    /// The integrand is below e⁻⁴⁵ = 3e-20 beyond.
    private static final double NOTHING = 45;

    private static final int PANELS = 12;

    private NormalStrip() {}

    /// ∫₀ʷ e^(−lu − u²/2) du, the strip from l ≥ 0 of width w, with anchor l.
    static double fromAnchor(double l, double w) {
        if (w <= 0) {
            return 0;
        }
        double fall = w * (l + 0.5 * w);
        if (fall < 1) { // narrow: the difference below would cancel; exact to the last digits by 16 nodes
            return GaussLegendre.once(u -> Math.exp(-u * (l + 0.5 * u)), 0, w);
        }
        double here = mills(l);
        return fall > NOTHING ? here : here - Math.exp(-fall) * mills(l + w);
    }

    /// (1 − Φ(z))/φ(z).
    private static double mills(double z) {
        return SQRT_HALF_PI * Erfcx.value(z * SQRT_HALF);
    }

    /// ∫ over 0 ≤ z ≤ b with anchor 0.
    static double fromCentre(double b) {
        return SQRT_HALF_PI * Erf.value(b * SQRT_HALF);
    }

    /// E(v) and Var(v) of the density proportional to e^(−lv − v²/2) on v in \[from, to], where l ≥ 0 and from is 0, or
    /// l
    /// = 0: sums of positive terms over panels, so that a variance far out does not cancel.
    static double[] moments(double l, double from, double to) {
        double reach = Math.sqrt(l * l + 2 * NOTHING);
        // the positive root of lv + v²/2 = 45, without cancellation
        double end = Math.min(to, 2 * NOTHING / (l + reach));
        double start = Math.max(from, -Math.sqrt(2 * NOTHING));
        double mass = 0;
        double first = 0;
        for (int k = 0; k < PANELS; k++) {
            double a = start + (end - start) * k / PANELS;
            double b = start + (end - start) * (k + 1) / PANELS;
            mass += GaussLegendre.once(v -> Math.exp(-v * (l + 0.5 * v)), a, b);
            first += GaussLegendre.once(v -> v * Math.exp(-v * (l + 0.5 * v)), a, b);
        }
        double mean = first / mass;
        double second = 0;
        for (int k = 0; k < PANELS; k++) {
            double a = start + (end - start) * k / PANELS;
            double b = start + (end - start) * (k + 1) / PANELS;
            second += GaussLegendre.once(v -> (v - mean) * (v - mean) * Math.exp(-v * (l + 0.5 * v)), a, b);
        }
        return new double[] {mean, second / mass};
    }
}
