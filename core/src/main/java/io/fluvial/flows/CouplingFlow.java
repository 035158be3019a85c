package io.fluvial.flows;

import io.fluvial.BaseDistribution;
import io.fluvial.Bijector;
import io.fluvial.Conditioner;
import io.fluvial.Flow;
import io.fluvial.ScalarBijector;
import io.fluvial.base.StandardNormal;
import io.fluvial.bijector.Chain;
import io.fluvial.bijector.Coupling;
import io.fluvial.bijector.Elementwise;
import io.fluvial.bijector.Mask;
import io.fluvial.nn.Activation;
import io.fluvial.nn.Mlp;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// The options of a flow of coupling layers; [#build] makes the flow.
///
///     [Standardization, whitening LuLinear] → (Coupling → mixing) × layers → base
///
/// @param dim number of features
/// @param contextDim number of conditioning inputs
/// @param layers number of couplings, at least two, so that every feature is moved
/// @param map the scalar map of the couplings
/// @param network makes the conditioners
/// @param inputBound how much of a feature networks see, see [Coupling]; in deviations where the preparation makes them
///     the unit; ∞ for all
/// @param masks which features each coupling moves
/// @param mixing what stands between two couplings
/// @param preparation what stands before the first coupling
/// @param base the base distribution
public record CouplingFlow(
        int dim,
        int contextDim,
        int layers,
        ScalarBijector map,
        Conditioner.Factory network,
        double inputBound,
        Masks masks,
        Mixing mixing,
        Preparation preparation,
        BaseDistribution base) {

    /// Which features a coupling moves; every second coupling moves the others.
    public enum Masks {
        /// Odd features, then even ones, and so on.
        ALTERNATING,
        /// The last half, then the first, and so on.
        HALVES,
        /// A random half, then its complement, then another random half, and so on; always the same for one size.
        RANDOM
    }

    public CouplingFlow {
        if (layers < 2) {
            throw new IllegalArgumentException(
                    "a coupling flow needs at least 2 layers to move every feature, got " + layers);
        }
        if (dim < 1) {
            throw new IllegalArgumentException("a flow needs at least 1 feature, got " + dim);
        }
        if (dim == 1 && contextDim == 0) {
            throw new IllegalArgumentException(
                    "a coupling flow needs at least 2 features or a context: with one feature"
                            + " there is nothing to condition on; build a chain of Elementwise layers instead");
        }
    }

    /// Defaults for this size: alternating masks, LU mixing, whitening, two hidden layers of 64 (256 from 16
    /// features on).
    static CouplingFlow of(int dim, ScalarBijector map) {
        return new CouplingFlow(
                dim,
                0,
                8,
                map,
                Mlp.factory(Flows.hidden(dim), Activation.RELU, 0),
                Flows.INPUT_BOUND,
                Masks.ALTERNATING,
                Mixing.LU_LINEAR,
                Preparation.WHITEN,
                StandardNormal.of(dim));
    }

    public CouplingFlow withContext(int contextDim) {
        return new CouplingFlow(dim, contextDim, layers, map, network, inputBound, masks, mixing, preparation, base);
    }

    public CouplingFlow withLayers(int layers) {
        return new CouplingFlow(dim, contextDim, layers, map, network, inputBound, masks, mixing, preparation, base);
    }

    public CouplingFlow withMap(ScalarBijector map) {
        return new CouplingFlow(dim, contextDim, layers, map, network, inputBound, masks, mixing, preparation, base);
    }

    public CouplingFlow withNetwork(Conditioner.Factory network) {
        return new CouplingFlow(dim, contextDim, layers, map, network, inputBound, masks, mixing, preparation, base);
    }

    /// ReLU networks with these hidden layers.
    public CouplingFlow withHidden(Integer... hidden) {
        return withNetwork(Mlp.factory(List.of(hidden), Activation.RELU, 0));
    }

    public CouplingFlow withInputBound(double inputBound) {
        return new CouplingFlow(dim, contextDim, layers, map, network, inputBound, masks, mixing, preparation, base);
    }

    public CouplingFlow withMasks(Masks masks) {
        return new CouplingFlow(dim, contextDim, layers, map, network, inputBound, masks, mixing, preparation, base);
    }

    public CouplingFlow withMixing(Mixing mixing) {
        return new CouplingFlow(dim, contextDim, layers, map, network, inputBound, masks, mixing, preparation, base);
    }

    public CouplingFlow withPreparation(Preparation preparation) {
        return new CouplingFlow(dim, contextDim, layers, map, network, inputBound, masks, mixing, preparation, base);
    }

    public CouplingFlow withBase(BaseDistribution base) {
        return new CouplingFlow(dim, contextDim, layers, map, network, inputBound, masks, mixing, preparation, base);
    }

    public Flow build() {
        List<Bijector> parts = new ArrayList<>();
        preparation.addTo(parts, dim);
        SplittableRandom random = new SplittableRandom(dim);
        Mask mask = mask(random);
        for (int k = 0; k < layers; k++) {
            parts.add(
                    dim == 1
                            ? Elementwise.conditional(1, contextDim, map, network)
                            : Coupling.of(mask, contextDim, map, network).withInputBound(inputBound));
            boolean second = k % 2 == 1;
            mask = second || dim == 1 ? mask(random) : mask.complement();
            mixing.addTo(parts, dim, k == layers - 1);
        }
        return new Flow(new Chain(parts), base);
    }

    private Mask mask(SplittableRandom random) {
        if (dim == 1) {
            return Mask.of(1, 0);
        }
        return switch (masks) {
            case ALTERNATING -> Mask.alternating(dim, 1);
            case HALVES -> Mask.half(dim, false);
            case RANDOM -> Mask.random(dim, random);
        };
    }
}
