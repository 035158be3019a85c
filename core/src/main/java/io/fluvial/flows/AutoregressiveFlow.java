package io.fluvial.flows;

import io.fluvial.BaseDistribution;
import io.fluvial.Bijector;
import io.fluvial.Flow;
import io.fluvial.ScalarBijector;
import io.fluvial.base.StandardNormal;
import io.fluvial.bijector.Autoregressive;
import io.fluvial.bijector.Chain;
import io.fluvial.bijector.Inverted;
import io.fluvial.nn.Activation;
import io.fluvial.nn.Adjacency;
import io.fluvial.nn.AutoregressiveConditioner;
import io.fluvial.nn.Dependence;
import io.fluvial.nn.MaskedMlp;
import io.fluvial.nn.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The options of a flow of autoregressive layers; [#build] makes the flow.
///
///     [Standardization, whitening LuLinear] → (Autoregressive → mixing) × layers → base
///
/// @param dependence which feature looks at which in the first layer: an [Order] or an [Adjacency]
/// @param contextDim number of conditioning inputs
/// @param layers number of autoregressive layers, at least one
/// @param map the scalar map of the layers
/// @param lastMap the scalar map of the last layer, or null for the same
/// @param network makes the masked networks
/// @param inputBound how much of a feature networks see, see [Autoregressive]; in deviations where the preparation
///     makes them the unit; ∞ for all
/// @param orders how the order changes from layer to layer
/// @param direction which direction costs no waiting
/// @param mixing what stands between two layers
/// @param preparation what stands before the first layer
/// @param base the base distribution
public record AutoregressiveFlow(
        Dependence dependence,
        int contextDim,
        int layers,
        ScalarBijector map,
        @Nullable ScalarBijector lastMap,
        AutoregressiveConditioner.Factory network,
        double inputBound,
        Orders orders,
        Direction direction,
        Mixing mixing,
        Preparation preparation,
        BaseDistribution base) {

    /// How the order changes from layer to layer.
    public enum Orders {
        /// Turned round in every second layer.
        ALTERNATING,
        /// The same in all layers: such a flow answers exact marginals and conditionals, when nothing mixes between.
        SAME,
        /// The first, then a random one for every layer; always the same for one size.
        RANDOM
    }

    /// Which direction is a plain network pass; the other goes feature by feature, at about the same cost.
    public enum Direction {
        /// Densities (masked autoregressive flow).
        DENSITY,
        /// Samples (inverse autoregressive flow).
        SAMPLING
    }

    public AutoregressiveFlow {
        if (layers < 1) {
            throw new IllegalArgumentException("an autoregressive flow needs at least 1 layer, got " + layers);
        }
        if (contextDim < 0) {
            throw new IllegalArgumentException("contextDim must not be negative, got " + contextDim);
        }
        if (dependence instanceof Adjacency && orders != Orders.SAME) {
            throw new IllegalArgumentException(
                    "an adjacency cannot be turned round or shuffled; use withOrders(Orders.SAME)");
        }
        if (orders == Orders.SAME && mixing == Mixing.LU_LINEAR) {
            throw new IllegalArgumentException(
                    "a full linear map between layers mixes the features, so that there is no"
                            + " common order; use withMixing(Mixing.NONE)");
        }
    }

    /// Defaults for this size: five layers in alternating order, LU mixing, whitening, two hidden layers of 64 (256
    /// from 16 features on).
    static AutoregressiveFlow of(int dim, ScalarBijector map) {
        return new AutoregressiveFlow(
                Order.natural(dim),
                0,
                5,
                map,
                null,
                MaskedMlp.factory(Flows.hidden(dim), Activation.RELU, 0),
                Flows.INPUT_BOUND,
                Orders.ALTERNATING,
                Direction.DENSITY,
                Mixing.LU_LINEAR,
                Preparation.WHITEN,
                StandardNormal.of(dim));
    }

    /// These options while one of them changes.
    private static final class Draft {
        Dependence dependence;
        int contextDim;
        int layers;
        ScalarBijector map;

        @Nullable
        ScalarBijector lastMap;

        AutoregressiveConditioner.Factory network;
        double inputBound;
        Orders orders;
        Direction direction;
        Mixing mixing;
        Preparation preparation;
        BaseDistribution base;

        Draft(AutoregressiveFlow from) {
            dependence = from.dependence;
            contextDim = from.contextDim;
            layers = from.layers;
            map = from.map;
            lastMap = from.lastMap;
            network = from.network;
            inputBound = from.inputBound;
            orders = from.orders;
            direction = from.direction;
            mixing = from.mixing;
            preparation = from.preparation;
            base = from.base;
        }
    }

    private AutoregressiveFlow with(Consumer<Draft> change) {
        Draft d = new Draft(this);
        change.accept(d);
        return new AutoregressiveFlow(
                d.dependence,
                d.contextDim,
                d.layers,
                d.map,
                d.lastMap,
                d.network,
                d.inputBound,
                d.orders,
                d.direction,
                d.mixing,
                d.preparation,
                d.base);
    }

    public AutoregressiveFlow withDependence(Dependence dependence) {
        return with(d -> d.dependence = dependence);
    }

    public AutoregressiveFlow withContextDim(int contextDim) {
        return with(d -> d.contextDim = contextDim);
    }

    public AutoregressiveFlow withLayers(int layers) {
        return with(d -> d.layers = layers);
    }

    public AutoregressiveFlow withMap(ScalarBijector map) {
        return with(d -> d.map = map);
    }

    public AutoregressiveFlow withLastMap(ScalarBijector lastMap) {
        return with(d -> d.lastMap = lastMap);
    }

    public AutoregressiveFlow withNetwork(AutoregressiveConditioner.Factory network) {
        return with(d -> d.network = network);
    }

    public AutoregressiveFlow withInputBound(double inputBound) {
        return with(d -> d.inputBound = inputBound);
    }

    public AutoregressiveFlow withOrders(Orders orders) {
        return with(d -> d.orders = orders);
    }

    public AutoregressiveFlow withDirection(Direction direction) {
        return with(d -> d.direction = direction);
    }

    public AutoregressiveFlow withMixing(Mixing mixing) {
        return with(d -> d.mixing = mixing);
    }

    public AutoregressiveFlow withPreparation(Preparation preparation) {
        return with(d -> d.preparation = preparation);
    }

    public AutoregressiveFlow withBase(BaseDistribution base) {
        return with(d -> d.base = base);
    }

    /// ReLU networks with these hidden layers.
    public AutoregressiveFlow withHidden(Integer... hidden) {
        return withNetwork(MaskedMlp.factory(List.of(hidden), Activation.RELU, 0));
    }

    public Flow build() {
        int dim = dependence.dim();
        List<Bijector> parts = new ArrayList<>();
        preparation.addTo(parts, dim);
        SplittableRandom random = new SplittableRandom(dim);
        Dependence now = dependence;
        for (int k = 0; k < layers; k++) {
            boolean last = k == layers - 1;
            Bijector layer = Autoregressive.of(now, contextDim, last && lastMap != null ? lastMap : map, network)
                    .withInputBound(inputBound);
            parts.add(direction == Direction.DENSITY ? layer : new Inverted(layer));
            mixing.addTo(parts, dim, last);
            now = next(now, random);
        }
        return new Flow(new Chain(parts), base);
    }

    private Dependence next(Dependence now, SplittableRandom random) {
        if (!(now instanceof Order order)) {
            return now;
        }
        return switch (orders) {
            case SAME -> order;
            case ALTERNATING -> order.reversed();
            case RANDOM -> Order.random(order.dim(), random).withPasses(order.passes());
        };
    }
}
