package io.fluvial.scalar;

import io.fluvial.Lane;
import io.fluvial.ScalarBijector;
import io.fluvial.internal.MonotoneRoot;

/// y = c + ∫₀ˣ g with g a sum of squared polynomials and a positive constant (Jaini et al. 2019,
/// arXiv:1905.02325, eq. 12; the constant, which keeps f′ away from 0, is an addition): with u = t
/// / 4,
///
///     g(t) = ε + (1 − ε) / k · Σ_{m=1}^{k} p_m(u)²,
///     p_m(u) = 1 + b_m u + Σ_{l=0}^{r} φ_{ml} u^l,
///
/// log f′ = log g. The integral is a polynomial of degree 2r + 1 with exact coefficients, no
/// quadrature.
///
/// φ is `[1 + k (r + 1)]`: c, then for each polynomial its coefficients, lowest first. The fixed
/// b_m are equally spaced in ±½: polynomials that start equal would stay equal. So φ = 0 is the
/// identity for k = 1; for more, g is 1 + O(u²), at most 1.05 for |x| ≤ 3.
///
/// R onto R, with tails that grow like x^(2r+1) once a leading coefficient is not 0. Where y would
/// exceed the largest float it stays there, and log f′ is −∞. Accuracy against mpmath: log f′, a
/// sum of squares, within 10⁻¹³; y within 2⁻⁵⁰ of the sum of its terms' sizes, then rounded to
/// float.
///
/// Cost: about k r² multiplications; [#inverse] adds 4 to 8 times k r.
///
/// @param degree r, 1 to 12, of each polynomial
/// @param terms k, at least 1; two suffice for any positive polynomial of degree 2r
/// @param minimum ε in (0, 1), below which f′ does not fall; near a root of all p_m, log f′ dips to
///     log ε within a width of about √ε
public record SumOfSquares(int degree, int terms, double minimum) implements ScalarBijector {

    private static final double UNIT = 4;
    private static final double WIDTH = 0.5;
    private static final int LARGEST_DEGREE = 12;

    private static final MonotoneRoot.Curve<SumOfSquares> CURVE = SumOfSquares::value;

    // Slots of the work array: results of `value`, then rows.
    private static final int SLOPE = 0;
    private static final int BEND = 1; // g′
    private static final int ROWS = 2;

    public SumOfSquares {
        if (degree < 1 || degree > LARGEST_DEGREE) {
            throw new IllegalArgumentException("a sum of squares has degree 1 to 12, not " + degree);
        }
        if (terms < 1) {
            throw new IllegalArgumentException("a sum of squares needs at least 1 term, got " + terms);
        }
        if (!(minimum > 0 && minimum < 1)) {
            throw new IllegalArgumentException("the minimum of a sum of squares lies in (0, 1), got " + minimum);
        }
    }

    /// The default: f′ above 0.01.
    public static SumOfSquares of(int degree, int terms) {
        return new SumOfSquares(degree, terms, 0.01);
    }

    /// Coefficients of y as a polynomial in u, 0 … 2r + 1.
    private int integral() {
        return ROWS;
    }

    /// Coefficients of p_m, r + 1 of them.
    private int polynomial(int m) {
        return ROWS + 2 * degree + 2 + m * (degree + 1);
    }

    /// p_m(u), one of each.
    private int results() {
        return polynomial(terms);
    }

    private double weight() {
        return (1 - minimum) / terms;
    }

    private static int parameter(int m, int l, int degree) {
        return 1 + m * (degree + 1) + l;
    }

    private double[] prepare(Lane lane) {
        double[] work = lane.scratch(0, results() + terms);
        for (int j = 0; j <= 2 * degree + 1; j++) {
            work[integral() + j] = 0;
        }
        work[integral()] = lane.phi(0);
        work[integral() + 1] = UNIT * minimum;
        for (int m = 0; m < terms; m++) {
            int p = polynomial(m);
            for (int l = 0; l <= degree; l++) {
                work[p + l] = lane.phi(parameter(m, l, degree));
            }
            work[p] += 1;
            work[p + 1] += WIDTH * ((2 * m + 1.0) / terms - 1);
            addSquare(p, work);
        }
        return work;
    }

    /// Adds the integral of weight · p² to the coefficients of y.
    private void addSquare(int p, double[] work) {
        for (int l = 0; l <= degree; l++) {
            for (int j = 0; j <= degree; j++) {
                work[integral() + l + j + 1] += UNIT * weight() * work[p + l] * work[p + j] / (l + j + 1);
            }
        }
    }

    private double value(double x, double[] work) {
        if (Double.isInfinite(x)) {
            return x;
        }
        double u = x / UNIT;
        double y = 0;
        for (int j = 2 * degree + 1; j >= 0; j--) {
            y = y * u + work[integral() + j];
        }
        double slope = 0;
        double bend = 0;
        for (int m = 0; m < terms; m++) {
            double p = 0;
            double derivative = 0;
            for (int l = degree; l >= 0; l--) {
                derivative = derivative * u + p;
                p = p * u + work[polynomial(m) + l];
            }
            work[results() + m] = p;
            slope += p * p;
            bend += 2 * p * derivative;
        }
        work[SLOPE] = minimum + weight() * slope;
        work[BEND] = weight() * bend / UNIT;
        return y;
    }

    @Override
    public int parameterCount() {
        return 1 + terms * (degree + 1);
    }

    @Override
    public float forward(float x, Lane lane) {
        double[] work = prepare(lane);
        double y = value(x, work);
        return Ends.forward(y, Math.log(work[SLOPE]), lane); // at least ε
    }

    @Override
    public float inverse(float y, Lane lane) {
        double[] work = prepare(lane);
        double x = MonotoneRoot.find(CURVE, this, work, y, 0);
        value(x, work);
        return Ends.inverse(x, Math.log(work[SLOPE]), lane);
    }

    /// ∂y/∂φ_{ml} = 2 weight ∫₀ˣ p_m u^l and ∂g/∂φ_{ml} = 2 weight p_m(u) u^l.
    @Override
    public float forwardVjp(float x, float gY, float gLogDet, Lane lane) {
        double[] work = prepare(lane);
        double y = value(x, work);
        if (Ends.beyond(y)) {
            return Ends.noGradient(parameterCount(), lane);
        }
        double u = x / UNIT;
        double perSlope = gLogDet / work[SLOPE]; // at least ε
        lane.gradient(0, gY);
        for (int m = 0; m < terms; m++) {
            double power = 1;
            for (int l = 0; l <= degree; l++) {
                double moment = 0;
                for (int j = degree; j >= 0; j--) {
                    moment = moment * u + work[polynomial(m) + j] / (l + j + 1);
                }
                double g = gY * x * moment + perSlope * work[results() + m];
                lane.gradient(parameter(m, l, degree), 2 * weight() * power * g);
                power *= u;
            }
        }
        return (float) (gY * work[SLOPE] + perSlope * work[BEND]);
    }
}
