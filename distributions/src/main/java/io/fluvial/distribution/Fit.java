package io.fluvial.distribution;

import java.util.Arrays;

/// A distribution of a family that was fitted to events by maximum likelihood, with the standard errors of its
/// parameters.
///
/// The mean of −log p is minimised over free numbers u, which
/// [io.fluvial.transform.Constraints#bijectTo] leads into the family's [Parameterized#parameterSpace()],
/// by BFGS (Nocedal & Wright 2006, algorithm 6.1) with steps that are halved until they satisfy Armijo's condition.
/// Cost: a density and a gradient of every event a step, some tens of steps.
///
/// Standard errors are those of the observed information: with H the second derivatives of −Σ log p by u – central
/// differences of the gradient – and J = ∂θ/∂u, the covariance of θ is J H⁻¹ Jᵀ. They hold for many events and
/// a family that fits; they are NaN where H is not positive definite, so that θ is not identified or the search has not
/// arrived.
///
/// @param <D> the family
public final class Fit<D extends Distribution> {

    private final D distribution;
    private final double logLikelihood;
    private final int steps;
    private final boolean converged;
    private final double[] standardErrors;

    Fit(D distribution, double logLikelihood, int steps, boolean converged, double[] standardErrors) {
        this.distribution = distribution;
        this.logLikelihood = logLikelihood;
        this.steps = steps;
        this.converged = converged;
        this.standardErrors = standardErrors;
    }

    /// Fits a family of scalar distributions to numbers.
    ///
    /// @param start a member of the family under which every number has a density, not on the border of
    ///     the parameter space
    /// @param x numbers, *Read*
    /// @throws IllegalArgumentException where a number has none, there are none, or the start is on the border
    public static <D extends Parameterized<D>> Fit<D> maximumLikelihood(D start, double... x) {
        return maximumLikelihood(start, x, x.length);
    }

    /// Fits a family to events.
    ///
    /// @param start a member of the family under which every event has a density, not on the border of
    ///     the parameter space
    /// @param x `[size × lanes]`, number k of lane i at `k * lanes + i`, *Read*
    /// @throws IllegalArgumentException where an event has none, there are none, or the start is on the border
    public static <D extends Parameterized<D>> Fit<D> maximumLikelihood(D start, double[] x, int lanes) {
        int size = Events.checked(x, start.shape(), lanes);
        if (lanes == 0) {
            throw new IllegalArgumentException("a fit needs at least one event");
        }
        double[][] events = new double[lanes][size];
        for (int i = 0; i < lanes; i++) {
            Events.read(x, lanes, i, events[i]);
            double logProb = start.logProb(events[i]);
            if (!Double.isFinite(logProb)) {
                throw new IllegalArgumentException("event " + i + ", " + Arrays.toString(events[i])
                        + ", has log-density " + logProb + " under the start " + start
                        + ": leave it out, or start where it has a finite one");
            }
        }
        return new LikelihoodSearch<>(start, events).run();
    }

    /// The fitted member of the family.
    public D distribution() {
        return distribution;
    }

    /// Σ log p of the events, nats.
    public double logLikelihood() {
        return logLikelihood;
    }

    /// Steps that were made.
    public int steps() {
        return steps;
    }

    /// Whether the gradient vanishes. If not, the likelihood has no maximum in the family (as when a scale shrinks onto
    /// one event), or it is too flat to find.
    public boolean converged() {
        return converged;
    }

    /// Standard errors of [Parameterized#parameters()], in a new array.
    public double[] standardErrors() {
        return standardErrors.clone();
    }

    @Override
    public String toString() {
        return distribution + " ± " + Arrays.toString(standardErrors) + ", log-likelihood " + logLikelihood
                + (converged ? "" : ", not converged");
    }
}
