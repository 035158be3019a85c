package io.fluvial.distribution;

import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.OneHot;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// One of K categories as a vector of zeros with a single 1; see [Categorical] for the same as a number. θ are the
/// probabilities.
public final class OneHotCategorical implements MultivariateDistribution, Parameterized<OneHotCategorical> {

    private final Categorical categories;

    private OneHotCategorical(Categorical categories) {
        this.categories = categories;
    }

    /// @param weights at least one, none negative, with a positive sum, which they are divided by; *Read*
    public static OneHotCategorical of(double... weights) {
        return new OneHotCategorical(Categorical.of(weights));
    }

    /// From logits, of which only the differences matter.
    public static OneHotCategorical ofLogits(double... logits) {
        return new OneHotCategorical(Categorical.ofLogits(logits));
    }

    public double[] probabilities() {
        return categories.probabilities();
    }

    /// The same distribution on 0 … K − 1.
    public Categorical categories() {
        return categories;
    }

    @Override
    public Constraint support() {
        return new OneHot(categories.categories());
    }

    @Override
    public double logProb(double[] x) {
        Events.one(x, shape());
        if (!support().contains(x)) {
            return WholeNumbers.outside(x);
        }
        return categories.logProbability(hot(x));
    }

    private static int hot(double[] x) {
        int k = 0;
        while (x[k] != 1) {
            k++;
        }
        return k;
    }

    private static void write(double category, double[] out) {
        Arrays.fill(out, 0);
        out[(int) category] = 1;
    }

    @Override
    public void gradient(double[] x, double[] gX) {
        throw WholeNumbers.noGradient(this);
    }

    @Override
    public void sample(RandomGenerator random, double[] x) {
        Events.one(x, shape());
        write(categories.sample(random), x);
    }

    @Override
    public void mean(double[] out) {
        Events.one(out, shape());
        for (int k = 0; k < out.length; k++) {
            out[k] = categories.probability(k);
        }
    }

    @Override
    public void variance(double[] out) {
        Events.one(out, shape());
        for (int k = 0; k < out.length; k++) {
            out[k] = categories.probability(k) * -Math.expm1(categories.logProbability(k));
        }
    }

    /// The first of the most likely categories.
    @Override
    public void mode(double[] out) {
        Events.one(out, shape());
        write(categories.mode(), out);
    }

    @Override
    public double entropy() {
        return categories.entropy();
    }

    @Override
    public double[] parameters() {
        return probabilities();
    }

    @Override
    public Constraint parameterSpace() {
        return categories.parameterSpace();
    }

    @Override
    public OneHotCategorical withParameters(double[] theta) {
        return new OneHotCategorical(categories.withParameters(theta));
    }

    @Override
    public void parameterGradient(double[] x, double[] gTheta) {
        if (!Outside.fills("OneHotCategorical", support(), x, gTheta)) {
            categories.parameterGradient(new double[] {hot(x)}, gTheta);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OneHotCategorical that && categories.equals(that.categories);
    }

    @Override
    public int hashCode() {
        return categories.hashCode() + 1;
    }

    @Override
    public String toString() {
        return "OneHotCategorical" + Arrays.toString(probabilities());
    }
}
