package io.fluvial.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fluvial.Conditional;
import io.fluvial.Flow;
import io.fluvial.FlowModel;
import io.fluvial.Marginal;
import io.fluvial.ParameterLayout;
import io.fluvial.Parameters;
import io.fluvial.Samples;
import io.fluvial.base.StandardNormal;
import io.fluvial.bijector.Autoregressive;
import io.fluvial.bijector.Chain;
import io.fluvial.bijector.Inverted;
import io.fluvial.bijector.Standardization;
import io.fluvial.flows.Flows;
import io.fluvial.nn.Activation;
import io.fluvial.nn.Adjacency;
import io.fluvial.nn.MaskedMlp;
import io.fluvial.nn.Order;
import io.fluvial.scalar.Affine;
import io.fluvial.scalar.SinhArcsinh;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Exact answers of flows whose layers keep one order, against integrals of the full density.
class SameOrderTest {

    private static final SplittableRandom RANDOM = new SplittableRandom(5);

    /// Terms of float arithmetic, summed in double: each of the three layers' terms is good to a few roundings of its
    /// size.
    private static final double RELATIVE = 1e-5;

    /// A smooth stack of three features in the order 2, 0, 1, one layer of it inverted.
    private static FlowModel model() {
        Order order = Order.of(2, 0, 1);
        MaskedMlp.Factory tanh = MaskedMlp.factory(List.of(16, 16), Activation.TANH, 0);
        Flow flow = new Flow(
                Chain.of(
                        new Standardization(3),
                        Autoregressive.of(order, 0, SinhArcsinh.bounded(), tanh),
                        new Inverted(Autoregressive.of(order, 0, Affine.bounded(), tanh))),
                StandardNormal.of(3));
        return randomised(flow);
    }

    private static FlowModel randomised(Flow flow) {
        ParameterLayout layout = flow.parameters();
        float[] theta = flow.initialize(1).toArray();
        SplittableRandom random = new SplittableRandom(7);
        for (ParameterLayout.Slice slice : layout.slices()) {
            for (int k = slice.offset(); slice.trainable() && k < slice.offset() + slice.size(); k++) {
                theta[k] += (float) (0.2 * random.nextGaussian());
            }
        }
        return FlowModel.of(flow, Parameters.of(layout, theta));
    }

    private static Samples points(int dim, int count) {
        float[][] columns = new float[dim][count];
        for (float[] column : columns) {
            for (int i = 0; i < count; i++) {
                column[i] = (float) RANDOM.nextGaussian();
            }
        }
        return Samples.wrap(columns);
    }

    /// All nodes with some features fixed: `features` run over the nodes, in their order, the others stay at x.
    private static Samples with(Samples nodes, int[] features, float[] x) {
        float[][] columns = new float[x.length][nodes.count()];
        for (int j = 0; j < x.length; j++) {
            java.util.Arrays.fill(columns[j], x[j]);
        }
        for (int k = 0; k < features.length; k++) {
            columns[features[k]] = nodes.column(k);
        }
        return Samples.wrap(columns);
    }

    @Test
    void marginalOfTheFirstIsTheIntegralOverTheOthers() {
        FlowModel model = model();
        Marginal marginal = model.marginal(2);
        Quadrature quadrature = Quadrature.of(Domain.real(), 2);
        for (float value : new float[] {-1.2f, 1.7f}) {
            float[] x = {0, 0, value};
            double[] joint = model.logProb(with(Samples.wrap(quadrature.points()), new int[] {0, 1}, x));
            double exact = marginal.logProb(Samples.ofRows(new float[][] {{value}}))[0];
            assertEquals(Math.log(quadrature.mass(joint)), exact, 1e-4);
        }
    }

    @Test
    void marginalOfTheFirstTwoIsTheIntegralOverTheLast() {
        FlowModel model = model();
        Marginal marginal = model.marginal(0, 2);
        Quadrature quadrature = Quadrature.of(Domain.real(), 1);
        Samples points = points(3, 10);
        for (int i = 0; i < points.count(); i++) {
            float[] x = points.row(i);
            double[] joint = model.logProb(with(Samples.wrap(quadrature.points()), new int[] {1}, x));
            double exact = marginal.logProb(Samples.ofRows(new float[][] {{x[0], x[2]}}))[0];
            assertEquals(Math.log(quadrature.mass(joint)), exact, 1e-4);
        }
    }

