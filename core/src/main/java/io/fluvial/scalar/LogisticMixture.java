package io.fluvial.scalar;

import io.fluvial.Lane;

/// y = logit(Σ_k π_k σ(z_k)) with z_k = a_k (x − m_k): what [MixtureOfLogistics] and
/// [DeepSigmoidal] share. With F the sum and S = 1 − F,
///
///     log f′(x) = log Σ_k π_k a_k σ′(z_k) − log F − log S .
///
/// The smaller of F and S is a sum of positive numbers relative to the largest, so neither tail
/// cancels or underflows.
///
/// Everything stands in a work array: results of [#value], then six rows of K.
final class LogisticMixture {

    static final int SLOPE = 0; // where the root finder looks for it
    static final int LOG_SLOPE = 1;
    private static final int SIDE = 2; // 1: sums below are of upper tails 1 − σ, −1: of σ
    private static final int TAIL = 3; // Σ of the tails
    private static final int DENSITY = 4; // Σ of heights times a_k
    private static final int REST = 5; // 1 − the probability of the tail, at least ½
    private static final int ROWS = 6;

    private LogisticMixture() {}

    static int workSize(int components) {
        return ROWS + 6 * components;
    }

    /// Row of log π_k.
    static int logWeights() {
        return ROWS;
    }

    /// Row of m_k.
    static int centers(int components) {
        return ROWS + components;
    }

    /// Row of a_k.
    static int slopes(int components) {
        return ROWS + 2 * components;
    }

    /// Row of z_k, left by [#value].
    static int zs(int components) {
        return ROWS + 3 * components;
    }

    /// Row of ∂loss/∂z_k, left by [#pullBack].
    static int gradients(int components) {
        return ROWS + 4 * components;
    }

    /// Row of the share of component k in the density, left by [#pullBack].
    static int shares(int components) {
        return ROWS + 5 * components;
    }

    /// y at x.
    static double value(int components, double x, double[] work) {
        if (Double.isInfinite(x)) {
            return x;
        }
        int tailRow = gradients(components);
        int heightRow = shares(components);
        boolean right = true;
        boolean left = true;
        double most = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < components; k++) {
            double z = (x - work[centers(components) + k]) * work[slopes(components) + k];
            work[zs(components) + k] = z;
            most = Math.max(most, work[logWeights() + k] - Math.abs(z));
            right &= z > 0;
            left &= z <= 0;
        }
        double density = 0;
        double tails = 0;
        for (int k = 0; k < components; k++) {
            double z = Math.abs(work[zs(components) + k]);
            double e = Math.exp(work[logWeights() + k] - z - most); // at most 1, and 1 for one k
            double r = 1 / (1 + Math.exp(-z)); // denominator in [1, 2]
            work[tailRow + k] = e * r;
            work[heightRow + k] = e * r * r;
            density += e * r * r * work[slopes(components) + k];
            tails += e * r;
        }
        work[DENSITY] = density;
        if (right || left) {
            return inTail(right ? 1 : -1, most, tails, work);
        }
        return amidst(components, most, work);
    }

    /// All centres on one side of x, so that the other side's probability is below ½.
    private static double inTail(int side, double most, double tails, double[] work) {
        double log = most + Math.log(tails); // tails ≥ ½: one e is 1
        double rest = -Math.expm1(log); // at least ½
        work[SIDE] = side;
        work[TAIL] = tails;
        work[REST] = rest;
        work[SLOPE] = work[DENSITY] / (tails * rest);
        work[LOG_SLOPE] = Math.log(work[SLOPE]); // positive numbers
        return side * (Math.log(rest) - log);
    }

    /// Centres on both sides: the smaller of the two probabilities.
    private static double amidst(int components, double most, double[] work) {
        double unit = Math.exp(most);
        double upper = 0;
        double lower = 0;
        for (int k = 0; k < components; k++) {
            double weight = Math.exp(work[logWeights() + k]);
            double tail = unit * work[gradients(components) + k]; // at most half the weight
            boolean above = work[zs(components) + k] > 0;
            work[gradients(components) + k] = tail;
            upper += above ? tail : weight - tail;
            lower += above ? weight - tail : tail;
        }
        double tails = Math.min(upper, lower); // positive, as a weight is
        work[SIDE] = upper < lower ? 1 : -1;
        work[TAIL] = tails;
        work[REST] = 1 - tails;
        double log = Math.log(tails);
        double logRest = Math.log1p(-tails); // tails ≤ ½
        work[LOG_SLOPE] = most + Math.log(work[DENSITY]) - log - logRest;
        work[SLOPE] = Math.exp(work[LOG_SLOPE]);
        return work[SIDE] * (logRest - log);
    }

    /// A place between those where each component alone would put y, which are written as low to
    /// `work[0]` and as high to `work[1]`: x lies between them.
    static double bracket(int components, double y, double[] work) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        double middle = 0;
        for (int k = 0; k < components; k++) {
            double x = work[centers(components) + k] + y / work[slopes(components) + k]; // slopes are positive
            low = Math.min(low, x);
            high = Math.max(high, x);
            middle += Math.exp(work[logWeights() + k]) * x;
        }
        work[0] = low;
        work[1] = high;
        return middle;
    }

    /// After [#value] gave y: sets the gradients of the logits φ₀ …, leaves those of z and the
    /// shares in their rows, and returns gX. With c_k = ∂y/∂z_k = π_k σ′(z_k) / (F S), r_k the
    /// share in the density and q_k that in the tail, gz_k = (gY + gℓ tanh(y/2)) c_k − gℓ r_k
    /// tanh(z_k/2) and ∂y/∂logit_k = ± (π_k − q_k) / max(F, S).
    static double pullBack(int components, double y, double gY, double gLogDet, Lane lane, double[] work) {
        double g = gY + gLogDet * Math.tanh(0.5 * y);
        double most = Weights.most(lane, components);
        double gX = 0;
        for (int k = 0; k < components; k++) {
            double z = work[zs(components) + k];
            double slope = work[slopes(components) + k];
            double height = work[shares(components) + k] / work[DENSITY]; // density > 0
            double share = height * slope;
            double weight = Math.exp(work[logWeights() + k]);
            double part = work[gradients(components) + k];
            double tail = z > 0 == work[SIDE] > 0 ? part : weight - part;
            double gLogit = g * work[SIDE] * (weight - tail / work[TAIL]) / work[REST] + gLogDet * (share - weight);
            lane.gradient(k, Weights.floored(lane, k, most) ? 0 : gLogit);
            double gZ = g * work[SLOPE] * height - gLogDet * share * Math.tanh(0.5 * z);
            work[gradients(components) + k] = gZ;
            work[shares(components) + k] = share;
            gX += gZ * slope;
        }
        return gX;
    }
}
