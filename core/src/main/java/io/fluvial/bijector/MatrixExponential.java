package io.fluvial.bijector;

import java.util.Arrays;

/// exp(A) of a `[dim × dim]` matrix and its derivative L(A, E) = d/dt exp(A + t·E) at t = 0, in double, in a block's
/// scratch: scaling and squaring of the Taylor polynomial of degree 12, evaluated with 5 products (Paterson &
/// Stockmeyer 1973); the derivative follows every product by the product rule (Al-Mohy & Higham 2009, SIAM J. Matrix
/// Anal. Appl. 30(4), section 3, there for Padé approximants).
///
/// A / 2ᵏ has norm ‖·‖₁ ≤ 1/2, where the polynomial is off by 2⁻¹³ / 13! < 2·10⁻¹⁴, its derivative by
/// 2⁻¹² / 12! < 6·10⁻¹³; k squarings multiply that by 2ᵏ ≤ 4·‖A‖₁, which leaves nothing to see in a float for norms
/// up to 10⁴.
final class MatrixExponential {

    // Slots of dim² numbers each; number k + SLOTS holds the derivative of number k.
    private static final int SLOTS = 6;
    private static final int A = 0;
    private static final int A2 = 1;
    private static final int A3 = 2;
    private static final int A4 = 3;
    private static final int P = 4;
    private static final int SPARE = 5;

    /// 1 / k!.
    private static final double[] TAYLOR = new double[13];

    static {
        TAYLOR[0] = 1;
        for (int k = 1; k < TAYLOR.length; k++) {
            TAYLOR[k] = TAYLOR[k - 1] / k;
        }
    }

    private MatrixExponential() {}

    static int scratch(int dim) {
        return 2 * SLOTS * dim * dim;
    }

    /// Where the direction E stands in the scratch; A stands at its start.
    static int direction(int dim) {
        return SLOTS * dim * dim;
    }

    /// From A, *overwritten*: returns where exp(A) stands. Cost: 5 + k products of dim³ multiply-adds.
    static int of(double[] s, int dim) {
        return compute(s, dim, false);
    }

    /// From A and E, *overwritten*: returns where L(A, E) stands. Cost: three times that of exp(A).
    static int derivative(double[] s, int dim) {
        return compute(s, dim, true) + SLOTS * dim * dim;
    }

    private static int compute(double[] s, int dim, boolean derived) {
        int size = dim * dim;
        int squarings = squarings(s, dim);
        double scale = Math.scalb(1.0, -squarings);
        for (int i = 0; i < size; i++) {
            s[i] *= scale;
            s[SLOTS * size + i] *= scale;
        }
        product(s, A2, A, A, dim, derived);
        product(s, A3, A2, A, dim, derived);
        product(s, A4, A2, A2, dim, derived);
        int p = P;
        int spare = SPARE;
        Arrays.fill(s, p * size, p * size + size, 0.0);
        Arrays.fill(s, (p + SLOTS) * size, (p + SLOTS) * size + size, 0.0);
        addPowers(s, p, 8, dim);
        add(s, p, TAYLOR[12], A4, size);
        for (int from = 4; from >= 0; from -= 4) {
            product(s, spare, p, A4, dim, derived);
            addPowers(s, spare, from, dim);
            int kept = p;
            p = spare;
            spare = kept;
        }
        for (int k = 0; k < squarings; k++) {
            product(s, spare, p, p, dim, derived);
            int kept = p;
            p = spare;
            spare = kept;
        }
        return p * size;
    }

    /// The smallest k ≥ 0 with ‖A‖₁ < 2ᵏ / 2 by the exponent of the norm; 0 for a norm that is not finite.
    private static int squarings(double[] s, int dim) {
        double norm = 0;
        for (int c = 0; c < dim; c++) {
            double sum = 0;
            for (int r = 0; r < dim; r++) {
                sum += Math.abs(s[r * dim + c]);
            }
            norm = Math.max(norm, sum);
        }
        return norm < Double.POSITIVE_INFINITY ? Math.max(0, Math.getExponent(norm) + 2) : 0;
    }

    /// to += c₀·1 + c₁·A + c₂·A² + c₃·A³, with the coefficients of the powers from `from` on.
    private static void addPowers(double[] s, int to, int from, int dim) {
        for (int r = 0; r < dim; r++) {
            s[to * dim * dim + r * dim + r] += TAYLOR[from];
        }
        for (int k = 1; k < 4; k++) {
            add(s, to, TAYLOR[from + k], A + k - 1, dim * dim);
        }
    }

    /// to += factor · m, of values and derivatives.
    private static void add(double[] s, int to, double factor, int m, int size) {
        for (int i = 0; i < size; i++) {
            s[to * size + i] += factor * s[m * size + i];
            s[(to + SLOTS) * size + i] += factor * s[(m + SLOTS) * size + i];
        }
    }

    /// to = a·b and, if wanted, the derivative a′·b + a·b′.
    private static void product(double[] s, int to, int a, int b, int dim, boolean derived) {
        int size = dim * dim;
        Arrays.fill(s, to * size, to * size + size, 0.0);
        addProduct(s, to * size, a * size, b * size, dim);
        if (derived) {
            int at = (to + SLOTS) * size;
            Arrays.fill(s, at, at + size, 0.0);
            addProduct(s, at, (a + SLOTS) * size, b * size, dim);
            addProduct(s, at, a * size, (b + SLOTS) * size, dim);
        }
    }

    private static void addProduct(double[] s, int to, int a, int b, int dim) {
        for (int r = 0; r < dim; r++) {
            for (int k = 0; k < dim; k++) {
                addScaled(s, to + r * dim, s[a + r * dim + k], b + k * dim, dim);
            }
        }
    }

    private static void addScaled(double[] s, int to, double scale, int from, int n) {
        for (int i = 0; i < n; i++) {
            s[to + i] += scale * s[from + i];
        }
    }
}
