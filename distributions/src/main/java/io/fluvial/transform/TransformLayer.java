package io.fluvial.transform;

import io.fluvial.Bijector;
import io.fluvial.FeatureTrace;
import io.fluvial.ParameterLayout;
import io.fluvial.Pass;
import io.fluvial.Pullback;
import io.fluvial.Workspace;

/// A layer of a flow without parameters, from any transform between vectors of one length: `forward`, from data to
/// latent, is the transform as written. Where the transform is thought of as leading to the data, give its
/// `inverted()`.
///
/// A sample at a time in double precision, rounded to float at either end; ℓ belongs to the values before
/// rounding. Pullbacks compute their other end again. The transform may allocate.
///
/// @param transform a bijection of n numbers to n numbers
public record TransformLayer(Transform transform) implements Bijector {

    public TransformLayer {
        int in = transform.domain().shape().size();
        int out = transform.codomain().shape().size();
        if (in != out || !transform.isBijective()) {
            throw new IllegalArgumentException("a layer needs a bijection from n numbers to n numbers, " + transform
                    + (in == out ? " is no bijection" : " leads from " + in + " to " + out));
        }
    }

    public static TransformLayer of(Transform transform) {
        return new TransformLayer(transform);
    }

    @Override
    public int dim() {
        return transform.domain().shape().size();
    }

    @Override
    public int contextDim() {
        return 0;
    }

    @Override
    public ParameterLayout parameters() {
        return ParameterLayout.none();
    }

    /// One sample and its cotangents in double precision.
    private static final class Sample {
        final double[] x;
        final double[] y;
        final double[] gX;
        final double[] gY;
        final double[] none;

        Sample(int n) {
            x = new double[n];
            y = new double[n];
            gX = new double[n];
            gY = new double[n];
            none = new double[n];
        }
    }

    @Override
    public Pass place(Workspace w, int x, int y, int theta) {
        return w.pass(x, y, theta).withPlan(new Sample(dim()));
    }

    @Override
    public void forward(Pass p) {
        Sample s = p.plan(Sample.class);
        for (int i = 0; i < p.active(); i++) {
            read(p, p.data(), p.x(), i, s.x);
            transform.forward(s.x, s.y);
            write(p, p.data(), p.y(), i, s.y);
            addLogDet(p, s, i);
        }
    }

    @Override
    public void inverse(Pass p) {
        Sample s = p.plan(Sample.class);
        for (int i = 0; i < p.active(); i++) {
            read(p, p.data(), p.y(), i, s.y);
            transform.inverse(s.y, s.x);
            write(p, p.data(), p.x(), i, s.x);
            addLogDet(p, s, i);
        }
    }

    private void addLogDet(Pass p, Sample s, int i) {
        if (transform instanceof Elementwise each) {
            for (int j = 0; j < s.x.length; j++) {
                p.logDet(j)[i] += each.parts().get(j).logDerivative(s.x[j], s.y[j]);
            }
        } else {
            p.logDet()[i] += transform.logDet(s.x, s.y);
        }
    }

    @Override
    public void forwardVjp(Pass p, Pullback g) {
        Sample s = p.plan(Sample.class);
        for (int i = 0; i < p.active(); i++) {
            read(p, p.data(), p.x(), i, s.x);
            transform.forward(s.x, s.y);
            read(p, g.data(), p.y(), i, s.gY);
            transform.pullback(s.x, s.y, s.gY, g.gLogDet()[i], s.gX);
            write(p, g.data(), p.x(), i, s.gX);
        }
    }

    /// gY = (∂x/∂y)ᵀ (gX + gℓ ∂ℓ/∂x).
    @Override
    public void inverseVjp(Pass p, Pullback g) {
        Sample s = p.plan(Sample.class);
        for (int i = 0; i < p.active(); i++) {
            read(p, p.data(), p.y(), i, s.y);
            transform.inverse(s.y, s.x);
            transform.pullback(s.x, s.y, s.none, g.gLogDet()[i], s.gX);
            for (int j = 0; j < s.gX.length; j++) {
                s.gX[j] += g.data()[p.x() + j * p.lanes() + i];
            }
            transform.inversePullback(s.x, s.y, s.gX, s.gY);
            write(p, g.data(), p.y(), i, s.gY);
        }
    }

    private static void read(Pass p, float[] rows, int at, int i, double[] sample) {
        for (int j = 0; j < sample.length; j++) {
            sample[j] = rows[at + j * p.lanes() + i];
        }
    }

    private static void write(Pass p, float[] rows, int at, int i, double[] sample) {
        for (int j = 0; j < sample.length; j++) {
            rows[at + j * p.lanes() + i] = (float) sample[j];
        }
    }

    /// A map of each number by itself mixes nothing, and is none that a flow may rely on, having nothing to learn.
    @Override
    public void trace(FeatureTrace trace) {
        if (!(transform instanceof Elementwise)) {
            trace.mixAll();
        }
    }
}
