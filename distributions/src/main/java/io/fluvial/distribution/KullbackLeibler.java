package io.fluvial.distribution;

import io.fluvial.constraint.Angle;
import io.fluvial.constraint.Integers;
import io.fluvial.constraint.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/// The Kullback–Leibler divergence
///
///     KL(p ‖ q) = E_p(log p(X) − log q(X)) ≥ 0 ,
///
/// +∞ where p puts mass outside the support of q. In this order:
///
/// 1. what [#with] added, then a closed form for the pair of families: [ClosedDivergences] lists them, one a line;
/// 2. part by part of [Independent]; the bases of two [TransformedDistribution]s by equal bijections;
/// 3. +∞ for mass outside the support of q, or where only one of two scalar distributions has a density;
/// 4. counts against counts: a sum that leaves out 2e-30 of p (of negative binomials an integral
///    where that is wide);
/// 5. a number against a family whose log-density has a mean in closed form ([CrossEntropy]): −H(p) − E_p(log q), to
///    the accuracy of p's own entropy and moments; within one family, where a term has overflowed, none if that is
///    infinite.
///
/// Else it needs draws. Mixtures with densities always do.
///
/// Immutable: [#with] makes another one.
public final class KullbackLeibler {

    /// KL(p ‖ q) in nats for two families.
    ///
    /// @param <P> family of p
    /// @param <Q> family of q
    @FunctionalInterface
    public interface Formula<P extends Distribution, Q extends Distribution> {

        /// NaN where there is none for these two after all.
        double nats(P p, Q q);
    }

    /// One line of a table.
    record Pair<P extends Distribution, Q extends Distribution>(Class<P> p, Class<Q> q, Formula<P, Q> formula) {

        OptionalDouble of(Distribution first, Distribution second) {
            if (!p.isInstance(first) || !q.isInstance(second)) {
                return OptionalDouble.empty();
            }
            double nats = formula.nats(p.cast(first), q.cast(second));
            return Double.isNaN(nats) ? OptionalDouble.empty() : OptionalDouble.of(nats);
        }
    }

    private static final KullbackLeibler STANDARD = new KullbackLeibler(ClosedDivergences.pairs());

    private final List<Pair<?, ?>> pairs;

    private KullbackLeibler(List<Pair<?, ?>> pairs) {
        this.pairs = pairs;
    }

    /// The formulas that come with the library.
    public static KullbackLeibler standard() {
        return STANDARD;
    }

    /// These formulas and one more, which is asked before the others.
    public <P extends Distribution, Q extends Distribution> KullbackLeibler with(
            Class<P> p, Class<Q> q, Formula<P, Q> formula) {
        List<Pair<?, ?>> more = new ArrayList<>();
        more.add(new Pair<>(p, q, formula));
        more.addAll(pairs);
        return new KullbackLeibler(List.copyOf(more));
    }

    /// KL(p ‖ q) by the [#standard()] formulas.
    ///
    /// @throws UnsupportedOperationException where there is none: give draws
    public static Divergence.Exact between(Distribution p, Distribution q) {
        return STANDARD.of(p, q);
    }

    /// KL(p ‖ q) by the [#standard()] formulas, or estimated where there is none.
    ///
    /// @param draws at least 2, of p
    public static Divergence between(Distribution p, Distribution q, RandomGenerator random, int draws) {
        return STANDARD.of(p, q, random, draws);
    }

    /// KL(p ‖ q).
    ///
    /// @throws UnsupportedOperationException where there is no formula: give draws
    public Divergence.Exact of(Distribution p, Distribution q) {
        OptionalDouble exact = exact(p, q);
        if (exact.isEmpty()) {
            throw new UnsupportedOperationException("no closed form for the divergence of " + p + " from " + q
                    + ": give a random generator and a number of draws for an estimate, or a formula with(…)");
        }
        return new Divergence.Exact(exact.getAsDouble());
    }

    /// KL(p ‖ q), estimated by the mean of log p − log q over draws of p where there is no formula.
    ///
    /// @param draws at least 2
    public Divergence of(Distribution p, Distribution q, RandomGenerator random, int draws) {
        Parameter.atLeast("KullbackLeibler", "draws", draws, 2);
        OptionalDouble exact = exact(p, q);
        return exact.isPresent() ? new Divergence.Exact(exact.getAsDouble()) : estimate(p, q, random, draws);
    }

