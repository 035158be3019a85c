package io.fluvial.distribution;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// KL(p ‖ q) of vectors, matrices and directions.
///
/// With Cholesky factors everything about two covariances is in M = Lq⁻¹Lp, the identity where they agree:
/// tr(Σq⁻¹Σp) = |M|² and log det Σp − log det Σq = 2 Σ log mᵢᵢ.
final class VectorDivergences {

    private VectorDivergences() {}

    static double normal(MultivariateNormal p, MultivariateNormal q) {
        double[] z = difference(p.mean(), q.mean());
        LowerTriangle.trusted(q.cholesky(), z.length).solve(z);
        double sum = excess(p.cholesky(), q.cholesky(), z.length);
        for (double number : z) {
            sum += 0.5 * number * number;
        }
        return sum;
    }

    static double normal(LowRankMultivariateNormal p, LowRankMultivariateNormal q) {
        return normal(p.full(), q.full());
    }

    static double normal(LowRankMultivariateNormal p, MultivariateNormal q) {
        return normal(p.full(), q);
    }

    static double normal(MultivariateNormal p, LowRankMultivariateNormal q) {
        return normal(p, q.full());
    }

    /// Where the parts are [Normal].
    static double normal(Independent p, MultivariateNormal q) {
        MultivariateNormal joint = joint(p);
        return joint == null ? Double.NaN : normal(joint, q);
    }

    /// Where the parts are [Normal].
    static double normal(MultivariateNormal p, Independent q) {
        MultivariateNormal joint = joint(q);
        return joint == null ? Double.NaN : normal(p, joint);
    }

    private static @Nullable MultivariateNormal joint(Independent d) {
        int n = d.parts().size();
        double[] mean = new double[n];
        double[] cholesky = new double[n * n];
        for (int i = 0; i < n; i++) {
            if (!(d.parts().get(i) instanceof Normal normal)) {
                return null;
            }
            mean[i] = normal.mean();
            cholesky[i * n + i] = normal.scale();
        }
        return MultivariateNormal.ofCholesky(mean, cholesky);
    }

    private static double[] difference(double[] a, double[] b) {
        double[] difference = a.clone();
        for (int i = 0; i < a.length; i++) {
            difference[i] -= b[i];
        }
        return difference;
    }

    /// M = Lq⁻¹Lp `[n × n]`, column after column, from packed factors.
    private static double[][] ratio(double[] packedP, double[] packedQ, int n) {
        LowerTriangle q = LowerTriangle.trusted(packedQ, n);
        double[][] columns = new double[n][n];
        for (int j = 0; j < n; j++) {
            for (int i = j; i < n; i++) {
                columns[j][i] = packedP[LowerTriangle.at(i, j)];
            }
            q.solve(columns[j]);
        }
        return columns;
    }

    /// ½ (|M|² − n) − log det M, a sum of terms that are not negative.
    private static double excess(double[] packedP, double[] packedQ, int n) {
        double sum = 0;
        for (int j = 0; j < n; j++) {
            sum += Ratio.squareExcess(packedP[LowerTriangle.at(j, j)], packedQ[LowerTriangle.at(j, j)]);
        }
        return sum + 0.5 * squaresBelow(packedP, packedQ, n);
    }

    /// The squares of M below its diagonal.
    private static double squaresBelow(double[] packedP, double[] packedQ, int n) {
        double sum = 0;
        double[][] columns = ratio(packedP, packedQ, n);
        for (int j = 0; j < n; j++) {
            for (int i = j + 1; i < n; i++) {
                sum += columns[j][i] * columns[j][i];
            }
        }
        return sum;
    }

    static double dirichlet(Dirichlet p, Dirichlet q) {
        return dirichlet(p.parameters(), q.parameters());
    }

