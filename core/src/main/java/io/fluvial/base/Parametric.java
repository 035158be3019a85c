package io.fluvial.base;

import io.fluvial.BaseDistribution;
import io.fluvial.Conditioner;
import io.fluvial.ParameterLayout;
import io.fluvial.Pass;
import io.fluvial.Pullback;
import io.fluvial.Workspace;
import io.fluvial.internal.Rows;
import io.fluvial.nn.FreeParameters;
import java.util.random.RandomGenerator;

/// A density with parameters, p(x | c) = p(x; φ(c)), where φ are free numbers or come from the context through a
/// network. The network starts with output φ₀, the family's own start, whatever the context.
///
/// @param family the densities to choose from
/// @param conditioner contextDim → family.parameterCount
public record Parametric(DensityFamily family, int contextDim, Conditioner conditioner) implements BaseDistribution {

    private static final int IN = 0;
    private static final int PHI = 1;

    public Parametric {
        if (conditioner.inputDim() != contextDim || conditioner.outputDim() != family.parameterCount()) {
            throw new IllegalArgumentException("the conditioner maps " + conditioner.inputDim() + " to "
                    + conditioner.outputDim() + ", this distribution needs " + contextDim + " (context) to "
                    + family.parameterCount() + " (parameters of " + family + ")");
        }
    }

    /// Free parameters, the same for every sample.
    public static Parametric of(DensityFamily family) {
        return new Parametric(family, 0, FreeParameters.of(family.parameterCount()));
    }

    /// Parameters from the context.
    public static Parametric conditional(DensityFamily family, int contextDim, Conditioner.Factory network) {
        return new Parametric(family, contextDim, network.of(contextDim, family.parameterCount()));
    }

    @Override
    public int dim() {
        return family.dim();
    }

    @Override
    public ParameterLayout parameters() {
        return conditioner.parameters();
    }

    @Override
    public Pass place(Workspace w, int x, int theta) {
        int in = w.rows(contextDim);
        int phi = w.rows(conditioner.outputDim());
        return w.pass(x, x, theta, new int[] {in, phi}, conditioner.place(w, in, phi, theta));
    }

    @Override
    public void logProb(Pass p) {
        condition(p);
        family.logProb(p.data(), p.x(), p.buffer(PHI), p.lanes(), p.logDet(), p.active());
    }

    @Override
    public void logProbVjp(Pass p, Pullback g) {
        family.logProbVjp(p.data(), g.data(), g.gLogDet(), p.x(), p.buffer(PHI), p.lanes(), p.active());
        conditioner.forwardVjp(p.child(0), g);
        Rows.add(g.data(), p.buffer(IN), p.block().context(), contextDim, p.lanes(), p.active());
    }

    @Override
    public void sample(Pass p, RandomGenerator random) {
        condition(p);
        family.sample(p.data(), p.x(), p.buffer(PHI), p.lanes(), p.block().count(), random);
    }

    /// Fills φ. The context is copied, because a conditioner overwrites its input's cotangent and others add to the
    /// context's.
    private void condition(Pass p) {
        Rows.copy(p.data(), p.block().context(), p.buffer(IN), contextDim, p.lanes(), p.active());
        conditioner.forward(p.child(0));
    }

    @Override
    public void initialize(float[] theta, int at, RandomGenerator random) {
        conditioner.initialize(theta, at, random);
        family.initialize(theta, at + conditioner.outputBias(), random);
    }
}
