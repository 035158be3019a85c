package io.fluvial.testkit;

/// A running mean with its standard error (Welford 1962, Technometrics 4(3)).
final class Average {

    private long n;
    private double mean;
    private double squares;

    void add(double value) {
        n++;
        double before = value - mean;
        mean += before / n;
        squares += before * (value - mean);
    }

    double mean() {
        return mean;
    }

    double deviation() {
        return Math.sqrt(squares / n);
    }

    /// Standard error of the mean.
    double error() {
        return deviation() / Math.sqrt(n);
    }
}