    static double dirichlet(double[] a, double[] b) {
        double[] step = new double[a.length];
        double[] lost = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            step[i] = b[i] - a[i];
            lost[i] = LogGammaBregman.lostIn(step[i], b[i], -a[i]);
        }
        return LogGammaBregman.dirichlet(a, b, step, lost);
    }

    static double wishart(Wishart p, Wishart q) {
        int n = p.shape().axis(0);
        return wishart(p.degreesOfFreedom(), q.degreesOfFreedom(), factor(p), factor(q), n);
    }

    /// That of the inverses, whose scale matrices are Ψ⁻¹.
    static double inverseWishart(InverseWishart p, InverseWishart q) {
        int n = p.shape().axis(0);
        return wishart(p.degreesOfFreedom(), q.degreesOfFreedom(), factor(q), factor(p), n);
    }

    /// The packed factor, which follows the degrees of freedom in θ.
    private static double[] factor(Parameterized<?> wishart) {
        double[] theta = wishart.parameters();
        return Arrays.copyOfRange(theta, 1, theta.length);
    }

    /// With the Bartlett factors' gamma variables of shapes α − j/2, α = νp/2, β = νq/2, row by
    /// row: the deviance of β from α mⱼⱼ², R(α − j/2, β − j/2) of [LogGammaBregman], and ∫ (r − 1 −
    /// log r) dv over v from 0 to j/2 with r = (β − v)/(α − v), what the closed parts leave; and α
    /// times the squares beside the diagonal.
    private static double wishart(double nuP, double nuQ, double[] packedP, double[] packedQ, int n) {
        double alpha = 0.5 * nuP;
        double beta = 0.5 * nuQ;
        double step = beta - alpha;
        double sum = alpha * squaresBelow(packedP, packedQ, n);
        for (int j = 0; j < n; j++) {
            double a = alpha - 0.5 * j; // > 0
            double b = beta - 0.5 * j;
            double scaleP = packedP[LowerTriangle.at(j, j)];
            double scaleQ = packedQ[LowerTriangle.at(j, j)];
            sum += proportion(alpha, beta, scaleP, scaleQ) + LogGammaBregman.rest(a, b, step);
            sum += 0.5
                    * j
                    * SegmentIntegral.of(alpha, beta, a, b, (x, y, rest, length) -> {
                        double t = step / x;
                        return length * (Math.abs(t) < 0.5 ? LogRemainder.linear(t) : Ratio.excess(y, x));
                    });
        }
        return sum;
    }

    /// The deviance of β from α r², r the ratio of two scales: r² − 1 = t (2 + t) with t = r − 1.
    private static double proportion(double alpha, double beta, double scaleP, double scaleQ) {
        double logRatio = Ratio.log(alpha, beta) + 2 * Ratio.log(scaleP, scaleQ);
        if (Math.abs(logRatio) > 0.5) {
            double r = scaleP / scaleQ;
            return alpha * r * r - beta - beta * logRatio;
        }
        double t = (scaleP - scaleQ) / scaleQ;
        double square = t * (2 + t);
        double shapes = (alpha - beta) / beta;
        return beta * LogRemainder.linear(shapes + square + shapes * square);
    }

    /// Row by row that of beta distributions, of shapes η + (n − 1 − d)/2 and d/2: those of Lᵢᵢ².
    static double lkj(LkjCholesky p, LkjCholesky q) {
        int n = p.shape().axis(0);
        double step = q.concentration() - p.concentration();
        double[] steps = {step, 0};
        double[] lost = {LogGammaBregman.lostIn(step, q.concentration(), -p.concentration()), 0};
        double sum = 0;
        for (int d = 1; d < n; d++) {
            double more = 0.5 * (n - 1 - d);
            double[] a = {p.concentration() + more, 0.5 * d};
            double[] b = {q.concentration() + more, 0.5 * d};
            sum += LogGammaBregman.dirichlet(a, b, steps, lost);
        }
        return sum;
    }

    static double vonMises(VonMises p, VonMises q) {
        double half = Math.sin(0.5 * (p.circularMean() - q.circularMean()));
        double atModes = p.logProb(p.circularMean()) - q.logProb(q.circularMean());
        return directions(atModes, p.concentration(), q.concentration(), p.circularVariance(), 2 * half * half);
    }

    static double vonMisesFisher(VonMisesFisher p, VonMisesFisher q) {
        double[] meanP = p.meanDirection();
        double[] meanQ = q.meanDirection();
        double square = 0;
        for (double number : difference(meanP, meanQ)) {
            square += number * number;
        }
        double atModes = p.logProb(meanP) - q.logProb(meanQ);
        double spread = BesselI.ratioComplement(0.5 * meanP.length - 1, p.concentration());
        return directions(atModes, p.concentration(), q.concentration(), spread, 0.5 * square);
    }

    /// From E(1 − cos) = 1 − A around p's own mean and 1 − cos between the means:
    /// log p(μp) − log q(μq) + (κq − κp) (1 − A) + κq A (1 − cos).
    private static double directions(double atModes, double kappaP, double kappaQ, double spread, double apart) {
        double nats = atModes + (kappaQ - kappaP) * spread + kappaQ * (1 - spread) * apart;
        return nats < 0 ? 0 : nats; // rounding; keeps NaN
    }
}
