package io.fluvial.peers;

import io.fluvial.Bijector;
import io.fluvial.Flow;
import io.fluvial.ScalarBijector;
import io.fluvial.base.StandardNormal;
import io.fluvial.bijector.Autoregressive;
import io.fluvial.bijector.Chain;
import io.fluvial.bijector.Coupling;
import io.fluvial.nn.Activation;
import io.fluvial.nn.MaskedMlp;
import io.fluvial.nn.Mlp;
import io.fluvial.nn.Order;
import io.fluvial.scalar.Affine;
import io.fluvial.scalar.LogScale;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// A Real NVP or MAF, written out for libraries that know dense products and elementwise functions: features lie in
/// one or two parts, and every layer moves one of them,
///
///     h = relu(W₁·relu(W₀·x_from + b₀) + b₁),   t = h·Wₜ + bₜ,   s = bound · tanh((h·Wₛ + bₛ) / bound)
///     x_to ← x_to · exp(s) + t,   log p = Σ s − Σ x² / 2 − dim · log(2π) / 2
///
/// Real NVP has two parts that take turns, so that nothing is ever put back together; MAF has one and masked weights.
/// The last product's rows are t of all features, then s: ours go feature by feature.
final class AffineFlow {

    /// One layer; its network ends with `2 · width(to)` rows.
    record Layer(int from, int to, List<Dense> network) {
        Layer {
            network = List.copyOf(network);
        }
    }

    private final List<int[]> parts;
    private final List<Layer> layers = new ArrayList<>();
    private final float[] theta;
    private double bound;
    private int at;

    private AffineFlow(List<int[]> parts, float[] theta) {
        this.parts = parts;
        this.theta = theta;
    }

    /// @param theta the flow's numbers. *Read*
    /// @throws IllegalArgumentException where the flow has anything else in it
    static AffineFlow of(Flow flow, float[] theta) {
        if (!(flow.bijector() instanceof Chain(List<Bijector> chain)) || !(flow.base() instanceof StandardNormal)) {
            throw unknown(flow);
        }
        AffineFlow result = new AffineFlow(parts(chain.getFirst(), flow.dim()), theta);
        for (Bijector layer : chain) {
            switch (layer) {
                case Coupling coupling -> result.add(coupling);
                case Autoregressive autoregressive -> result.add(autoregressive);
                default -> throw unknown(layer);
            }
        }
        if (result.at != theta.length) {
            throw new IllegalArgumentException("the flow has " + theta.length + " numbers, its layers " + result.at);
        }
        return result;
    }

    private static IllegalArgumentException unknown(Object what) {
        return new IllegalArgumentException("only affine flows without context and extras are known, not " + what);
    }

    private static List<int[]> parts(Bijector first, int dim) {
        return first instanceof Coupling coupling
                ? List.of(ints(coupling.mask().identity()), ints(coupling.mask().moved()))
                : List.of(IntStream.range(0, dim).toArray());
    }

    private static int[] ints(List<Integer> numbers) {
        return numbers.stream().mapToInt(i -> i).toArray();
    }

    /// The features of each part, in the order of its columns.
    List<int[]> parts() {
        return parts;
    }

    int width(int part) {
        return parts.get(part).length;
    }

    int dim() {
        return parts.stream().mapToInt(part -> part.length).sum();
    }

    List<Layer> layers() {
        return layers;
    }

    double bound() {
        return bound;
    }

    // ---- reading ---------------------------------------------------------------------------------------------------

    private void add(Coupling coupling) {
        int to = 1 - layers.size() % 2;
        if (coupling.contextDim() > 0
                || coupling.inputBound() < Double.POSITIVE_INFINITY
                || !coupling.mask()
                        .moved()
                        .equals(IntStream.of(parts.get(to)).boxed().toList())
                || !(coupling.conditioner() instanceof Mlp mlp)
                || mlp.activation() != Activation.RELU) {
            throw unknown(coupling);
        }
        read(coupling.map());
        List<Dense> network = new ArrayList<>();
        int depth = mlp.inputDim();
        for (int rows : mlp.hidden()) {
            network.add(dense(rows, depth));
            depth = rows;
        }
        network.add(dense(mlp.outputDim(), depth)
                .rows(apart(IntStream.range(0, width(to)).toArray())));
        layers.add(new Layer(1 - to, to, network));
    }

    /// The network of a MAF sees features by position and answers by position.
    private void add(Autoregressive layer) {
        if (layer.contextDim() > 0
                || layer.inputBound() < Double.POSITIVE_INFINITY
                || !(layer.conditioner() instanceof MaskedMlp mlp)
                || mlp.activation() != Activation.RELU
                || !(mlp.dependence() instanceof Order order)
                || order.steps() != order.dim()) {
            throw unknown(layer);
        }
        read(layer.map());
        int[] sequence = ints(order.sequence());
        int[] position = new int[sequence.length];
        for (int q = 0; q < sequence.length; q++) {
            position[sequence[q]] = q;
        }
        List<Dense> network = new ArrayList<>();
        int[] seen = IntStream.rangeClosed(1, order.dim()).toArray(); // column k is for units of this degree and more
        for (int rows : mlp.hidden()) {
            int[] degrees = degrees(rows, order.dim());
            network.add(masked(degrees, seen));
            seen = degrees;
        }
        int[] outputs = IntStream.range(0, 2 * order.dim()).map(r -> r / 2).toArray();
        network.add(masked(outputs, seen).rows(apart(position)));
        network.set(0, network.getFirst().columns(sequence));
        layers.add(new Layer(0, 0, network));
    }

    /// Of the units of a hidden layer: 1 … dim − 1, spread evenly, as `MaskedPlan` has them.
    private static int[] degrees(int units, int dim) {
        int classes = Math.max(1, dim - 1);
        if (units < classes) {
            throw new IllegalArgumentException(units + " units are fewer than " + classes + " degrees");
        }
        return IntStream.range(0, units)
                .map(u -> 1 + (int) ((long) u * classes / units))
                .toArray();
    }

    /// Feature j's shift and log-scale are rows `2·place[j]` and the next; here come all shifts, then all log-scales.
    private static int[] apart(int[] place) {
        return IntStream.concat(
                        IntStream.of(place).map(j -> 2 * j), IntStream.of(place).map(j -> 2 * j + 1))
                .toArray();
    }

    private void read(ScalarBijector map) {
        if (!(map instanceof Affine(LogScale.Tanh(double limit))) || (bound != 0 && bound != limit)) {
            throw unknown(map);
        }
        bound = limit;
    }

    private Dense dense(int rows, int depth) {
        return new Dense(rows, depth, next(rows * depth), next(rows), null);
    }

    /// The stored weights are those that the mask leaves, row after row.
    private Dense masked(int[] degrees, int[] seen) {
        float[] weight = new float[degrees.length * seen.length];
        float[] mask = new float[weight.length];
        for (int r = 0; r < degrees.length; r++) {
            for (int k = 0; k < seen.length; k++) {
                if (seen[k] <= degrees[r]) {
                    weight[r * seen.length + k] = theta[at++];
                    mask[r * seen.length + k] = 1;
                }
            }
        }
        return new Dense(degrees.length, seen.length, weight, next(degrees.length), mask);
    }

    private float[] next(int count) {
        float[] values = new float[count];
        System.arraycopy(theta, at, values, 0, count);
        at += count;
        return values;
    }
}
