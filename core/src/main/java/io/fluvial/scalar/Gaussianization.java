package io.fluvial.scalar;

import io.fluvial.Lane;
import io.fluvial.ScalarBijector;
import io.fluvial.internal.Gaussian;
import io.fluvial.internal.MonotoneRoot;
import io.fluvial.internal.NormalTail;

/// y = Φ⁻¹(Σ_k π_k Φ((x − μ_k) / s_k)): the distribution function of a mixture of K normals, then
/// the normal quantile (Meng et al. 2020, arXiv:2003.01941, section 3.1, where the mixture is a
/// kernel density with weights of its own here). Under a standard normal base the density of x is
/// that mixture, so with an autoregressive conditioner this is MADE-MoG (Papamakarios et al. 2017,
/// arXiv:1705.07057, section 5). With the normal density φ,
///
///     log f′(x) = log Σ_k π_k φ((x − μ_k) / s_k) / s_k − log φ(y) .
///
/// φ is `[3K]`: logits (π = softmax), raw means, raw log-scales. μ_k = m_k + φ_{K+k} and s_k = s₀
/// exp(s(φ_{2K+k})), with m_k equally spaced in ±½ and s₀ such that the mixture at φ = 0 has mean 0
/// and variance 1: components that start equal would stay equal. So the start is the identity only
/// for K = 1; else |y − x| < 0.03 for |x| < 3, and far out the slope is 1/s₀ ≤ 1.05.
///
/// R onto R; in each tail log f′ tends to −log s_k of one component. Tails are computed as
/// logarithms relative to the largest component, so nothing cancels or underflows. Against mpmath
/// for |x| ≤ 10⁶ (tens to millions of deviations out, and between components 100 deviations apart):
/// y rounded once to float, within 4·10⁻¹⁵ near 0; log f′ within 10⁻¹³ (1 + |log f′|). Where y
/// would exceed the largest float it stays there, and log f′ is −∞; [#inverse] likewise, with log
/// f′ = +∞.
///
/// Cost: K exponentials and K + 3 polynomials of degree 24; [#inverse] takes 4 to 8 times that.
///
/// @param components K, at least 1
/// @param logScale how a raw output becomes log(s_k / s₀)
public record Gaussianization(int components, LogScale logScale) implements ScalarBijector {

    private static final double WIDTH = 0.5;

    private static final MonotoneRoot.Curve<Gaussianization> CURVE = Gaussianization::value;

    // Slots of the work array: results of `value`, then six rows of K.
    private static final int SLOPE = 0;
    private static final int LOG_SLOPE = 1;
    private static final int SIDE = 2; // 1: sums below are of upper tails 1 − Φ, −1: of Φ
    private static final int TAIL = 3; // Σ of the tails
    private static final int DENSITY = 4; // Σ e_k / s_k
    private static final int MILLS = 5; // tail / φ at y
    private static final int ROWS = 6;

    public Gaussianization {
        spread(components);
    }

    /// The default: |log(s_k / s₀)| < 7 by tanh.
    public static Gaussianization of(int components) {
        return new Gaussianization(components, new LogScale.Tanh(7));
    }

    private static Spread spread(int components) {
        return new Spread(components, WIDTH, 1);
    }

    /// m_k, where the mean of component k starts.
    public double startingMean(int k) {
        return spread(components).mean(k);
    }

    /// s₀, where all scales start.
    public double startingScale() {
        return spread(components).scale();
    }

    private int row(int number) {
        return ROWS + number * components;
    }

    /// log π_k.
    private int logWeights() {
        return row(0);
    }

    private int means() {
        return row(1);
    }

    /// 1 / s_k.
    private int perScales() {
        return row(2);
    }

    /// z_k = (x − μ_k) / s_k.
    private int zs() {
        return row(3);
    }

    /// e_k = π_k exp(−z_k²/2), divided by the largest.
    private int heights() {
        return row(4);
    }

    /// The probability beyond |z_k| in component k, times π_k, in units of [#TAIL].
    private int tails() {
        return row(5);
    }

    private double[] prepare(Lane lane) {
        double[] work = lane.scratch(0, row(6));
        Weights.logSoftmax(lane, components, work, logWeights());
        Spread spread = spread(components);
        double perScale = 1 / spread.scale();
        for (int k = 0; k < components; k++) {
            work[means() + k] = spread.mean(k) + lane.phi(components + k);
            work[perScales() + k] = perScale * Math.exp(-logScale.logScale(lane.phi(2 * components + k)));
        }
        return work;
    }

