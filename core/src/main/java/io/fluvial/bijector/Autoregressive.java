package io.fluvial.bijector;

import io.fluvial.Bijector;
import io.fluvial.FeatureTrace;
import io.fluvial.ParameterLayout;
import io.fluvial.Pass;
import io.fluvial.Pullback;
import io.fluvial.ScalarBijector;
import io.fluvial.Workspace;
import io.fluvial.kernel.ColumnKernel;
import io.fluvial.nn.AutoregressiveConditioner;
import io.fluvial.nn.Dependence;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// An autoregressive layer: every feature goes through a scalar map whose parameters a network computes from the
/// features before it and the context,
///
///     y_j = f(x_j; φ_j),   φ_j = network_j(u(x_k) for k before j, c),   ℓ = Σ_j log f′(x_j; φ_j)
///
/// (Papamakarios et al. 2017, arXiv:1705.07057, eq. 3–5, for any scalar map f; "before" is any [Dependence]).
///
/// Forward is one network pass. So is the inverse: it goes through the features in order, and as soon as the features
/// of a step are known, the hidden units that look at nothing else are computed, each once, for all lanes of the
/// block. The result is the same to the bit as that of a full network pass at the x found. The pullback
/// through the inverse is one sweep in reverse order.
///
/// φ is `[dim × P × lanes]`, features by position in the order, the parameters of one feature together.
///
/// @param inputBound B of u(x) = x / √(1 + (x/B)²), which is what the network sees of a feature; ∞ for x itself, as in
///     the paper. It is in the units in which features reach this layer and does not apply to the context
public record Autoregressive(ScalarBijector map, AutoregressiveConditioner conditioner, double inputBound)
        implements Bijector {

    // Buffers: the network's input and output, the features by position (ConditionerInput.FEATURES), the number of
    // steps, then where each step starts.
    private static final int IN = 0;
    private static final int PHI = 1;

    public Autoregressive {
        InputBound.check(inputBound);
        int needed = conditioner.dependence().dim() * map.parameterCount();
        if (conditioner.outputDim() != needed) {
            throw new IllegalArgumentException("the conditioner has " + conditioner.outputDim()
                    + " outputs, this layer needs " + needed + " (features times parameters of " + map + ")");
        }
    }

    /// A layer whose network is made to fit and sees the features as they are.
    public static Autoregressive of(
            Dependence dependence, int contextDim, ScalarBijector map, AutoregressiveConditioner.Factory network) {
        LayerSizes.checkContext(contextDim);
        if (map.parameterCount() < 1) {
            throw new IllegalArgumentException(map + " has no parameters to condition on; use Elementwise");
        }
        return new Autoregressive(
                map, network.of(dependence, contextDim, map.parameterCount()), Double.POSITIVE_INFINITY);
    }

    public Autoregressive withInputBound(double inputBound) {
        return new Autoregressive(map, conditioner, inputBound);
    }

    private Dependence dependence() {
        return conditioner.dependence();
    }

    @Override
    public int dim() {
        return dependence().dim();
    }

    @Override
    public int contextDim() {
        return conditioner.contextDim();
    }

    @Override
    public ParameterLayout parameters() {
        return conditioner.parameters();
    }

    @Override
    public Pass place(Workspace w, int x, int y, int theta) {
        int in = w.rows(conditioner.inputDim());
        int phi = w.rows(conditioner.outputDim());
        IntStream places = IntStream.of(in, phi);
        places = IntStream.concat(places, dependence().sequence().stream().mapToInt(j -> j));
        places = IntStream.concat(places, IntStream.of(dependence().steps()));
        places = IntStream.concat(places, dependence().starts().stream().mapToInt(q -> q));
        return w.pass(x, y, theta, places.toArray(), conditioner.place(w, in, phi, theta));
    }

    private static int feature(Pass p, int position) {
        return p.buffer(ConditionerInput.FEATURES + position);
    }

    /// Where the feature at a position has its row, from either end.
    private static int row(Pass p, int position) {
        return feature(p, position) * p.lanes();
    }

    private int steps(Pass p) {
        return p.buffer(ConditionerInput.FEATURES + dim());
    }

    /// The first position of a step.
    private int first(Pass p, int step) {
        return p.buffer(ConditionerInput.FEATURES + dim() + 1 + step);
    }

    private int phi(Pass p, int position) {
        return p.buffer(PHI) + position * map.parameterCount() * p.lanes();
    }

    /// Where the features start in the network's input, after the context.
    private int features(Pass p) {
        return p.buffer(IN) + contextDim() * p.lanes();
    }

    @Override
    public void forward(Pass p) {
        int dim = dim();
        ConditionerInput.gatherContext(p, contextDim(), p.buffer(IN));
        ConditionerInput.gather(p, dim, p.x(), features(p), inputBound);
        conditioner.forward(p.child(0));
        ColumnKernel column = p.block().column(map);
        for (int q = 0; q < dim; q++) {
            int row = row(p, q);
            column.forward(
                    p.data(), p.x() + row, p.y() + row, phi(p, q), p.lanes(), p.logDet(feature(p, q)), p.active());
        }
    }

    @Override
    public void inverse(Pass p) {
        ConditionerInput.gatherContext(p, contextDim(), p.buffer(IN));
        ColumnKernel column = p.block().column(map);
        float[] d = p.data();
        int steps = steps(p);
        for (int s = 0; s < steps; s++) {
            conditioner.forward(p.child(0), s);
            int end = first(p, s + 1);
            for (int q = first(p, s); q < end; q++) {
                int row = row(p, q);
                column.inverse(d, p.y() + row, p.x() + row, phi(p, q), p.lanes(), p.logDet(feature(p, q)), p.active());
                InputBound.apply(inputBound, d, p.x() + row, features(p) + q * p.lanes(), p.active());
            }
        }
    }

    @Override
    public void forwardVjp(Pass p, Pullback g) {
        int dim = dim();
        ColumnKernel column = p.block().column(map);
        for (int q = 0; q < dim; q++) {
            int row = row(p, q);
            column.forwardVjp(
                    p.data(), g.data(), g.gLogDet(), p.x() + row, p.y() + row, phi(p, q), p.lanes(), p.active());
        }
        conditioner.forwardVjp(p.child(0), g);
        ConditionerInput.scatter(p, g, dim, p.x(), features(p), inputBound);
        ConditionerInput.scatterContext(p, g, contextDim(), p.buffer(IN));
    }

    /// Step after step from the last: once all later features have sent back what they looked at, gX of a step is
    /// complete, the scalar map gives gY and gφ, and the network takes gφ further back.
    @Override
    public void inverseVjp(Pass p, Pullback g) {
        ColumnKernel column = p.block().column(map);
        int steps = steps(p);
        for (int s = steps - 1; s >= 0; s--) {
            for (int q = first(p, s); q < first(p, s + 1); q++) {
                int row = row(p, q);
                if (s < steps - 1) {
                    int seen = features(p) + q * p.lanes();
                    InputBound.vjp(inputBound, p.data(), g.data(), p.x() + row, seen, p.active());
                }
                ScalarPullback.inverse(column, p, g, p.x() + row, p.y() + row, phi(p, q));
            }
            conditioner.inputVjp(p.child(0), g, s);
        }
        conditioner.parameterVjp(p.child(0), g);
        ConditionerInput.scatterContext(p, g, contextDim(), p.buffer(IN));
    }

    @Override
    public void initialize(float[] theta, int at, RandomGenerator random) {
        conditioner.initialize(theta, at, random);
    }

    @Override
    public void trace(FeatureTrace trace) {
        for (int j = 0; j < dim(); j++) {
            trace.transform(j);
        }
        trace.look(dependence()::seen);
    }
}
