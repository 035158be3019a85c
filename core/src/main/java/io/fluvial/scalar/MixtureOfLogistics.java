package io.fluvial.scalar;

import io.fluvial.Lane;
import io.fluvial.ScalarBijector;
import io.fluvial.internal.MonotoneRoot;

/// y = logit(Σ_k π_k σ((x − μ_k) / s_k)): the distribution function of a mixture of K logistics,
/// then the logit – the coupling of Flow++ (Ho et al. 2019, arXiv:1902.00275, eq. 12–13) without
/// its affine step, which is a layer of its own here. With F the sum,
///
///     log f′(x) = log Σ_k π_k σ′((x − μ_k) / s_k) / s_k − log F − log(1 − F) .
///
/// φ is `[3K]`: logits (π = softmax), raw means, raw log-scales. μ_k = m_k + φ_{K+k} and s_k = s₀
/// exp(s(φ_{2K+k})), with m_k equally spaced in ±1 and s₀ such that the mixture at φ = 0 has the
/// mean and variance of one logistic: components that start equal would stay equal. So the start is
/// the identity only for K = 1; else |y − x| < 0.05 for
/// |x| < 3, and far out the slope is 1/s₀ ≤ 1.06.
///
/// R onto R, with tails that tend to straight lines of the slope 1/s_k of one component. Against
/// mpmath for |x| ≤ 10⁶: y rounded once to float, within 4·10⁻¹⁵ near 0; log f′ within 10⁻¹³ (1 +
/// |log f′|). Where y would exceed the largest float it stays there, and log f′ is −∞; [#inverse]
/// likewise, with log f′ = +∞.
///
/// Cost: 2K exponentials; [#inverse] takes 4 to 8 times that.
///
/// @param components K, at least 1
/// @param logScale how a raw output becomes log(s_k / s₀)
public record MixtureOfLogistics(int components, LogScale logScale) implements ScalarBijector {

    /// Half the width of the means at the start.
    static final double WIDTH = 1;

    /// Of the logistic distribution.
    static final double VARIANCE = Math.PI * Math.PI / 3;

    private static final MonotoneRoot.Curve<MixtureOfLogistics> CURVE =
            (map, x, work) -> LogisticMixture.value(map.components, x, work);

    public MixtureOfLogistics {
        spread(components);
    }

    /// The default: |log(s_k / s₀)| < 7 by tanh.
    public static MixtureOfLogistics of(int components) {
        return new MixtureOfLogistics(components, new LogScale.Tanh(7));
    }

    private static Spread spread(int components) {
        return new Spread(components, WIDTH, VARIANCE);
    }

    /// m_k, where the mean of component k starts.
    public double startingMean(int k) {
        return spread(components).mean(k);
    }

    /// s₀, where all scales start.
    public double startingScale() {
        return spread(components).scale();
    }

    private double[] prepare(Lane lane) {
        double[] work = lane.scratch(0, LogisticMixture.workSize(components));
        Weights.logSoftmax(lane, components, work, LogisticMixture.logWeights());
        Spread spread = spread(components);
        double perScale = 1 / spread.scale();
        for (int k = 0; k < components; k++) {
            work[LogisticMixture.centers(components) + k] = spread.mean(k) + lane.phi(components + k);
            work[LogisticMixture.slopes(components) + k] =
                    perScale * Math.exp(-logScale.logScale(lane.phi(2 * components + k)));
        }
        return work;
    }

    @Override
    public int parameterCount() {
        return 3 * components;
    }

    @Override
    public float forward(float x, Lane lane) {
        double[] work = prepare(lane);
        double y = LogisticMixture.value(components, x, work);
        return Ends.forward(y, work[LogisticMixture.LOG_SLOPE], lane);
    }

    @Override
    public float inverse(float y, Lane lane) {
        double[] work = prepare(lane);
        double start = LogisticMixture.bracket(components, y, work);
        double x = MonotoneRoot.find(CURVE, this, work, y, work[0], work[1], start);
        LogisticMixture.value(components, x, work);
        return Ends.inverse(x, work[LogisticMixture.LOG_SLOPE], lane);
    }

    @Override
    public float forwardVjp(float x, float gY, float gLogDet, Lane lane) {
        double[] work = prepare(lane);
        double y = LogisticMixture.value(components, x, work);
        if (Ends.beyond(y)) {
            return Ends.noGradient(parameterCount(), lane);
        }
        double gX = LogisticMixture.pullBack(components, y, gY, gLogDet, lane, work);
        for (int k = 0; k < components; k++) {
            double gZ = work[LogisticMixture.gradients(components) + k];
            double z = work[LogisticMixture.zs(components) + k];
            double share = work[LogisticMixture.shares(components) + k];
            lane.gradient(components + k, -gZ * work[LogisticMixture.slopes(components) + k]);
            double raw = lane.phi(2 * components + k);
            lane.gradient(2 * components + k, -(gZ * z + gLogDet * share) * logScale.slope(raw));
        }
        return (float) gX;
    }
}
