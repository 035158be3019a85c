package io.fluvial.nn;

import io.fluvial.Conditioner;
import io.fluvial.ParameterLayout;
import io.fluvial.Pass;
import io.fluvial.Pullback;
import io.fluvial.Workspace;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// The conditioner that looks at nothing: its outputs are trainable numbers, the same for every sample. It turns a
/// scalar map into an unconditional layer and a density into a trainable base distribution.
public record FreeParameters(int inputDim, int outputDim) implements Conditioner {

    public FreeParameters {
        if (inputDim < 0 || outputDim < 0) {
            throw new IllegalArgumentException("sizes must not be negative: " + inputDim + ", " + outputDim);
        }
    }

    /// Outputs that depend on no input.
    public static FreeParameters of(int outputDim) {
        return new FreeParameters(0, outputDim);
    }

    @Override
    public ParameterLayout parameters() {
        return outputDim == 0
                ? ParameterLayout.none()
                : ParameterLayout.builder().add("free", outputDim).build();
    }

    @Override
    public Pass place(Workspace w, int x, int y, int theta) {
        return w.pass(x, y, theta);
    }

    @Override
    public void forward(Pass p) {
        for (int r = 0; r < outputDim; r++) {
            int row = p.y() + r * p.lanes();
            Arrays.fill(p.data(), row, row + p.active(), p.parameters()[p.theta() + r]);
        }
    }

    @Override
    public void forwardVjp(Pass p, Pullback g) {
        for (int k = 0; k < inputDim; k++) {
            int row = p.x() + k * p.lanes();
            Arrays.fill(g.data(), row, row + p.active(), 0f);
        }
        float[] gTheta = g.theta();
        if (gTheta != null) {
            p.block().kernels().rowSums(g.data(), p.y(), outputDim, gTheta, p.theta(), p.lanes(), p.active());
        }
    }

    @Override
    public void initialize(float[] theta, int at, RandomGenerator random) {}
}
