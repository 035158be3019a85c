package io.fluvial.distribution;

/// A probability p kept with its complement q = 1 − p, so that neither end of [0, 1] loses digits.
final class Chance {

    private Chance() {}

    /// @throws IllegalArgumentException where p and q are not probabilities that add to 1, up to rounding
    static void check(String where, double p, double q) {
        Parameter.between(where, "probability", p, 0, 1);
        Parameter.between(where, "complement", q, 0, 1);
        if (Math.abs(p + q - 1) > 4e-16) { // each is rounded once, and their sum
            throw new IllegalArgumentException(
                    where + ": probability and complement must add to 1, got " + p + " and " + q);
        }
    }

    /// 1/(1 + e^−x), to 2 ulp at both ends.
    static double ofLogit(String where, double x) {
        if (Double.isNaN(x)) {
            throw new IllegalArgumentException(where + ": logit must be a number, got NaN");
        }
        return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
    }

    /// What belongs to a probability `renewed`: its own complement where it is p still.
    static double complement(double renewed, double p, double q) {
        return renewed == p ? q : 1 - renewed;
    }

    /// log p, from p or from q = 1 − p: whichever has the digits.
    static double log(double p, double q) {
        return q < 0.5 ? Math.log1p(-q) : Math.log(p);
    }

    /// log(p/q).
    static double logit(double p, double q) {
        return Math.log(p) - Math.log(q);
    }

    /// −p log p, 0 at p = 0.
    static double surprise(double p, double q) {
        return p == 0 ? 0 : -p * log(p, q);
    }

    /// weight · value where a weight of zero wins over an infinite value.
    static double times(double weight, double value) {
        return weight == 0 ? 0 : weight * value;
    }
}
