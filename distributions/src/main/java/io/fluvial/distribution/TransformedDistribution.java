package io.fluvial.distribution;

import io.fluvial.constraint.Angle;
import io.fluvial.constraint.Cat;
import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Each;
import io.fluvial.constraint.Interval;
import io.fluvial.transform.Elementwise;
import io.fluvial.transform.ScalarTransform;
import io.fluvial.transform.Transform;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The distribution of y = f(x) for x from a base: log p(y) = log p(x) − ℓ with x = f⁻¹(y). This is the generative
/// reading: f leads from the base to the data.
///
/// `TransformedDistribution.of(scalar, f)` with transforms of one number gives a [TransformedScalar], which
/// has a distribution function and quantiles, and folded maps.
///
/// The support is the transform's codomain; of an [Elementwise] over a base that lives in a box it is the image of that
/// box. Mean, variance and mode are those of the base mapped where f is affine number by number, as is the entropy
/// with its constant ℓ; else they throw.
///
/// @param transform a bijection between events of the base's shape and those of this distribution
public record TransformedDistribution(Distribution base, Transform transform) implements MultivariateDistribution {

    public TransformedDistribution {
        if (!transform.isBijective()) {
            throw new IllegalArgumentException(
                    transform + " is no bijection: it carries no density; expected one value x for every y");
        }
        int size = transform.domain().shape().size();
        if (base.shape().size() != size) {
            throw new IllegalArgumentException(transform + " takes events of " + size + " numbers, " + base + " has "
                    + base.shape().size());
        }
        if (base.support().isDiscrete()) {
            throw new IllegalArgumentException(
                    base + " is discrete; only continuous distributions have a density that a transform can carry");
        }
    }

    /// Through the transforms one after the other.
    public static TransformedDistribution of(Distribution base, Transform first, Transform... next) {
        Transform all = first;
        for (Transform transform : next) {
            all = all.then(transform);
        }
        return new TransformedDistribution(base, all);
    }

    /// Of one number, through the transforms one after the other.
    public static TransformedScalar of(ScalarDistribution base, ScalarTransform first, ScalarTransform... next) {
        ScalarTransform all = first;
        for (ScalarTransform transform : next) {
            all = all.then(transform);
        }
        return new TransformedScalar(base, all);
    }

    @Override
    public Constraint support() {
        if (!(transform instanceof Elementwise each)) {
            return transform.codomain();
        }
        Constraint of = base.support();
        List<Interval> images = new ArrayList<>();
        for (int k = 0; k < each.parts().size(); k++) {
            Interval image = image(each, of, k);
            if (image == null) {
                return transform.codomain();
            }
            images.add(image);
        }
        return images.stream().allMatch(images.getFirst()::equals)
                ? new Each(images.getFirst(), each.shape())
                : new Cat(List.copyOf(images));
    }

    /// Where number k of y lies, if that of x does in an interval.
    private static @Nullable Interval image(Elementwise each, Constraint support, int k) {
        Interval of = interval(support, k);
        return of == null ? null : each.parts().get(k).image(of);
    }

    /// Where number k of an event lies, if that is an interval.
    private static @Nullable Interval interval(Constraint support, int k) {
        if (support instanceof Each each) {
            return interval(each.of());
        }
        int at = 0;
        for (Constraint part : support instanceof Cat cat ? cat.parts() : List.<Constraint>of()) {
            int end = at + part.shape().size();
            if (k < end) {
                return interval(part, k - at);
            }
            at = end;
        }
        return interval(support);
    }

    /// The interval that a constraint on one number is: angles are one, too.
    static @Nullable Interval interval(Constraint constraint) {
        return switch (constraint) {
            case Interval interval -> interval;
            case Angle angle -> Interval.halfOpen(-Math.PI, Math.PI);
            default -> null;
        };
    }

    @Override
    public double logProb(double[] y) {
        double outside = Outside.logProb("TransformedDistribution", transform.codomain(), y);
        if (outside != 0) { // also for NaN
            return outside;
        }
        double[] x = transform.invert(y);
        double logProb = base.logProb(x);
        // outside the base's support ℓ may be −∞
        return logProb == Double.NEGATIVE_INFINITY ? logProb : logProb - transform.logDet(x, y);
    }

    /// gY = (∂x/∂y)ᵀ (∇log p(x) − ∂ℓ/∂x).
    @Override
    public void gradient(double[] y, double[] gY) {
        if (Outside.fillsGradient("TransformedDistribution", transform.codomain(), y, gY)) {
            return;
        }
        double[] x = transform.invert(y); // where the base has no density its gradient is NaN, and so is this one
        double[] gX = new double[x.length];
        double[] score = new double[x.length];
        transform.pullback(x, y, new double[y.length], -1, gX);
        base.gradient(x, score);
        for (int k = 0; k < gX.length; k++) {
            gX[k] += score[k];
        }
        transform.inversePullback(x, y, gX, gY);
    }

    @Override
    public void sample(RandomGenerator random, double[] y) {
        Events.one(y, shape());
        double[] x = new double[base.shape().size()];
        base.sample(random, x);
        transform.forward(x, y);
        if (transform instanceof Elementwise each) {
            Constraint of = base.support();
            for (int k = 0; k < y.length; k++) {
                Interval image = image(each, of, k);
                y[k] = image == null
                        ? TransformedScalar.nearest(each.parts().get(k).codomain(), y[k])
                        : image.nearest(y[k]);
            }
        }
    }

    @Override
    public void mean(double[] out) {
        Events.one(out, shape());
        double[] x = new double[out.length];
        affine("mean");
        base.mean(x);
        transform.forward(x, out);
    }

    @Override
    public void variance(double[] out) {
        Events.one(out, shape());
        Elementwise each = affine("variance");
        base.variance(out);
        for (int k = 0; k < out.length; k++) {
            double b = each.parts().get(k).derivative(0, each.parts().get(k).forward(0));
            out[k] *= b * b;
        }
    }

    @Override
    public void mode(double[] out) {
        Events.one(out, shape());
        double[] x = new double[out.length];
        affine("mode");
        base.mode(x);
        transform.forward(x, out);
    }

    @Override
    public double entropy() {
        Elementwise each = affine("entropy");
        double[] x = new double[each.parts().size()];
        return base.entropy() + each.logDet(x, each.apply(x));
    }

    private Elementwise affine(String what) {
        if (transform instanceof Elementwise each && each.isAffine()) {
            return each;
        }
        throw new UnsupportedOperationException("the " + what + " of " + base + " through " + transform
                + " has no closed form: estimate it from draws, with sample and logProb");
    }
}
