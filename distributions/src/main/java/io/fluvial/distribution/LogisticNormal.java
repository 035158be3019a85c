package io.fluvial.distribution;

import io.fluvial.constraint.Cat;
import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Each;
import io.fluvial.constraint.Interval;
import io.fluvial.internal.Logistic;
import io.fluvial.transform.StickBreaking;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;

/// Probabilities of n parts from n − 1 independent normals by [StickBreaking], as `torch.distributions.LogisticNormal`,
///
///     log p(y) = Σ log N(x_k; μ_k, σ_k²) − ℓ(x),   y = stick breaking of x .
///
/// The shares that each number takes of what is left are independent, so mean, variance and entropy are products and
/// sums of integrals over one number each, about 1e-12. The mode has no closed form. θ is (μ, σ).
public final class LogisticNormal implements MultivariateDistribution, Parameterized<LogisticNormal> {

    private final double[] location;
    private final double[] scale;
    private final StickBreaking sticks;

    private LogisticNormal(double[] location, double[] scale) {
        Parameter.length("LogisticNormal", "scale", scale, location.length);
        this.sticks = new StickBreaking(location.length + 1);
        this.location = location.clone();
        this.scale = scale.clone();
        for (int k = 0; k < location.length; k++) {
            Parameter.finite("LogisticNormal", "location[" + k + "]", location[k]);
            Parameter.positive("LogisticNormal", "scale[" + k + "]", scale[k]);
        }
    }

    /// @param location μ `[n − 1]`, *Read*, copied
    /// @param scale σ > 0 `[n − 1]`, *Read*, copied
    public static LogisticNormal of(double[] location, double[] scale) {
        return new LogisticNormal(location, scale);
    }

    private int free() {
        return location.length;
    }

    private Normal normal(int k) {
        return new Normal(location[k], scale[k]);
    }

    @Override
    public Constraint support() {
        return sticks.codomain();
    }

    @Override
    public double logProb(double[] y) {
        double outside = Outside.logProb("LogisticNormal", support(), y);
        if (outside != 0) { // also for NaN
            return outside;
        }
        double[] x = sticks.invert(y);
        double sum = 0;
        for (int k = 0; k < x.length; k++) {
            sum += normal(k).logProb(x[k]);
        }
        return sum == Double.NEGATIVE_INFINITY ? sum : sum - sticks.logDet(x, y); // at a corner ℓ is −∞
    }

    @Override
    public void gradient(double[] y, double[] gY) {
        if (Outside.fillsGradient("LogisticNormal", support(), y, gY)) {
            return;
        }
        double[] x = sticks.invert(y);
        double[] gX = new double[x.length];
        sticks.pullback(x, y, new double[y.length], -1, gX);
        for (int k = 0; k < x.length; k++) {
            gX[k] += normal(k).gradient(x[k]);
        }
        sticks.inversePullback(x, y, gX, gY);
    }

    @Override
    public void sample(RandomGenerator random, double[] y) {
        Events.one(y, shape());
        double[] x = new double[free()];
        Arrays.setAll(x, k -> normal(k).sample(random));
        sticks.forward(x, y);
    }

    /// E g(t) of the log-odds t = x_k − log(n − 1 − k) of the share that number k takes.
    private double expectation(int k, DoubleUnaryOperator g) {
        double offset = Math.log(free() - k);
        return Expectation.of(normal(k), x -> g.applyAsDouble(x - offset));
    }

    /// E(y_kᵐ), by number.
    private void moments(int power, double[] out) {
        double rest = 1;
        for (int k = 0; k < free(); k++) {
            out[k] = rest * expectation(k, t -> Math.pow(Logistic.sigmoid(t), power));
            rest *= expectation(k, t -> Math.pow(Logistic.sigmoid(-t), power));
        }
        out[free()] = rest;
    }

    @Override
    public void mean(double[] out) {
        Events.one(out, shape());
        moments(1, out);
    }

    @Override
    public void variance(double[] out) {
        Events.one(out, shape());
        double[] mean = mean();
        moments(2, out);
        for (int k = 0; k < out.length; k++) {
            out[k] -= mean[k] * mean[k];
        }
    }

    @Override
    public void mode(double[] out) {
        throw new UnsupportedOperationException(
                "the mode of a logistic normal has no closed form: climb along gradient, or take the sticks of location");
    }

    @Override
    public double entropy() {
        double sum = 0;
        for (int k = 0; k < free(); k++) {
            int left = free() - k;
            sum += normal(k).entropy() - expectation(k, t -> Logistic.softplus(-t) + left * Logistic.softplus(t));
        }
        return sum;
    }

    @Override
    public double[] parameters() {
        double[] theta = Arrays.copyOf(location, 2 * free());
        System.arraycopy(scale, 0, theta, free(), free());
        return theta;
    }

    @Override
    public Constraint parameterSpace() {
        return Cat.of(Each.real(free()), Each.of(Interval.POSITIVE, free()));
    }

    @Override
    public LogisticNormal withParameters(double[] theta) {
        Parameter.length("LogisticNormal", "parameters", theta, 2 * free());
        return new LogisticNormal(Arrays.copyOf(theta, free()), Arrays.copyOfRange(theta, free(), 2 * free()));
    }

    @Override
    public void parameterGradient(double[] y, double[] gTheta) {
        if (Outside.fills("LogisticNormal", support(), y, gTheta)) {
            return;
        }
        double[] x = sticks.invert(y);
        for (int k = 0; k < x.length; k++) {
            double z = (x[k] - location[k]) / scale[k];
            gTheta[k] = z / scale[k];
            gTheta[free() + k] = (z * z - 1) / scale[k];
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LogisticNormal that
                && Arrays.equals(location, that.location)
                && Arrays.equals(scale, that.scale);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(location) + Arrays.hashCode(scale);
    }

    @Override
    public String toString() {
        return "LogisticNormal[location=" + Arrays.toString(location) + ", scale=" + Arrays.toString(scale) + "]";
    }
}
