package io.fluvial.testkit;

import io.fluvial.Bijector;
import io.fluvial.ParameterLayout;
import io.fluvial.Pass;
import io.fluvial.Pullback;

/// A bijector as a user writes one: y₀ = x₀ · e^a, y₁ = x₁ + b · x₀², ℓ = a. It has no `inverseVjp`: the default
/// derives it.
record Tilt() implements Bijector {

    @Override
    public int dim() {
        return 2;
    }

    @Override
    public int contextDim() {
        return 0;
    }

    @Override
    public ParameterLayout parameters() {
        return ParameterLayout.builder().add("a", 1).add("b", 1).build();
    }

    @Override
    public void forward(Pass p) {
        float[] d = p.data();
        double scale = Math.exp(a(p));
        for (int i = 0; i < p.active(); i++) {
            double first = d[p.x() + i];
            d[p.y() + i] = (float) (first * scale);
            d[p.y() + p.lanes() + i] = (float) (d[p.x() + p.lanes() + i] + b(p) * first * first);
            p.logDet()[i] += a(p);
        }
    }

    @Override
    public void inverse(Pass p) {
        float[] d = p.data();
        double scale = Math.exp(-a(p));
        for (int i = 0; i < p.active(); i++) {
            double first = d[p.y() + i] * scale;
            d[p.x() + i] = (float) first;
            d[p.x() + p.lanes() + i] = (float) (d[p.y() + p.lanes() + i] - b(p) * first * first);
            p.logDet()[i] += a(p);
        }
    }

    @Override
    public void forwardVjp(Pass p, Pullback g) {
        float[] d = p.data();
        float[] gd = g.data();
        float[] gTheta = g.theta();
        double scale = Math.exp(a(p));
        double gA = 0;
        double gB = 0;
        for (int i = 0; i < p.active(); i++) {
            double first = d[p.x() + i];
            double gFirst = gd[p.y() + i];
            double gSecond = gd[p.y() + p.lanes() + i];
            gA += gFirst * first * scale + g.gLogDet()[i];
            gB += gSecond * first * first;
            gd[p.x() + i] = (float) (gFirst * scale + gSecond * 2 * b(p) * first);
            gd[p.x() + p.lanes() + i] = (float) gSecond;
        }
        if (gTheta != null) {
            gTheta[p.theta()] += (float) gA;
            gTheta[p.theta() + 1] += (float) gB;
        }
    }

    private static float a(Pass p) {
        return p.parameters()[p.theta()];
    }

    private static float b(Pass p) {
        return p.parameters()[p.theta() + 1];
    }
}