    @Test
    void conditionalIntegratesToOneAndIsTheQuotient() {
        FlowModel model = model();
        Conditional conditional = model.conditional(2);
        Quadrature quadrature = Quadrature.of(Domain.real(), 2);
        float[] x = {0.3f, -0.4f, 0.9f};
        Samples nodes = with(Samples.wrap(quadrature.points()), new int[] {0, 1}, x);
        assertEquals(1, quadrature.mass(conditional.logProb(nodes)), 1e-4);
        Samples point = Samples.ofRows(new float[][] {x});
        double quotient =
                model.logProb(point)[0] - model.marginal(2).logProb(Samples.ofRows(new float[][] {{x[2]}}))[0];
        assertEquals(quotient, conditional.logProb(point)[0], RELATIVE * (1 + Math.abs(quotient)));
    }

    @Test
    void termsAddUpToTheLogDensity() {
        for (FlowModel model : List.of(model(), randomised(Flows.sameOrder(7)))) {
            Samples x = points(model.dim(), 300);
            double[] whole = model.logProb(x);
            double[][] terms = model.logProbTerms(x, Samples.none(x.count()));
            for (int i = 0; i < whole.length; i++) {
                double sum = 0;
                for (double[] term : terms) {
                    sum += term[i];
                }
                assertEquals(whole[i], sum, RELATIVE * (1 + Math.abs(whole[i])));
            }
        }
    }

    /// n = 20 000, x₁ given (x₂, x₀): Kolmogorov distance to the exact conditional distribution function; false alarm
    /// 1e-6 at 2.7 / √n.
    @Test
    @Tag("statistical")
    void conditionalSamplesFollowTheConditionalDensity() {
        FlowModel model = model();
        int n = 20_000;
        float[][] given = new float[2][n];
        java.util.Arrays.fill(given[0], 0.5f);
        java.util.Arrays.fill(given[1], -0.7f);
        Samples drawn = model.conditional(2, 0).sample(Samples.wrap(given), 11);
        assertArrayEquals(given[0], drawn.column(2), "what is given comes back as it was");
        assertArrayEquals(given[1], drawn.column(0));
        float[] sorted = drawn.column(1);
        java.util.Arrays.sort(sorted);
        Quadrature quadrature = Quadrature.of(Domain.real(), 1);
        float[] x = {-0.7f, 0, 0.5f};
        Samples nodes = Samples.wrap(quadrature.points());
        double[] density = model.conditional(2, 0).logProb(with(nodes, new int[] {1}, x));
        double[] cdf = quadrature.cumulative(density);
        double most = 0;
        for (int k = 0; k < nodes.count(); k++) {
            int below = java.util.Arrays.binarySearch(sorted, nodes.get(k, 0));
            below = below < 0 ? -below - 1 : below;
            most = Math.max(most, Math.abs(cdf[k] - (double) below / n));
        }
        assertTrue(most < 2.7 / Math.sqrt(n), "distance " + most);
    }

    @Test
    void aBayesianNetworkAnswersForAncestralSets() {
        Adjacency v = Adjacency.of(List.of(List.of(), List.of(), List.of(0, 1)));
        Flow flow = Flows.sameOrderWith(3)
                .withMap(Affine.bounded())
                .withDependence(v)
                .build();
        FlowModel model = randomised(flow);
        double[][] terms = model.logProbTerms(Samples.ofRows(new float[][] {{1, 2, 3}}), Samples.none(1));
        assertEquals(
                terms[1][0], model.marginal(1).logProb(Samples.ofRows(new float[][] {{2}}))[0], 0.0, "no look at 0");
        String message = assertThrows(IllegalArgumentException.class, () -> model.marginal(2))
                .getMessage();
        assertEquals(
                "feature 2 depends on {0, 1}, which are not among [2]: exact answers need all of them; with a common"
                        + " order, take its first features",
                message);
    }

    @Test
    void flowsThatMixAreRefusedWithTheReason() {
        FlowModel model = randomised(Flows.maf(3));
        String message = assertThrows(IllegalArgumentException.class, () -> model.marginal(0))
                .getMessage();
        assertEquals(
                "features 0 and 1 depend on each other in this flow: exact terms, marginals and conditionals need layers"
                        + " that all keep one order and nothing that mixes between, as in Flows.sameOrder",
                message);
        assertThrows(IllegalArgumentException.class, () -> model().conditional(0, 1, 2));
        assertThrows(IllegalArgumentException.class, () -> model().marginal(2, 2));
        assertThrows(IllegalArgumentException.class, () -> model().marginal(3));
    }
}
