package io.fluvial.distribution;

import io.fluvial.FlowModel;
import io.fluvial.Samples;
import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Each;
import java.util.Arrays;
import java.util.Objects;
import java.util.random.RandomGenerator;

/// A fitted flow as a distribution, to stand beside and inside the others: mixtures, products, transforms, truncation.
///
/// Events are rounded to float, the precision in which flows work: numbers from 3.4028236e38 on are
/// infinite then, and outside the support. Density, gradient and draws are the model's; moments, mode
/// and entropy have no closed form and throw.
public final class FlowDistribution implements MultivariateDistribution {

    private final FlowModel model;
    private final float[] context;

    private FlowDistribution(FlowModel model, float[] context) {
        if (model.contextDim() != context.length) {
            throw new IllegalArgumentException("the flow expects " + model.contextDim()
                    + " context columns (contextDim), got " + context.length + ": see FlowDistribution.given");
        }
        this.model = model;
        this.context = context.clone();
    }

    /// p(x) of a flow without context.
    public static FlowDistribution of(FlowModel model) {
        return new FlowDistribution(model, new float[0]);
    }

    /// p(x | c) for one context.
    ///
    /// @param context `[contextDim]`, *Read*, copied
    public static FlowDistribution given(FlowModel model, float[] context) {
        return new FlowDistribution(model, context);
    }

    public FlowModel model() {
        return model;
    }

    @Override
    public Constraint support() {
        return Each.real(model.dim());
    }

    private Samples contexts(int count) {
        float[][] columns = new float[context.length][count];
        for (int j = 0; j < context.length; j++) {
            Arrays.fill(columns[j], context[j]);
        }
        return context.length == 0 ? Samples.none(count) : Samples.wrap(columns);
    }

    private Samples samples(double[] x, int lanes) {
        float[][] columns = new float[model.dim()][lanes];
        for (int j = 0; j < columns.length; j++) {
            for (int i = 0; i < lanes; i++) {
                columns[j][i] = (float) x[j * lanes + i];
            }
        }
        return Samples.wrap(columns);
    }

    @Override
    public double logProb(double[] x) {
        double[] out = new double[1];
        logProb(x, 1, out);
        return out[0];
    }

    @Override
    public void logProb(double[] x, int lanes, double[] out) {
        Events.checked(x, shape(), lanes, out);
        Samples rounded = samples(x, lanes);
        System.arraycopy(model.logProb(rounded, contexts(lanes)), 0, out, 0, lanes);
        for (int i = 0; i < lanes; i++) {
            double size = largest(rounded, i);
            if (!Double.isFinite(size)) { // what a flow makes of infinity is not defined
                out[i] = -size; // −∞, NaN for NaN
            }
        }
    }

    /// The largest absolute number of one event; NaN where it has a NaN.
    private double largest(Samples rounded, int lane) {
        double largest = 0;
        for (int j = 0; j < model.dim(); j++) {
            largest = Math.max(largest, Math.abs(rounded.get(lane, j)));
        }
        return largest;
    }

    @Override
    public void gradient(double[] x, double[] gX) {
        Events.one(x, shape());
        Events.one(gX, shape());
        Samples rounded = samples(x, 1);
        if (!Double.isFinite(largest(rounded, 0))) {
            Arrays.fill(gX, Double.NaN);
            return;
        }
        float[] score = model.score(rounded, contexts(1)).row(0);
        for (int j = 0; j < gX.length; j++) {
            gX[j] = score[j];
        }
    }

    @Override
    public void sample(RandomGenerator random, double[] x) {
        sample(random, x, 1);
    }

    /// All at once: other draws than one after the other, of the same distribution.
    @Override
    public void sample(RandomGenerator random, double[] x, int lanes) {
        Events.checked(x, shape(), lanes);
        Samples drawn = model.sample(contexts(lanes), random.nextLong());
        for (int j = 0; j < model.dim(); j++) {
            for (int i = 0; i < lanes; i++) {
                x[j * lanes + i] = drawn.get(i, j);
            }
        }
    }

    @Override
    public void mean(double[] out) {
        throw unknown("mean");
    }

    @Override
    public void variance(double[] out) {
        throw unknown("variance");
    }

    @Override
    public void mode(double[] out) {
        throw unknown("mode");
    }

    @Override
    public double entropy() {
        throw unknown("entropy");
    }

    private static UnsupportedOperationException unknown(String what) {
        return new UnsupportedOperationException("a flow has no closed form of its " + what
                + ": estimate it from draws, with model().sampleAndLogProb or by ascent along gradient");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FlowDistribution that
                && model.flow().equals(that.model.flow())
                && model.parameters().equals(that.model.parameters())
                && Arrays.equals(context, that.context);
    }

    @Override
    public int hashCode() {
        return Objects.hash(model.flow(), model.parameters(), Arrays.hashCode(context));
    }

    @Override
    public String toString() {
        return "FlowDistribution[" + model + (context.length == 0 ? "" : ", context=" + Arrays.toString(context)) + "]";
    }
}
