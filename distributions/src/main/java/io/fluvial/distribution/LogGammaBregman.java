package io.fluvial.distribution;

/// The Bregman divergence of log Γ, of which divergences of gamma, beta and Dirichlet distributions
/// are made,
///
///     D(a, b) = log Γ(b) − log Γ(a) − (b − a) ψ(a) = ∫ₐᵇ (b − t) ψ′(t) dt ≥ 0 .
///
/// The sum cancels where a and b are near or large; the integral does not. With ψ′(t) = 1/t + φ(t)
/// it is
///
///     D(a, b) = b (a/b − 1 − log(a/b)) + R(a, b),   R(a, b) = ∫ₐᵇ (b − t) φ(t) dt ≥ 0 ,
///
/// of which the first part is closed and may cancel with other such parts (on paper), and the
/// second is integrated: φ(t) = Σ 1/((t + k)² (t + k + 1)) lies between 1/(2t²) and 1/t².
///
/// Relative error below 1e-14 against mpmath, 50 digits, for arguments from 1e-8 to 1e8, also one
/// ulp apart (`divergences.csv`).
final class LogGammaBregman {

    /// From a ratio of 2⁴⁰ on a step has nothing of the smaller number, and both are all but alike beside the rest.
    private static final int FAR = 40;

    private static final double LARGE = 10; // the series leaves out 1e-17 from here on

    /// Of φ(t) − 1/(2t²), in 1/t³, 1/t⁵, …: numbers of Bernoulli (Abramowitz and Stegun 1964,
    /// 6.4.12).
    private static final double[] SERIES = {
        1 / 6.0,
        -1 / 30.0,
        1 / 42.0,
        -1 / 30.0,
        5 / 66.0,
        -691 / 2730.0,
        7 / 6.0,
        -3617 / 510.0,
        43867 / 798.0,
        -174611 / 330.0
    };

    private LogGammaBregman() {}

    /// D(a, b).
    ///
    /// @param step b − a, as exactly as it is known
    static double of(double a, double b, double step) {
        double ratio = b / a;
        double leading = ratio > 0.5 && ratio < 2 ? b * LogRemainder.linear(-step / b) : a - b - b * Ratio.log(a, b);
        return leading + rest(a, b, step);
    }

    /// R(a, b).
    static double rest(double a, double b, double step) {
        return SegmentIntegral.of(a, 1, b, 1, (x, one, rest, length) -> {
            double relative = step / x;
            return relative * length * squarePhi(x) * (relative * rest); // the square may be no double
        });
    }

    /// Σ D(aᵢ, bᵢ) − D(Σ aᵢ, Σ bᵢ) ≥ 0, the divergence of two Dirichlet distributions.
    ///
    /// Its closed parts are deviances of bᵢ from aᵢ in proportion, none negative. Of the rests the
    /// greatest aᵢ alone can cancel with the sum: their difference is one integral.
    ///
    /// @param a positive
    /// @param b positive
    /// @param step b − a, as exactly as it is known
    /// @param lost what rounding has taken from the steps
    static double dirichlet(double[] a, double[] b, double[] step, double[] lost) {
        int greatest = 0;
        double otherA = 0;
        double otherB = 0;
        double otherStep = 0;
        for (int i = 1; i < a.length; i++) {
            greatest = a[i] > a[greatest] ? i : greatest;
        }
        double sum = proportions(a, b, step, lost);
        for (int i = 0; i < a.length; i++) {
            if (i != greatest) {
                sum += rest(a[i], b[i], step[i]);
                otherA += a[i];
                otherB += b[i];
                otherStep += step[i];
            }
        }
        return sum + restBesideSum(a[greatest], b[greatest], step[greatest], otherA, otherB, otherStep);
    }

    /// R(a, b) − R(a + c, b + d).
    private static double restBesideSum(double a, double b, double step, double c, double d, double otherStep) {
        return SegmentIntegral.of(a, c, b, d, (x, y, rest, length) -> {
            double all = x + y;
            double relative = step / x;
            double ofAll = step / all;
            double others = otherStep / all;
            double own = relative * length * squarePhiStep(x, y) * (relative * rest);
            double share = others * length * squarePhi(all);
            return own - 2 * (share * (ofAll * rest)) - share * (others * rest);
        });
    }

