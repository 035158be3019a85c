package io.fluvial.testkit;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fluvial.Bijector;
import io.fluvial.Block;
import io.fluvial.Conditioner;
import io.fluvial.Flow;
import io.fluvial.FlowModel;
import io.fluvial.ParameterLayout;
import io.fluvial.Parameters;
import io.fluvial.Samples;
import io.fluvial.Workspace;
import io.fluvial.base.StandardNormal;
import io.fluvial.bijector.ActNorm;
import io.fluvial.bijector.Chain;
import io.fluvial.bijector.Coupling;
import io.fluvial.bijector.Elementwise;
import io.fluvial.bijector.Inverted;
import io.fluvial.bijector.LuLinear;
import io.fluvial.bijector.Mask;
import io.fluvial.bijector.Permutation;
import io.fluvial.bijector.Standardization;
import io.fluvial.flows.Flows;
import io.fluvial.kernel.Kernels;
import io.fluvial.nn.Activation;
import io.fluvial.nn.FreeParameters;
import io.fluvial.nn.Mlp;
import io.fluvial.nn.ResidualMlp;
import io.fluvial.scalar.Affine;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// Mistakes at the public doors, and what they are told.
class RefusalsTest {

    private static final Conditioner.Factory NET = Mlp.factory(List.of(4), Activation.RELU, 0);

    private static Coupling coupling(int dim, int parity) {
        return Coupling.of(Mask.alternating(dim, parity), 0, Affine.bounded(), NET);
    }

    private static Flow flow(Bijector... parts) {
        return new Flow(Chain.of(parts), StandardNormal.of(parts[0].dim()));
    }

    private static void refused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    private static final String ADVICE =
            ": alternate the masks or permute between couplings so that every feature is moved at least once";

    // ---- features that no layer transforms
    // ---------------------------------------------------------------------------

    @Test
    void featuresThatNoCouplingMovesAreNamed() {
        refused("no layer transforms feature 1, feature 3" + ADVICE, () -> flow(coupling(4, 0), coupling(4, 0)));
        refused("no layer transforms feature 0, feature 2" + ADVICE, () -> flow(new ActNorm(4), coupling(4, 1)));
        assertDoesNotThrow(() -> flow(coupling(4, 0), coupling(4, 1)));
    }

    @Test
    void alternatingTwiceMakesUpForNothing() {
        // masks alternate and so does the order: both couplings move the same features
        refused(
                "no layer transforms feature 1, feature 3" + ADVICE,
                () -> flow(coupling(4, 0), Permutation.reverse(4), coupling(4, 1)));
        refused(
                "no layer transforms feature 0, feature 2" + ADVICE,
                () -> flow(coupling(4, 1), Permutation.rotation(4, 1), coupling(4, 0)));
        assertDoesNotThrow(() -> flow(coupling(4, 0), Permutation.reverse(4), coupling(4, 0)));
    }

    @Test
    void permutationsAreFollowedThroughInvertedLayers() {
        Permutation shift = Permutation.rotation(3, 1);
        Coupling first = Coupling.of(Mask.of(3, 0), 0, Affine.bounded(), NET);
        // y₀ = x₁ by the shift, x₂ by its inverse
        refused("no layer transforms feature 2" + ADVICE, () -> flow(first, shift, first));
        refused("no layer transforms feature 1" + ADVICE, () -> flow(first, new Inverted(shift), first));
        refused("no layer transforms feature 2" + ADVICE, () -> flow(first, new Inverted(new Inverted(shift)), first));
        refused("no layer transforms feature 1" + ADVICE, () -> flow(new Inverted(Chain.of(first, shift, first))));
        refused(
                "no layer transforms feature 2" + ADVICE,
                () -> flow(new Inverted(new Inverted(Chain.of(first, shift, first)))));
    }

    @Test
    void fullLayersAndFlowsWithoutCouplingsPass() {
        assertDoesNotThrow(() -> flow(coupling(4, 0), LuLinear.of(4)));
        assertDoesNotThrow(() -> flow(new Standardization(4)));
        assertDoesNotThrow(() -> flow(coupling(4, 0), Elementwise.of(4, Affine.bounded())));
    }

    // ---- shapes
    // ------------------------------------------------------------------------------------------------------

    @Test
    void partsOfAFlowMustFit() {
        refused(
                "the bijector has 2 features, the base distribution 3",
                () -> new Flow(LuLinear.of(2), StandardNormal.of(3)));
        refused("part 1 has 3 features, part 0 has 2", () -> Chain.of(LuLinear.of(2), LuLinear.of(3)));
        refused("a chain needs at least one bijector", () -> Chain.of());
        refused(
                "part 2 expects 3 context columns, an earlier part 1",
                () -> Chain.of(
                        Elementwise.conditional(2, 1, Affine.bounded(), NET),
                        LuLinear.of(2),
                        Elementwise.conditional(2, 3, Affine.bounded(), NET)));
    }

