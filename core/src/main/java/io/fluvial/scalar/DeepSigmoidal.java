package io.fluvial.scalar;

import io.fluvial.Lane;
import io.fluvial.ScalarBijector;
import io.fluvial.internal.MonotoneRoot;

/// y = logit(Σ_k w_k σ(a_k x + b_k)) with w = softmax and a_k > 0: the deep sigmoidal flow's layer
/// of the neural autoregressive flow (Huang et al. 2018, arXiv:1804.00779, eq. 8). With F the sum,
///
///     log f′(x) = log Σ_k w_k a_k σ′(a_k x + b_k) − log F − log(1 − F) .
///
/// It is [MixtureOfLogistics] in other coordinates – slopes and offsets instead of scales and means
/// – and learns otherwise. φ is `[3K]`: logits, raw slopes, raw offsets. a_k = a₀ exp(s(φ_{K+k}))
/// and b_k = φ_{2K+k} − a₀ m_k, with m_k equally spaced in ±1 and a₀ such that at φ = 0 mean and
/// variance are those of one unit: units that start equal would stay equal. So the start is the
/// identity only for K = 1; else |y − x| < 0.05 for |x| < 3, and far out the slope is a₀ ≤ 1.06.
///
/// R onto R, with tails that tend to straight lines of the slope a_k of one unit; no end of an
/// interval stops the inverse. Accuracy, ends and cost are those of [MixtureOfLogistics].
///
/// @param units K, at least 1
/// @param logSlope how a raw output becomes log(a_k / a₀)
public record DeepSigmoidal(int units, LogScale logSlope) implements ScalarBijector {

    private static final MonotoneRoot.Curve<DeepSigmoidal> CURVE =
            (map, x, work) -> LogisticMixture.value(map.units, x, work);

    public DeepSigmoidal {
        spread(units);
    }

    /// The default: slopes by softplus as in the paper, above a₀ / 1000.
    public static DeepSigmoidal of(int units) {
        return new DeepSigmoidal(units, new LogScale.Softplus(0.001));
    }

    private static Spread spread(int units) {
        return new Spread(units, MixtureOfLogistics.WIDTH, MixtureOfLogistics.VARIANCE);
    }

    /// a₀, where all slopes start.
    public double startingSlope() {
        return 1 / spread(units).scale();
    }

    /// −a₀ m_k, where the offset of unit k starts.
    public double startingOffset(int k) {
        return -startingSlope() * spread(units).mean(k);
    }

    private double[] prepare(Lane lane) {
        double[] work = lane.scratch(0, LogisticMixture.workSize(units));
        Weights.logSoftmax(lane, units, work, LogisticMixture.logWeights());
        Spread spread = spread(units);
        double start = 1 / spread.scale();
        for (int k = 0; k < units; k++) {
            double slope = start * Math.exp(logSlope.logScale(lane.phi(units + k)));
            double offset = lane.phi(2 * units + k) - start * spread.mean(k);
            work[LogisticMixture.slopes(units) + k] = slope;
            work[LogisticMixture.centers(units) + k] = -offset / slope; // slope > 0
        }
        return work;
    }

    @Override
    public int parameterCount() {
        return 3 * units;
    }

    @Override
    public float forward(float x, Lane lane) {
        double[] work = prepare(lane);
        double y = LogisticMixture.value(units, x, work);
        return Ends.forward(y, work[LogisticMixture.LOG_SLOPE], lane);
    }

    @Override
    public float inverse(float y, Lane lane) {
        double[] work = prepare(lane);
        double start = LogisticMixture.bracket(units, y, work);
        double x = MonotoneRoot.find(CURVE, this, work, y, work[0], work[1], start);
        LogisticMixture.value(units, x, work);
        return Ends.inverse(x, work[LogisticMixture.LOG_SLOPE], lane);
    }

    @Override
    public float forwardVjp(float x, float gY, float gLogDet, Lane lane) {
        double[] work = prepare(lane);
        double y = LogisticMixture.value(units, x, work);
        if (Ends.beyond(y)) {
            return Ends.noGradient(parameterCount(), lane);
        }
        double gX = LogisticMixture.pullBack(units, y, gY, gLogDet, lane, work);
        for (int k = 0; k < units; k++) {
            double gZ = work[LogisticMixture.gradients(units) + k];
            double share = work[LogisticMixture.shares(units) + k];
            double gLogSlope = gZ * x * work[LogisticMixture.slopes(units) + k] + gLogDet * share;
            lane.gradient(units + k, gLogSlope * logSlope.slope(lane.phi(units + k)));
            lane.gradient(2 * units + k, gZ);
        }
        return (float) gX;
    }
}
