package io.fluvial.transform;

import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Each;
import io.fluvial.constraint.LowerTriangular;
import io.fluvial.constraint.Shape;
import java.util.Arrays;

/// y = L x + b with a lower triangular L: correlates, scales and shifts a vector; ℓ = Σ log |L_ii|.
///
/// The inverse and its pullback substitute, O(n²). Accuracy is that of triangular substitution: small relative to
/// |L| |x|.
public final class LowerTriangularAffine implements Transform {

    private final int n;
    private final double[] l;
    private final double[] b;

    private LowerTriangularAffine(double[] l, double[] b) {
        this.n = b.length;
        this.l = l;
        this.b = b;
    }

    /// @param l L row by row, zeros above the diagonal and none on it, *Read*
    /// @param b the shift, *Read*
    public static LowerTriangularAffine of(double[] l, double[] b) {
        Transform.checkSize("LowerTriangularAffine: L", l, Shape.of(b.length, b.length));
        new LowerTriangular(b.length).check(l);
        Each.real(b.length).check(b);
        for (int i = 0; i < b.length; i++) {
            if (l[i * b.length + i] == 0) {
                throw new IllegalArgumentException("LowerTriangularAffine: row " + i
                        + ": expected a diagonal without zeros, L has no inverse otherwise");
            }
        }
        return new LowerTriangularAffine(l.clone(), b.clone());
    }

    /// L in a new array.
    public double[] matrix() {
        return l.clone();
    }

    /// b in a new array.
    public double[] shift() {
        return b.clone();
    }

    @Override
    public Constraint domain() {
        return Each.real(n);
    }

    @Override
    public Constraint codomain() {
        return Each.real(n);
    }

    @Override
    public void forward(double[] x, double[] y) {
        for (int i = 0; i < n; i++) {
            double sum = b[i];
            for (int j = 0; j <= i; j++) {
                sum += l[i * n + j] * x[j];
            }
            y[i] = sum;
        }
    }

    @Override
    public void inverse(double[] y, double[] x) {
        for (int i = 0; i < n; i++) {
            double rest = y[i] - b[i];
            for (int j = 0; j < i; j++) {
                rest -= l[i * n + j] * x[j];
            }
            x[i] = rest / l[i * n + i];
        }
    }

    @Override
    public double logDet(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += Math.log(Math.abs(l[i * n + i]));
        }
        return sum;
    }

    @Override
    public void pullback(double[] x, double[] y, double[] gY, double gLogDet, double[] gX) {
        for (int j = 0; j < n; j++) {
            double sum = 0;
            for (int i = j; i < n; i++) {
                sum += l[i * n + j] * gY[i];
            }
            gX[j] = sum;
        }
    }

    @Override
    public void inversePullback(double[] x, double[] y, double[] gX, double[] gY) {
        for (int j = n - 1; j >= 0; j--) {
            double rest = gX[j];
            for (int i = j + 1; i < n; i++) {
                rest -= l[i * n + j] * gY[i];
            }
            gY[j] = rest / l[j * n + j];
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LowerTriangularAffine that && Arrays.equals(l, that.l) && Arrays.equals(b, that.b);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(l) + Arrays.hashCode(b);
    }

    @Override
    public String toString() {
        return "LowerTriangularAffine[L=" + Arrays.toString(l) + ", b=" + Arrays.toString(b) + "]";
    }
}