    private double value(double x, double[] work) {
        if (Double.isInfinite(x)) {
            return x;
        }
        boolean right = true;
        boolean left = true;
        double most = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < components; k++) {
            double z = (x - work[means() + k]) * work[perScales() + k];
            double log = work[logWeights() + k] - 0.5 * z * z;
            work[zs() + k] = z;
            work[heights() + k] = log;
            most = Math.max(most, log);
            right &= z > 0;
            left &= z <= 0;
        }
        double density = 0;
        double tails = 0;
        for (int k = 0; k < components; k++) {
            double e = Math.exp(work[heights() + k] - most); // at most 1, and 1 for one k
            double tail = e * NormalTail.mills(Math.abs(work[zs() + k]));
            work[heights() + k] = e;
            work[tails() + k] = tail;
            density += e * work[perScales() + k];
            tails += tail;
        }
        work[DENSITY] = density;
        if (right || left) {
            return inTail(right ? 1 : -1, most, tails, work);
        }
        return amidst(most, work);
    }

    /// All means on one side of x, so the other side's probability is below ½: y from its
    /// logarithm, f′ from the two hazards, whose exponentials have cancelled.
    private double inTail(int side, double most, double tails, double[] work) {
        double log = most + Math.log(tails) - Gaussian.HALF_LOG_TWO_PI; // tails > 0: one e is 1
        double z = NormalTail.quantile(log);
        double mills = NormalTail.mills(z);
        work[SIDE] = side;
        work[TAIL] = tails;
        work[MILLS] = mills;
        work[SLOPE] = work[DENSITY] / tails * mills;
        work[LOG_SLOPE] = Math.log(work[SLOPE]); // a product of positive numbers, none below 1e-80
        return side * z;
    }

    /// Means on both sides: the smaller of the two probabilities.
    private double amidst(double most, double[] work) {
        double unit = Math.exp(most - Gaussian.HALF_LOG_TWO_PI);
        double upper = 0;
        double lower = 0;
        for (int k = 0; k < components; k++) {
            double weight = Math.exp(work[logWeights() + k]);
            double tail = unit * work[tails() + k]; // at most half the weight
            work[tails() + k] = tail;
            upper += work[zs() + k] > 0 ? tail : weight - tail;
            lower += work[zs() + k] > 0 ? weight - tail : tail;
        }
        int side = upper < lower ? 1 : -1;
        double tails = Math.min(upper, lower);
        double z = NormalTail.quantile(Math.log(tails)); // positive: a weight is
        work[SIDE] = side;
        work[TAIL] = tails;
        work[MILLS] = NormalTail.mills(z);
        work[LOG_SLOPE] = most + Math.log(work[DENSITY]) + 0.5 * z * z;
        work[SLOPE] = Math.exp(work[LOG_SLOPE]);
        return side * z;
    }

    @Override
    public int parameterCount() {
        return 3 * components;
    }

    @Override
    public float forward(float x, Lane lane) {
        double[] work = prepare(lane);
        double y = value(x, work);
        return Ends.forward(y, work[LOG_SLOPE], lane);
    }

    @Override
    public float inverse(float y, Lane lane) {
        double[] work = prepare(lane);
        // every component alone would put x here, and a mean of them lies between
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        double middle = 0;
        for (int k = 0; k < components; k++) {
            double x = work[means() + k] + y / work[perScales() + k]; // 1/s > 0
            low = Math.min(low, x);
            high = Math.max(high, x);
            middle += Math.exp(work[logWeights() + k]) * x;
        }
        double x = MonotoneRoot.find(CURVE, this, work, y, low, high, middle);
        value(x, work);
        return Ends.inverse(x, work[LOG_SLOPE], lane);
    }

    /// With c_k = ∂y/∂z_k = π_k φ(z_k) / φ(y), r_k the share of component k in the density and q_k
    /// that in the tail: gz_k = (gY + gℓ y) c_k − gℓ r_k z_k, and ∂y/∂logit_k = ± M(|y|) (π_k −
    /// q_k).
    @Override
    public float forwardVjp(float x, float gY, float gLogDet, Lane lane) {
        double[] work = prepare(lane);
        double y = value(x, work);
        if (Ends.beyond(y)) {
            return Ends.noGradient(parameterCount(), lane);
        }
        double g = gY + gLogDet * y;
        double most = Weights.most(lane, components);
        double gX = 0;
        for (int k = 0; k < components; k++) {
            double z = work[zs() + k];
            double perScale = work[perScales() + k];
            double height = work[heights() + k] / work[DENSITY]; // density > 0: the height of one k is 1
            double share = height * perScale;
            double gZ = g * work[SLOPE] * height - gLogDet * share * z;
            gX += gZ * perScale;
            lane.gradient(components + k, -gZ * perScale);
            double raw = lane.phi(2 * components + k);
            lane.gradient(2 * components + k, -(gZ * z + gLogDet * share) * logScale.slope(raw));
            double weight = Math.exp(work[logWeights() + k]);
            double tail = z > 0 == work[SIDE] > 0 ? work[tails() + k] : weight - work[tails() + k];
            double inTail = tail / work[TAIL]; // positive, as a weight is
            double gLogit = g * work[SIDE] * work[MILLS] * (weight - inTail) + gLogDet * (share - weight);
            lane.gradient(k, Weights.floored(lane, k, most) ? 0 : gLogit);
        }
        return (float) gX;
    }
}