    static Divergence.Estimate estimate(Distribution p, Distribution q, RandomGenerator random, int draws) {
        checkShapes(p, q);
        double[] x = new double[p.shape().size()];
        double mean = 0;
        double squares = 0; // of distances to the mean (Welford 1962)
        double infinite = 0; // the sum of infinite ratios: NaN for opposite ones
        for (int i = 1; i <= draws; i++) {
            p.sample(random, x);
            double ratio = p.logProb(x) - q.logProb(x);
            if (Double.isInfinite(ratio)) {
                infinite += ratio;
                continue;
            }
            double off = ratio - mean;
            mean += off / i;
            squares += off * (ratio - mean);
        }
        if (infinite != 0) { // also for NaN
            return new Divergence.Estimate(mean + infinite, Double.NaN, draws); // NaN stays
        }
        double error = Math.sqrt(squares / (draws - 1.0) / draws);
        return new Divergence.Estimate(mean, error, draws);
    }

    private static void checkShapes(Distribution p, Distribution q) {
        if (p.shape().size() != q.shape().size()) {
            throw new IllegalArgumentException("no divergence between events of different shapes: " + p + " has "
                    + p.shape() + ", " + q + " has " + q.shape());
        }
    }

    private OptionalDouble exact(Distribution p, Distribution q) {
        checkShapes(p, q);
        if (p.equals(q)) {
            return OptionalDouble.of(0);
        }
        for (Pair<?, ?> pair : pairs) {
            OptionalDouble nats = pair.of(p, q);
            if (nats.isPresent()) {
                return nats;
            }
        }
        if (p instanceof Independent first && q instanceof Independent second) {
            return sum(first, second);
        }
        if (p instanceof TransformedDistribution first
                && q instanceof TransformedDistribution second
                && first.transform().equals(second.transform())) {
            return exact(first.base(), second.base());
        }
        if (p instanceof TransformedScalar first
                && q instanceof TransformedScalar second
                && first.transform().equals(second.transform())
                && first.transform().isBijective()) {
            return exact(first.base(), second.base());
        }
        return p instanceof ScalarDistribution first && q instanceof ScalarDistribution second
                ? scalars(first, second)
                : OptionalDouble.empty();
    }

    private OptionalDouble sum(Independent p, Independent q) {
        if (p.parts().size() != q.parts().size()) {
            return OptionalDouble.empty();
        }
        double sum = 0;
        boolean known = true;
        for (int i = 0; i < p.parts().size(); i++) {
            Distribution first = p.parts().get(i);
            Distribution second = q.parts().get(i);
            if (!first.shape().equals(second.shape())) {
                return OptionalDouble.empty();
            }
            OptionalDouble part = exact(first, second);
            known &= part.isPresent();
            sum += part.orElse(0);
        }
        // one infinite part decides, the others are not negative
        return known || sum == Double.POSITIVE_INFINITY ? OptionalDouble.of(sum) : OptionalDouble.empty();
    }

    private static OptionalDouble scalars(ScalarDistribution p, ScalarDistribution q) {
        if (p.support().isDiscrete() != q.support().isDiscrete() || leaves(p, q)) {
            return OptionalDouble.of(Double.POSITIVE_INFINITY);
        }
        try {
            double nats = Double.NaN;
            if (p.support() instanceof Integers && q.support() instanceof Integers) {
                nats = CountDivergences.sum(p, q);
            } else if (!(p instanceof ScalarMixture)) {
                nats = CrossEntropy.of(p, q) - p.entropy();
                if (Double.isInfinite(nats) && p.getClass() == q.getClass()) {
                    return OptionalDouble.empty(); // a term has overflowed: within a family the sum need not
                }
            }
            // not below 0 by rounding
            return Double.isNaN(nats) ? OptionalDouble.empty() : OptionalDouble.of(Math.max(0, nats));
        } catch (UnsupportedOperationException unknown) { // an entropy or a moment without a closed form
            return OptionalDouble.empty();
        }
    }

    /// Whether p has mass outside the support of q: by the ends of two intervals, as a density is positive between its
    /// own and mass far out may be below every double; else by p's distribution function.
    private static boolean leaves(ScalarDistribution p, ScalarDistribution q) {
        if (p.support() instanceof Interval from && q.support() instanceof Interval to) {
            return from.lower() < to.lower() || from.upper() > to.upper();
        }
        if (q.support() instanceof Interval to) {
            return p.cdf(to.lower()) > 0 || p.survival(to.upper()) > 0;
        }
        if (q.support() instanceof Angle) {
            return p.cdf(-Math.PI) > 0 || p.survival(Math.PI) > 0;
        }
        return q.support() instanceof Integers to && (p.cdf(to.lower() - 1) > 0 || p.survival(to.upper()) > 0);
    }
}
