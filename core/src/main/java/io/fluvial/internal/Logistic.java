package io.fluvial.internal;

/// The logistic function σ and its relatives in double precision, in forms that neither overflow nor cancel. NaN
/// stays NaN.
public final class Logistic {

    private static final double LOG_2 = 0.6931471805599453;

    private Logistic() {}

    /// σ(t) = 1 / (1 + e⁻ᵗ). Overflow of e⁻ᵗ gives the right limit, 0.
    public static double sigmoid(double t) {
        return 1 / (1 + Math.exp(-t)); // denominator ≥ 1
    }

    /// log σ′(t) = log σ(t) + log σ(−t).
    public static double logSlope(double t) {
        return -Math.abs(t) - 2 * Math.log1p(Math.exp(-Math.abs(t))); // log1p of a number in [0, 1]
    }

    /// σ′(t) = σ(t) · σ(−t), without the cancellation of 1 − σ.
    public static double slope(double t) {
        double e = Math.exp(-Math.abs(t));
        return e / ((1 + e) * (1 + e)); // denominator ≥ 1
    }

    /// log(1 + eᵗ) = −log σ(−t).
    public static double softplus(double t) {
        return Math.max(t, 0) + Math.log1p(Math.exp(-Math.abs(t))); // log1p of a number in [0, 1]
    }

    /// The t with softplus(t) = y, log(eʸ − 1), for y > 0.
    public static double inverseSoftplus(double y) {
        // Both arguments are positive for y > 0: eʸ − 1 and, past log 2 where eʸ would overflow in the end, 1 − e⁻ʸ.
        return y < LOG_2 ? Math.log(Math.expm1(y)) : y + Math.log1p(-Math.exp(-y));
    }

    /// log(1 − e⁻ʸ) for y > 0: the logarithm of softplus′ at inverseSoftplus(y).
    public static double logOneMinusExp(double y) {
        // Both arguments are positive for y > 0; each form is the accurate one on its side (Mächler 2012, "Accurately
        // computing log(1 − exp(−|a|))", eq. 7).
        return y < LOG_2 ? Math.log(-Math.expm1(-y)) : Math.log1p(-Math.exp(-y));
    }
}
