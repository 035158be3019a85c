package io.fluvial.bijector;

import io.fluvial.Bijector;
import io.fluvial.FeatureTrace;
import io.fluvial.Moments;
import io.fluvial.ParameterLayout;
import io.fluvial.Pass;
import io.fluvial.Pullback;
import io.fluvial.Samples;
import io.fluvial.internal.Rows;

/// Activation normalisation (Kingma & Dhariwal 2018, arXiv:1807.03039, section 3.1): y = x · exp(a) + b per
/// feature, ℓ = Σ a. Starts so that y has mean 0 and deviation 1 over the samples that arrive there; trained from
/// then on.
public record ActNorm(int dim) implements Bijector {

    public ActNorm {
        LayerSizes.checkDim(dim);
    }

    @Override
    public int contextDim() {
        return 0;
    }

    @Override
    public ParameterLayout parameters() {
        return ParameterLayout.builder().add("logScale", dim).add("shift", dim).build();
    }

    @Override
    public void forward(Pass p) {
        float[] d = p.data();
        for (int j = 0; j < dim; j++) {
            int x = p.x() + j * p.lanes();
            int y = p.y() + j * p.lanes();
            float scale = scale(p, j);
            float shift = p.parameters()[p.theta() + dim + j];
            for (int i = 0; i < p.active(); i++) {
                d[y + i] = d[x + i] * scale + shift;
            }
        }
        addLogDet(p);
    }

    @Override
    public void inverse(Pass p) {
        float[] d = p.data();
        for (int j = 0; j < dim; j++) {
            int x = p.x() + j * p.lanes();
            int y = p.y() + j * p.lanes();
            float scale = scale(p, j);
            float shift = p.parameters()[p.theta() + dim + j];
            for (int i = 0; i < p.active(); i++) {
                d[x + i] = (d[y + i] - shift) / scale;
            }
        }
        addLogDet(p);
    }

    private float scale(Pass p, int j) {
        return (float) Math.exp(p.parameters()[p.theta() + j]);
    }

    private void addLogDet(Pass p) {
        double sum = 0;
        for (int j = 0; j < dim; j++) {
            sum += SharedLogDet.share(p, j, p.parameters()[p.theta() + j]);
        }
        SharedLogDet.add(p, sum);
    }

    @Override
    public void forwardVjp(Pass p, Pullback g) {
        addParameters(p, g, 1);
        for (int j = 0; j < dim; j++) {
            int row = j * p.lanes();
            Rows.multiply(g.data(), p.y() + row, p.x() + row, scale(p, j), p.active());
        }
    }

    @Override
    public void inverseVjp(Pass p, Pullback g) {
        for (int j = 0; j < dim; j++) {
            int row = j * p.lanes();
            Rows.divide(g.data(), p.x() + row, p.y() + row, scale(p, j), p.active());
        }
        addParameters(p, g, -1);
    }

    /// With gY times `sign`: gb = Σ gY, ga = Σ (gY · x · scale + gℓ).
    private void addParameters(Pass p, Pullback g, int sign) {
        float[] gTheta = g.theta();
        if (gTheta == null) {
            return;
        }
        float[] gd = g.data();
        float[] d = p.data();
        for (int j = 0; j < dim; j++) {
            int x = p.x() + j * p.lanes();
            int y = p.y() + j * p.lanes();
            double scale = scale(p, j);
            double gShift = 0;
            double gLogScale = 0;
            for (int i = 0; i < p.active(); i++) {
                gShift += gd[y + i];
                gLogScale += gd[y + i] * scale * d[x + i] * sign + g.gLogDet()[i];
            }
            gTheta[p.theta() + j] += (float) gLogScale;
            gTheta[p.theta() + dim + j] += (float) (sign * gShift);
        }
    }

    @Override
    public void initializeFrom(Samples x, Samples context, float[] theta, int at) {
        for (int j = 0; j < dim; j++) {
            Moments moments = Moments.of(x, j);
            double deviation = moments.deviation() > 0 ? moments.deviation() : 1;
            theta[at + j] = (float) -Math.log(deviation);
            theta[at + dim + j] = (float) (-moments.mean() / deviation);
        }
    }

    /// The inverse then maps these samples to mean 0 and deviation 1.
    @Override
    public void initializeFromLatent(Samples y, Samples context, float[] theta, int at) {
        for (int j = 0; j < dim; j++) {
            Moments moments = Moments.of(y, j);
            theta[at + j] = moments.deviation() > 0 ? (float) Math.log(moments.deviation()) : 0f;
            theta[at + dim + j] = (float) moments.mean();
        }
    }

    /// Rescaling a feature is not a transformation that a flow may rely on: nothing is noted.
    @Override
    public void trace(FeatureTrace trace) {}
}