    @Test
    void networksMustFitTheirLayer() {
        refused(
                "the conditioner maps 2 to 2, this coupling needs 3 (identity features and context) to 4"
                        + " (moved features times parameters)",
                () -> new Coupling(
                        Mask.alternating(4, 0), 1, Affine.bounded(), Mlp.of(2, 2, 4), Double.POSITIVE_INFINITY));
        refused(
                "inputBound must be positive (infinite for none), got 0.0",
                () -> Coupling.of(Mask.alternating(4, 0), 1, Affine.bounded(), NET)
                        .withInputBound(0));
        refused(
                "inputBound must be positive (infinite for none), got NaN",
                () -> Flows.mafWith(3).withInputBound(Double.NaN).build());
        refused(
                "the conditioner maps 2 to 4, this layer needs 1 (context) to 4 (features times parameters)",
                () -> new Elementwise(2, 1, Affine.bounded(), Mlp.of(2, 4, 4)));
        refused(
                "the mask moves every feature and there is no context: nothing is left to condition on; use Elementwise",
                () -> Coupling.of(Mask.of(2, 0, 1), 0, Affine.bounded(), NET));
        refused(
                "the mask moves every feature and there is no context: nothing is left to condition on; use Elementwise",
                () -> Coupling.of(Mask.of(2, 0, 1), 0, Affine.bounded(), FreeParameters::new));
    }

    @Test
    void networksNeedSizes() {
        refused("a network needs at least 1 input, got 0; without inputs use FreeParameters", () -> Mlp.of(0, 1, 4));
        refused("a network needs at least 1 output, got 0", () -> ResidualMlp.of(1, 0, 4, 1));
        refused("hidden widths must be a list of at least one positive number, got []", () -> Mlp.of(1, 1));
        refused("hidden widths must be a list of at least one positive number, got [4, 0]", () -> Mlp.of(1, 1, 4, 0));
        refused(
                "a residual network needs a positive width and at least one block, got 4 and 0",
                () -> ResidualMlp.of(1, 1, 4, 0));
        refused("dropout must be in [0, 1), got 1.0", () -> Mlp.of(1, 1, 4).withDropout(1));
        refused("sizes must not be negative: 0, -1", () -> FreeParameters.of(-1));
    }

    @Test
    void layersNeedAFeature() {
        refused("a layer needs at least 1 feature, got 0", () -> new ActNorm(0));
        refused("a layer needs at least 1 feature, got -2", () -> new Standardization(-2));
        refused("a layer needs at least 1 feature, got 0", () -> LuLinear.of(0));
        refused("a layer needs at least 1 feature, got 0", () -> Elementwise.of(0, Affine.bounded()));
        refused("a layer needs at least 1 feature, got 0", () -> Permutation.of());
        refused("a distribution needs at least 1 feature, got 0", () -> StandardNormal.of(0));
        refused("contextDim must not be negative, got -1", () -> Coupling.of(Mask.of(3, 0), -1, Affine.bounded(), NET));
        refused("contextDim must not be negative, got -1", () -> Elementwise.conditional(2, -1, Affine.bounded(), NET));
    }

    @Test
    void masksAndPermutationsNameTheirFeatures() {
        refused("a mask over 3 features must move some of 0 … 2, got [0, 3]", () -> Mask.of(3, 0, 3));
        refused("a mask over 3 features must move some of 0 … 2, got []", () -> Mask.of(3));
        refused("a mask over 3 features must move some of 0 … 2, got [-1]", () -> Mask.of(3, -1));
        refused("a permutation of 3 features names each of them once, got [0, 1, 1]", () -> Permutation.of(0, 1, 1));
    }

    // ---- data
    // --------------------------------------------------------------------------------------------------------

    @Test
    void samplesMustBeRectangular() {
        refused("row 1 has 1 values, row 0 has 2", () -> Samples.ofRows(new float[][] {{1, 2}, {3}}));
        refused("column 1 has 1 values, column 0 has 2", () -> Samples.ofColumns(new float[] {1, 2}, new float[1]));
    }

    @Test
    void rangesStayWithinTheSamples() {
        Samples three = Samples.ofColumns(new float[] {1, 2, 3});
        refused("samples 1 … 4 were asked for, there are 3", () -> three.range(1, 5));
        refused("samples 2 … 0 were asked for, there are 3", () -> three.range(2, 1));
        assertEquals(0, three.range(3, 3).count());
    }

    @Test
    void contextMustFitTheFlow() {
        Flow flow = new Flow(Elementwise.conditional(2, 3, Affine.bounded(), NET), StandardNormal.of(2));
        FlowModel model = FlowModel.of(flow, flow.initialize(1));
        refused(
                "context has 0 columns, the flow expects 3 (contextDim)",
                () -> model.logProb(Samples.ofRows(new float[][] {{1, 2}})));
        refused("threads must be at least 1, got 0", () -> model.withThreads(0));
    }

    @Test
    void parametersMustFitTheFlow() {
        Flow two = flow(LuLinear.of(2));
        Flow three = flow(LuLinear.of(3));
        refused(
                "the parameters belong to another flow: 12 values, this flow has 6",
                () -> FlowModel.of(two, three.initialize(1)));
        ParameterLayout layout = two.parameters();
        refused("the layout has 6 parameters, the array 5", () -> Parameters.of(layout, new float[5]));
    }

    @Test
    void blocksHoldWhatTheyHold() {
        refused("lanes must be a positive multiple of 16, not 20", () -> Workspace.keepingFor(20, 0));
        Block block = Workspace.keepingFor(16, 0).allocate(Kernels.scalar());
        refused("block holds 1 to 16 samples, not 0", () -> block.begin(0));
        refused("block holds 1 to 16 samples, not 17", () -> block.begin(17));
    }
}