    /// Σ bᵢ (rᵢ − 1 − log rᵢ) with rᵢ = (aᵢ/A)/(bᵢ/B): from rᵢ − 1 = (aᵢ (B − A) − (bᵢ − aᵢ) A)/(bᵢ
    /// A), sums and differences in two doubles each, as it may be far below their rounding.
    private static double proportions(double[] a, double[] b, double[] step, double[] lost) {
        double totalA = 0;
        double lowA = 0;
        double totalB = 0;
        double totalStep = 0;
        double lowStep = 0;
        for (int i = 0; i < a.length; i++) {
            double next = totalA + a[i];
            lowA += lostIn(next, totalA, a[i]);
            totalA = next;
            totalB += b[i];
            next = totalStep + step[i];
            lowStep += lostIn(next, totalStep, step[i]) + lost[i];
            totalStep = next;
        }
        double scale = power(totalA);
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            double logRatio = Ratio.log(a[i], totalA) + Ratio.log(totalB, b[i]);
            if (Math.abs(logRatio) >= 0.7) {
                sum += Ratio.times(a[i], totalB, totalA) - b[i] - b[i] * logRatio;
            } else if (Math.abs(Math.getExponent(a[i] / b[i])) > FAR) {
                sum += b[i] * LogRemainder.linear(Math.expm1(logRatio));
            } else {
                double own = power(b[i]);
                double off = Ratio.determinant(a[i] * own, step[i] * own, totalA * scale, totalStep * scale);
                double low = (a[i] * own) * (lowStep * scale)
                        - (step[i] * own) * (lowA * scale)
                        - (lost[i] * own) * (totalA * scale);
                sum += b[i] * LogRemainder.linear((off + low) / (b[i] * own) / (totalA * scale));
            }
        }
        return sum;
    }

    /// The power of two that brings x near 1, so that products stay in range.
    private static double power(double x) {
        return Math.scalb(1.0, -Math.getExponent(x));
    }

    /// What is lost in a + b ≈ sum (Knuth 1969).
    static double lostIn(double sum, double a, double b) {
        double second = sum - a;
        return (a - (sum - second)) + (b - second);
    }

    /// t² φ(t), from 1 at 0 down to ½.
    private static double squarePhi(double t) {
        if (t >= LARGE) {
            return series(t);
        }
        double sum = 1 / (t + 1);
        double u = t + 1;
        double square = t * t;
        while (u < LARGE) {
            sum += square / (u * u * (u + 1));
            u++;
        }
        return sum + square / (u * u) * series(u);
    }

    private static double series(double t) {
        double s = 1 / t / t;
        double series = 0;
        for (int k = SERIES.length - 1; k >= 0; k--) {
            series = series * s + SERIES[k];
        }
        return 0.5 + series / t;
    }

    /// t² (φ(t) − φ(t + h)) ≥ 0, without a difference of the two.
    private static double squarePhiStep(double t, double h) {
        double v = t + h;
        if (t >= LARGE) {
            return seriesStep(t, v, h);
        }
        double sum = stepOf(t, v, h) / (t + 1);
        double u = t + 1;
        double square = t * t;
        while (u < LARGE) {
            v = u + h;
            sum += square / (u * u * (u + 1)) * stepOf(u, v, h);
            u++;
        }
        return sum + square / (u * u) * seriesStep(u, u + h, h);
    }

    /// 1 − u² (u + 1)/(v² (v + 1)) for v = u + h.
    private static double stepOf(double u, double v, double h) {
        return h / v * ((v + 1 + u + u * (u + 1) / v) / (v + 1));
    }

    private static double seriesStep(double u, double v, double h) {
        double z = u / v; // 1 − zᵐ = (1 − z)(1 + z + … + zᵐ⁻¹) and 1 − z = h/v
        double power = z * z;
        double powers = 1 + z;
        double series = 0.5 * powers;
        double scale = 1 / u;
        double s = scale * scale;
        for (double c : SERIES) {
            powers += power;
            series += c * scale * powers;
            power *= z;
            powers += power;
            power *= z;
            scale *= s;
        }
        return h / v * series;
    }
}
