package io.fluvial.distribution;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;

/// KL(p ‖ q) of two negative binomials of different sizes that spread over more numbers than need
/// to be summed one by one:
///
///     Σ f(k) = ∫ f dx from a − ½ to b + ½, less (f′(b + ½) − f′(a − ½))/24 ,   k = a … b ,
///
/// by Euler and Maclaurin for midpoints, f = p log(p/q) + q − p ≥ 0 read at real numbers. Those
/// below 2048 are summed as they are; from there on f is so smooth that what is left out, of the
/// order of f‴/400, is below 1e-15. The integral is Gauss and Legendre's on pieces that double from the
/// start and are two deviations of p and of q long around their means: some 200, a millisecond. Its nodes are
/// rounded, which leaves some 1e-16 of the mean over the deviation, relative to the divergence.
final class WideCounts {

    /// Numbers from which on the integral is taken.
    private static final double MANY = 1e5;

    private static final int FIRST = 2048;
    private static final int PIECES = 40; // of two deviations to either side of a mean

    private final NegativeBinomial p;
    private final NegativeBinomial q;

    private WideCounts(NegativeBinomial p, NegativeBinomial q) {
        this.p = p;
        this.q = q;
    }

    /// NaN where there are few enough to sum.
    static double divergence(NegativeBinomial p, NegativeBinomial q) {
        double low = p.quantile(WholeNumbers.OMITTED);
        double high = p.survivalQuantile(WholeNumbers.OMITTED);
        return high - low < MANY ? Double.NaN : new WideCounts(p, q).between(low, high);
    }

    private double between(double low, double high) {
        double sum = q.cdf(low - 1) + q.survival(high);
        double start = Math.max(low, FIRST); // beyond 2⁵³ no number is next to another
        for (double k = low; k < start; k++) {
            sum += term(k);
        }
        double slopes = term(high + 1) - term(high) - (term(start) - term(start - 1));
        return sum + integral(start - 0.5, high + 0.5) - slopes / 24;
    }

    private double term(double x) {
        double logP = SaddlePoint.negativeBinomial(x, p.size(), p.probability(), p.complement());
        double logQ = SaddlePoint.negativeBinomial(x, q.size(), q.probability(), q.complement());
        return CountDivergences.term(logP, logQ);
    }

    private double integral(double from, double to) {
        DoubleStream doubled = DoubleStream.iterate(from, x -> x < to, x -> 2 * x);
        DoubleStream around = DoubleStream.concat(around(p), around(q));
        double[] edges = DoubleStream.concat(DoubleStream.concat(doubled, around), DoubleStream.of(to))
                .filter(x -> x >= from && x <= to)
                .sorted()
                .distinct()
                .toArray();
        DoubleUnaryOperator f = this::term;
        double sum = 0;
        for (int k = 1; k < edges.length; k++) {
            sum += GaussLegendre.once(f, edges[k - 1], edges[k]);
        }
        return sum;
    }

    private static DoubleStream around(NegativeBinomial d) {
        double mean = d.mean();
        double step = 2 * d.standardDeviation();
        return DoubleStream.iterate(-PIECES, k -> k <= PIECES, k -> k + 1).map(k -> mean + k * step);
    }
}
