package io.fluvial;

import java.util.random.RandomGenerator;

/// A network that turns what is known – the identity part of a coupling, then the context – into the parameters φ
/// of a scalar bijector or of a base distribution.
///
/// Its pass has the input `[inputDim × lanes]` at x and the output `[outputDim × lanes]` at y.
public interface Conditioner {

    int inputDim();

    int outputDim();

    ParameterLayout parameters();

    /// Reserves buffers, as [Bijector#place].
    Pass place(Workspace w, int x, int y, int theta);

    /// Fills y from x. With [Block#noise()] present, dropout is applied.
    void forward(Pass p);

    /// Pulls gY back to gX, which is *overwritten*; adds to gθ. gY may be overwritten.
    void forwardVjp(Pass p, Pullback g);

    /// Writes starting values into `theta[at ..)`, which is zero before. The last layer stays zero, so that the
    /// output is zero and a flow starts as the identity.
    void initialize(float[] theta, int at, RandomGenerator random);

    /// Where in this network's parameters the bias of its output starts: `outputDim` numbers, in the order of the
    /// outputs, that are added to them last. Whoever wants to start away from zero writes there
    /// after [#initialize]. The default says: at the end, as in all networks here.
    default int outputBias() {
        return parameters().size() - outputDim();
    }

    /// Makes a conditioner once the layer that needs it knows the sizes.
    @FunctionalInterface
    interface Factory {
        Conditioner of(int inputDim, int outputDim);
    }
}
