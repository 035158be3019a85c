package io.fluvial.transform;

/// Running sums of exponentials: what increasing vectors are made of.
///
/// A step too small for double precision goes to the next double, one too large leaves room for those after it:
/// every x leads to an increasing finite y.
final class Steps {

    private Steps() {}

    /// The largest y_k that leaves room for those after it, of n.
    static double top(int n, int k) {
        return Double.MAX_VALUE - (n - 1 - k) * Math.ulp(Double.MAX_VALUE);
    }

    /// y_k = y_{k−1} + exp x_k from `from` on, starting at `before`.
    static void forward(double[] x, double[] y, int from, double before) {
        double last = before;
        for (int k = from; k < y.length; k++) {
            last = Math.min(top(y.length, k), Math.max(last + Math.exp(x[k]), Math.nextUp(last))); // NaN stays
            y[k] = last;
        }
    }

    static void inverse(double[] y, double[] x, int from, double before) {
        double last = before;
        for (int k = from; k < y.length; k++) {
            x[k] = Math.log(y[k] - last);
            last = y[k];
        }
    }

    static double logDet(double[] x, int from) {
        double sum = 0;
        for (int k = from; k < x.length; k++) {
            sum += x[k];
        }
        return sum;
    }

    /// Gives Σ_{j ≥ from} gY_j back.
    static double pullback(double[] x, double[] gY, double gLogDet, double[] gX, int from) {
        double tail = 0;
        for (int k = gY.length - 1; k >= from; k--) {
            tail += gY[k];
            gX[k] = (tail == 0 ? 0 : tail * Math.exp(x[k])) + gLogDet;
        }
        return tail;
    }

    /// Gives the gradient that the first step hands to the number before it.
    static double inversePullback(double[] x, double[] gX, double[] gY, int from) {
        double after = 0;
        for (int k = gX.length - 1; k >= from; k--) {
            double slope = gX[k] * Math.exp(-x[k]);
            gY[k] = slope - after;
            after = slope;
        }
        return after;
    }
}
