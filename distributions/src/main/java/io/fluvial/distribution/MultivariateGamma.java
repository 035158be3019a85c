package io.fluvial.distribution;

/// What the Wishart distribution and its inverse share: with B = L⁻¹K for X = KKᵀ and scale matrix LLᵀ their
/// log-densities are
///
///     ν log det B − ½ |B|² − ½ νn log 2 − log Γ_n(ν/2) ∓ (n + 1) log det K ,
///     Γ_n(a) = π^(n(n − 1)/4) Π Γ(a − j/2),   j = 0 … n − 1 .
///
/// Terms of order ν cancel; here they do on paper: every method returns what is left, of order log ν.
final class MultivariateGamma {

    private MultivariateGamma() {}

    /// ½ νn (log(ν/2) − 1) − log Γ_n(ν/2).
    static double logNorm(double nu, int n) {
        double a = 0.5 * nu;
        double sum = -0.25 * n * (n - 1) * Math.log(Math.PI);
        for (int j = 0; j < n; j++) {
            double below = a - 0.5 * j; // > 0
            sum += 0.5 * Math.log(a) - Normal.HALF_LOG_TWO_PI - StirlingRemainder.error(a);
            sum += GammaStep.log(below, 0.5 * j) + 0.5 * j * Math.log(below);
        }
        return sum;
    }

    /// ν log det(B/√ν) − ½ |B|² + ½ νn ≤ 0: a sum of terms of one sign.
    static double exponent(double nu, LowerTriangle b) {
        double sum = 0;
        for (int i = 0; i < b.n(); i++) {
            for (int j = 0; j < i; j++) {
                sum -= 0.5 * b.get(i, j) * b.get(i, j);
            }
            sum += 0.5 * nu * logMinusLinear(b.get(i, i) / nu * b.get(i, i));
        }
        return sum;
    }

    /// log q − (q − 1).
    private static double logMinusLinear(double q) {
        return q < 0.5 ? Math.log(q) - (q - 1) : -LogRemainder.linear(q - 1);
    }

    /// E(log det BBᵀ) − n log ν.
    static double meanLogDet(double nu, int n) {
        double a = 0.5 * nu;
        double sum = 0;
        for (int j = 0; j < n; j++) {
            sum += Math.log1p(-0.5 * j / a) - StirlingRemainder.logMinusDigamma(a - 0.5 * j); // a > j/2
        }
        return sum;
    }

    /// Degrees of freedom of n × n matrices are above n − 1: else there is no density.
    static void checkDegrees(String where, double degreesOfFreedom, int n) {
        if (!(degreesOfFreedom > n - 1 && degreesOfFreedom < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(where + ": degreesOfFreedom must be finite and above " + (n - 1)
                    + " for matrices of " + n + " rows, got " + degreesOfFreedom);
        }
    }
}
