package io.fluvial.cli;

import java.util.Arrays;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/// Log-densities of rows, summed up. What is not finite is counted, never left out of the mean.
///
/// @param rows number of rows
/// @param mean weighted mean, nats per row
/// @param standardError of that mean
/// @param nan how many are NaN
/// @param infinite how many are −∞ or +∞
/// @param firstRow number, from 1, of the first that is not finite; 0 for none
record Scores(long rows, double mean, double standardError, long nan, long infinite, long firstRow) {

    static Scores of(double[] logProb) {
        double[] ones = new double[logProb.length];
        Arrays.fill(ones, 1);
        return of(logProb, ones);
    }

    /// The mean Σ w l / Σ w with the error √(Σ w² (l − mean)²) / Σ w, times √(n / (n − 1)).
    static Scores of(double[] logProb, double[] weights) {
        int n = logProb.length;
        double sum = 0;
        double total = 0;
        int nan = 0;
        int infinite = 0;
        int first = 0;
        for (int i = 0; i < n; i++) {
            double w = weights[i];
            total += w;
            sum += w == 0 ? 0 : w * logProb[i];
            if (!Double.isFinite(logProb[i])) {
                first = first == 0 ? i + 1 : first;
                if (Double.isNaN(logProb[i])) {
                    nan++;
                } else {
                    infinite++;
                }
            }
        }
        double mean = sum / total;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double w = weights[i];
            double distance = w == 0 ? 0 : w * (logProb[i] - mean);
            squares += distance * distance;
        }
        double error = n < 2 ? Double.NaN : Math.sqrt(squares * n / (n - 1)) / total;
        return new Scores(n, mean, error, nan, infinite, first);
    }

    /// Of the differences a − b, row by row, all rows counting alike.
    static Scores ofDifference(double[] a, double[] b) {
        double[] ones = new double[a.length];
        Arrays.fill(ones, 1);
        return ofDifference(a, b, ones);
    }

    /// Of the differences a − b, row by row: the two go up and down together, which the errors of two means miss.
    static Scores ofDifference(double[] a, double[] b, double[] weights) {
        double[] difference = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            difference[i] = a[i] - b[i];
        }
        return of(difference, weights);
    }

    boolean finite() {
        return nan + infinite == 0;
    }

    double bitsPerDimension(int dim) {
        return -mean / (dim * Math.log(2));
    }

    /// `-1.2345 ± 0.0123`: the mean and two standard errors.
    @Override
    public String toString() {
        return number(mean) + (Double.isFinite(standardError) ? " ± " + number(2 * standardError) : "");
    }

    static String number(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        } else if (Double.isInfinite(value)) {
            return value < 0 ? "−∞" : "+∞";
        }
        return String.format(Locale.ROOT, Math.abs(value) < 1e6 ? "%.4f" : "%.5g", value);
    }

    /// One line about what is not finite.
    String warning() {
        return String.format(
                Locale.ROOT,
                "%,d of %,d log-densities are not finite (%,d NaN, %,d infinite), the first in row %,d; the mean counts them",
                nan + infinite,
                rows,
                nan,
                infinite,
                firstRow);
    }

    /// Adds what is not finite, where there is any.
    void putNotFinite(ObjectNode object) {
        if (!finite()) {
            ObjectNode counts = object.putObject("notFinite");
            counts.put("nan", nan);
            counts.put("infinite", infinite);
            counts.put("firstRow", firstRow);
        }
    }
}
