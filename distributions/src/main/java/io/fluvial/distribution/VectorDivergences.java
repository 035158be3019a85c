package io.fluvial.distribution;

import java.util.Arrays;
import org.apache.commons.numbers.gamma.LogGamma;
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
        double sum = excess(ratio(p.cholesky(), q.cholesky(), z.length), z.length);
        for (double number : z) {
            sum += number * number;
        }
        return 0.5 * sum;
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

    /// |M|² − n − 2 log det M, a sum of terms that are not negative.
    private static double excess(double[][] columns, int n) {
        double sum = 0;
        for (int j = 0; j < n; j++) {
            sum += Rest.ofRatio(columns[j][j] * columns[j][j]);
            for (int i = j + 1; i < n; i++) {
                sum += columns[j][i] * columns[j][i];
            }
        }
        return sum;
    }

    static double dirichlet(Dirichlet p, Dirichlet q) {
        double[] a = p.parameters();
        double[] b = q.parameters();
        double totalA = Arrays.stream(a).sum();
        double sum = LogGamma.value(totalA) - LogGamma.value(Arrays.stream(b).sum());
        for (int i = 0; i < a.length; i++) {
            double meanLog = StirlingRemainder.digamma(a[i]) - StirlingRemainder.digamma(totalA);
            sum += LogGamma.value(b[i]) - LogGamma.value(a[i]) + (a[i] - b[i]) * meanLog;
        }
        return sum;
    }

    static double wishart(Wishart p, Wishart q) {
        int n = p.shape().axis(0);
        return wishart(p.degreesOfFreedom(), q.degreesOfFreedom(), ratio(factor(p), factor(q), n), n);
    }

    /// That of the inverses, whose scale matrices are Ψ⁻¹.
    static double inverseWishart(InverseWishart p, InverseWishart q) {
        int n = p.shape().axis(0);
        return wishart(p.degreesOfFreedom(), q.degreesOfFreedom(), ratio(factor(q), factor(p), n), n);
    }

    /// The packed factor, which follows the degrees of freedom in θ.
    private static double[] factor(Parameterized<?> wishart) {
        double[] theta = wishart.parameters();
        return Arrays.copyOfRange(theta, 1, theta.length);
    }

    /// ½ νp (|M|² − n − 2ℓ) + (νp − νq) (½ Σ ψ((νp − j)/2) + ℓ) + log Γ_n(νq/2) − log Γ_n(νp/2) with ℓ = log det M.
    private static double wishart(double nuP, double nuQ, double[][] ratio, int n) {
        double scales = 0.5 * nuP * excess(ratio, n);
        if (nuP == nuQ) {
            return scales;
        }
        double sum = 0;
        for (int j = 0; j < n; j++) {
            double a = 0.5 * (nuP - j);
            double b = 0.5 * (nuQ - j);
            sum += (nuP - nuQ) * (0.5 * StirlingRemainder.digamma(a) + Math.log(ratio[j][j]));
            sum += LogGamma.value(b) - LogGamma.value(a);
        }
        return scales + sum;
    }

    /// An exponential family in η: its density at the identity is the normaliser, and E(log Lᵢᵢ) is known by the row.
    static double lkj(LkjCholesky p, LkjCholesky q) {
        int n = p.shape().axis(0);
        double[] identity = new double[n * n];
        for (int i = 0; i < n; i++) {
            identity[i * n + i] = 1;
        }
        double meanLog = 0;
        for (int d = 1; d < n; d++) {
            double b = p.concentration() + 0.5 * (n - 1 - d);
            meanLog += 0.5 * (StirlingRemainder.digamma(b) - StirlingRemainder.digamma(b + 0.5 * d));
        }
        return 2 * (p.concentration() - q.concentration()) * meanLog + p.logProb(identity) - q.logProb(identity);
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
        return atModes + (kappaQ - kappaP) * spread + kappaQ * (1 - spread) * apart;
    }
}
