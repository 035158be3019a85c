package io.fluvial.bijector;

import io.fluvial.Bijector;
import io.fluvial.Conditioner;
import io.fluvial.FeatureTrace;
import io.fluvial.ParameterLayout;
import io.fluvial.Pass;
import io.fluvial.Pullback;
import io.fluvial.ScalarBijector;
import io.fluvial.Workspace;
import io.fluvial.internal.Rows;
import io.fluvial.kernel.ColumnKernel;
import java.util.BitSet;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// A coupling layer: the identity features a pass unchanged, every moved feature b goes through a scalar map whose
/// parameters a network computes from a and the context,
///
///     y_a = x_a,   y_b = f(x_b; φ_b),   φ = network(u(x_a), c),   ℓ = Σ_b log f′(x_b; φ_b)
///
/// (Dinh et al. 2017, arXiv:1605.08803, eq. 4–8, for any scalar map f). One network pass in either direction.
///
/// φ is `[moved × P × lanes]`, the parameters of one moved feature together.
///
/// @param inputBound B of u(x) = x / √(1 + (x/B)²), which is what the network sees of a feature; ∞ for x itself, as in
///     the paper. It is in the units in which features reach this layer and does not apply to the context
public record Coupling(Mask mask, int contextDim, ScalarBijector map, Conditioner conditioner, double inputBound)
        implements Bijector {

    // Buffers: the network's input and output, then the numbers of the identity features (ConditionerInput.FEATURES).
    private static final int IN = 0;
    private static final int PHI = 1;

    public Coupling {
        check(mask, contextDim);
        InputBound.check(inputBound);
        int in = mask.identity().size() + contextDim;
        int out = mask.moved().size() * map.parameterCount();
        if (conditioner.inputDim() != in || conditioner.outputDim() != out) {
            throw new IllegalArgumentException("the conditioner maps " + conditioner.inputDim() + " to "
                    + conditioner.outputDim() + ", this coupling needs " + in + " (identity features and context) to "
                    + out
                    + " (moved features times parameters)");
        }
    }

    private static void check(Mask mask, int contextDim) {
        LayerSizes.checkContext(contextDim);
        if (mask.identity().isEmpty() && contextDim == 0) {
            throw new IllegalArgumentException(
                    "the mask moves every feature and there is no context: nothing is left to condition on; use Elementwise");
        }
    }

    /// A coupling whose network is made to fit and sees the features as they are.
    public static Coupling of(Mask mask, int contextDim, ScalarBijector map, Conditioner.Factory network) {
        check(mask, contextDim); // before the network, which could only say that it has no input
        return new Coupling(
                mask,
                contextDim,
                map,
                network.of(mask.identity().size() + contextDim, mask.moved().size() * map.parameterCount()),
                Double.POSITIVE_INFINITY);
    }

    public Coupling withInputBound(double inputBound) {
        return new Coupling(mask, contextDim, map, conditioner, inputBound);
    }

    @Override
    public int dim() {
        return mask.dim();
    }

    @Override
    public ParameterLayout parameters() {
        return conditioner.parameters();
    }

    @Override
    public Pass place(Workspace w, int x, int y, int theta) {
        int in = w.rows(conditioner.inputDim());
        int phi = w.rows(conditioner.outputDim());
        IntStream buffers =
                IntStream.concat(IntStream.of(in, phi), mask.identity().stream().mapToInt(j -> j));
        return w.pass(x, y, theta, buffers.toArray(), conditioner.place(w, in, phi, theta));
    }

    @Override
    public void forward(Pass p) {
        condition(p, p.x());
        Rows.copy(p.data(), p.x(), p.y(), dim(), p.lanes(), p.active());
        ColumnKernel column = p.block().column(map);
        List<Integer> moved = mask.moved();
        for (int m = 0; m < moved.size(); m++) {
            int row = moved.get(m) * p.lanes();
            column.forward(
                    p.data(), p.x() + row, p.y() + row, phi(p, m), p.lanes(), p.logDet(moved.get(m)), p.active());
        }
    }

    @Override
    public void inverse(Pass p) {
        condition(p, p.y());
        Rows.copy(p.data(), p.y(), p.x(), dim(), p.lanes(), p.active());
        ColumnKernel column = p.block().column(map);
        List<Integer> moved = mask.moved();
        for (int m = 0; m < moved.size(); m++) {
            int row = moved.get(m) * p.lanes();
            column.inverse(
                    p.data(), p.y() + row, p.x() + row, phi(p, m), p.lanes(), p.logDet(moved.get(m)), p.active());
        }
    }

    @Override
    public void forwardVjp(Pass p, Pullback g) {
        Rows.copy(g.data(), p.y(), p.x(), dim(), p.lanes(), p.active());
        ColumnKernel column = p.block().column(map);
        List<Integer> moved = mask.moved();
        for (int m = 0; m < moved.size(); m++) {
            int row = moved.get(m) * p.lanes();
            column.forwardVjp(
                    p.data(), g.data(), g.gLogDet(), p.x() + row, p.y() + row, phi(p, m), p.lanes(), p.active());
        }
        conditionVjp(p, g, p.x());
    }

    /// As the forward pullback, with the scalar map's inverse pullback: gY_a = gX_a + what comes back through the
    /// network.
    @Override
    public void inverseVjp(Pass p, Pullback g) {
        Rows.copy(g.data(), p.x(), p.y(), dim(), p.lanes(), p.active());
        ColumnKernel column = p.block().column(map);
        List<Integer> moved = mask.moved();
        for (int m = 0; m < moved.size(); m++) {
            int row = moved.get(m) * p.lanes();
            ScalarPullback.inverse(column, p, g, p.x() + row, p.y() + row, phi(p, m));
        }
        conditionVjp(p, g, p.y());
    }

    private int phi(Pass p, int m) {
        return p.buffer(PHI) + m * map.parameterCount() * p.lanes();
    }

    private void condition(Pass p, int end) {
        int features = conditioner.inputDim() - contextDim;
        ConditionerInput.gather(p, features, end, p.buffer(IN), inputBound);
        ConditionerInput.gatherContext(p, contextDim, p.buffer(IN) + features * p.lanes());
        conditioner.forward(p.child(0));
    }

    private void conditionVjp(Pass p, Pullback g, int end) {
        conditioner.forwardVjp(p.child(0), g);
        int features = conditioner.inputDim() - contextDim;
        ConditionerInput.scatter(p, g, features, end, p.buffer(IN), inputBound);
        ConditionerInput.scatterContext(p, g, contextDim, p.buffer(IN) + features * p.lanes());
    }

    @Override
    public void initialize(float[] theta, int at, RandomGenerator random) {
        conditioner.initialize(theta, at, random);
    }

    @Override
    public void trace(FeatureTrace trace) {
        trace.selective();
        mask.moved().forEach(trace::transform);
        trace.look(() -> {
            BitSet identity = new BitSet();
            mask.identity().forEach(identity::set);
            return IntStream.range(0, dim())
                    .mapToObj(j -> mask.moved().contains(j) ? identity : new BitSet())
                    .toList();
        });
    }
}
