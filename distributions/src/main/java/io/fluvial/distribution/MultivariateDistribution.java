package io.fluvial.distribution;

import java.util.random.RandomGenerator;

/// A distribution of vectors or matrices; the same methods as [Distribution], in new arrays.
public interface MultivariateDistribution extends Distribution {

    /// [#mean(double\[\])] in a new array.
    default double[] mean() {
        double[] out = new double[shape().size()];
        mean(out);
        return out;
    }

    /// [#variance(double\[\])] in a new array.
    default double[] variance() {
        double[] out = new double[shape().size()];
        variance(out);
        return out;
    }

    /// [#mode(double\[\])] in a new array.
    default double[] mode() {
        double[] out = new double[shape().size()];
        mode(out);
        return out;
    }

    /// One draw in a new array.
    default double[] sample(RandomGenerator random) {
        double[] out = new double[shape().size()];
        sample(random, out);
        return out;
    }

    /// [#gradient(double\[\], double\[\])] in a new array.
    default double[] gradient(double[] x) {
        double[] out = new double[shape().size()];
        gradient(x, out);
        return out;
    }
}
