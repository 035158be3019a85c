package io.fluvial.bijector;

import io.fluvial.Bijector;
import io.fluvial.Conditioner;
import io.fluvial.FeatureTrace;
import io.fluvial.ParameterLayout;
import io.fluvial.Pass;
import io.fluvial.Pullback;
import io.fluvial.ScalarBijector;
import io.fluvial.Workspace;
import io.fluvial.kernel.ColumnKernel;
import io.fluvial.nn.FreeParameters;
import java.util.random.RandomGenerator;

/// The same kind of scalar map on every feature, y_j = f(x_j; φ_j), ℓ = Σ_j log f′(x_j; φ_j), with parameters that
/// are free numbers or come from the context through a network.
public record Elementwise(int dim, int contextDim, ScalarBijector map, Conditioner conditioner) implements Bijector {

    private static final int IN = 0;
    private static final int PHI = 1;

    public Elementwise {
        LayerSizes.checkDim(dim);
        LayerSizes.checkContext(contextDim);
        if (conditioner.inputDim() != contextDim || conditioner.outputDim() != dim * map.parameterCount()) {
            throw new IllegalArgumentException("the conditioner maps " + conditioner.inputDim() + " to "
                    + conditioner.outputDim() + ", this layer needs " + contextDim + " (context) to "
                    + dim * map.parameterCount() + " (features times parameters)");
        }
    }

    /// Free parameters, the same for every sample.
    public static Elementwise of(int dim, ScalarBijector map) {
        LayerSizes.checkDim(dim);
        return new Elementwise(dim, 0, map, FreeParameters.of(dim * map.parameterCount()));
    }

    /// Parameters from the context.
    public static Elementwise conditional(int dim, int contextDim, ScalarBijector map, Conditioner.Factory network) {
        LayerSizes.checkDim(dim);
        LayerSizes.checkContext(contextDim);
        return new Elementwise(dim, contextDim, map, network.of(contextDim, dim * map.parameterCount()));
    }

    @Override
    public ParameterLayout parameters() {
        return conditioner.parameters();
    }

    @Override
    public Pass place(Workspace w, int x, int y, int theta) {
        int in = w.rows(contextDim);
        int phi = w.rows(conditioner.outputDim());
        return w.pass(x, y, theta, new int[] {in, phi}, conditioner.place(w, in, phi, theta));
    }

    @Override
    public void forward(Pass p) {
        condition(p);
        ColumnKernel column = p.block().column(map);
        for (int j = 0; j < dim; j++) {
            int row = j * p.lanes();
            column.forward(p.data(), p.x() + row, p.y() + row, phi(p, j), p.lanes(), p.logDet(j), p.active());
        }
    }

    @Override
    public void inverse(Pass p) {
        condition(p);
        ColumnKernel column = p.block().column(map);
        for (int j = 0; j < dim; j++) {
            int row = j * p.lanes();
            column.inverse(p.data(), p.y() + row, p.x() + row, phi(p, j), p.lanes(), p.logDet(j), p.active());
        }
    }

    @Override
    public void forwardVjp(Pass p, Pullback g) {
        ColumnKernel column = p.block().column(map);
        for (int j = 0; j < dim; j++) {
            int row = j * p.lanes();
            column.forwardVjp(
                    p.data(), g.data(), g.gLogDet(), p.x() + row, p.y() + row, phi(p, j), p.lanes(), p.active());
        }
        conditionVjp(p, g);
    }

    @Override
    public void inverseVjp(Pass p, Pullback g) {
        ColumnKernel column = p.block().column(map);
        for (int j = 0; j < dim; j++) {
            int row = j * p.lanes();
            ScalarPullback.inverse(column, p, g, p.x() + row, p.y() + row, phi(p, j));
        }
        conditionVjp(p, g);
    }

    private int phi(Pass p, int j) {
        return p.buffer(PHI) + j * map.parameterCount() * p.lanes();
    }

    private void condition(Pass p) {
        ConditionerInput.gatherContext(p, contextDim, p.buffer(IN));
        conditioner.forward(p.child(0));
    }

    private void conditionVjp(Pass p, Pullback g) {
        conditioner.forwardVjp(p.child(0), g);
        ConditionerInput.scatterContext(p, g, contextDim, p.buffer(IN));
    }

    @Override
    public void initialize(float[] theta, int at, RandomGenerator random) {
        conditioner.initialize(theta, at, random);
    }

    @Override
    public void trace(FeatureTrace trace) {
        for (int j = 0; j < dim; j++) {
            trace.transform(j);
        }
    }
}
