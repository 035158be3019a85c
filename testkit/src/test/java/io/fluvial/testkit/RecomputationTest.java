package io.fluvial.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.fluvial.Activations;
import io.fluvial.Bijector;
import io.fluvial.Block;
import io.fluvial.Conditioner;
import io.fluvial.Flow;
import io.fluvial.FlowPass;
import io.fluvial.Noise;
import io.fluvial.Pullback;
import io.fluvial.Samples;
import io.fluvial.base.StandardNormal;
import io.fluvial.bijector.Autoregressive;
import io.fluvial.bijector.Chain;
import io.fluvial.bijector.Coupling;
import io.fluvial.bijector.Inverted;
import io.fluvial.bijector.LuLinear;
import io.fluvial.bijector.Mask;
import io.fluvial.kernel.Kernels;
import io.fluvial.nn.Activation;
import io.fluvial.nn.MaskedMlp;
import io.fluvial.nn.Mlp;
import io.fluvial.nn.Order;
import io.fluvial.scalar.Affine;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Memory of a deep chain that computes its hidden values again, and dropout in it. That its gradients are those of a
/// chain that keeps everything is in the contracts of bijectors and flows.
class RecomputationTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final int DIM = 4;
    private static final int LANES = 128;

    private static Flow couplings(int layers) {
        List<Bijector> parts = new ArrayList<>();
        for (int k = 0; k < layers; k++) {
            parts.add(Coupling.of(
                    Mask.alternating(DIM, k % 2),
                    0,
                    Affine.bounded(),
                    Mlp.factory(List.of(64, 64), Activation.RELU, 0)));
        }
        return new Flow(new Chain(parts), StandardNormal.of(DIM));
    }

    private static FlowPass pass(int layers, Activations activations) {
        return FlowPass.keepingFor(couplings(layers), LANES, activations, Kernels.scalar());
    }

    /// The block, and with it its cotangents, is as large for 500 layers as for 5.
    @Test
    void sharedBuffersDoNotGrowWithDepth() {
        int few = pass(5, Activations.RECOMPUTED).block().data().length;
        assertEquals(few, pass(500, Activations.RECOMPUTED).block().data().length);
        assertTrue(pass(5, Activations.KEPT).block().data().length > 4 * few);
    }

    /// Everything that is allocated for one layer more, with what is garbage once it is placed (some 10 kB): with
    /// hidden values 2 · (128 + 14) rows of 128 floats; else 4 rows, its input.
    @Test
    void layersCostTheirInputs() {
        long recomputed = (bytes(500, Activations.RECOMPUTED) - bytes(50, Activations.RECOMPUTED)) / 450;
        long kept = (bytes(50, Activations.KEPT) - bytes(5, Activations.KEPT)) / 45;
        assertTrue(recomputed < 20_000, () -> "bytes per layer: " + recomputed);
        assertTrue(kept > 2 * 142 * LANES * Float.BYTES, () -> "bytes per layer that keeps: " + kept);
    }

    private static long bytes(int layers, Activations activations) {
        Flow flow = couplings(layers);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        FlowPass pass = FlowPass.keepingFor(flow, LANES, activations, Kernels.scalar());
        Pullback g = Pullback.of(pass.block(), 0);
        long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertEquals(pass.block().data().length, g.data().length);
        return bytes;
    }

    /// Layers with dropout, alone, in a chain in the chain and the other way round.
    private static Flow dropping() {
        Conditioner.Factory mlp = Mlp.factory(List.of(16, 16), Activation.RELU, 0.5);
        Order order = Order.of(2, 0, 3, 1);
        Bijector masked =
                Autoregressive.of(order, 0, Affine.bounded(), MaskedMlp.factory(List.of(16), Activation.TANH, 0.5));
        return new Flow(
                Chain.of(
                        Coupling.of(Mask.alternating(DIM, 0), 0, Affine.bounded(), mlp),
                        LuLinear.of(DIM),
                        Chain.of(masked, Coupling.of(Mask.alternating(DIM, 1), 0, Affine.bounded(), mlp)),
                        new Inverted(Chain.of(masked, LuLinear.of(DIM)))),
                StandardNormal.of(DIM));
    }

    private static float[] gradient(Flow flow, Activations activations, long seed) {
        int count = 100;
        SplittableRandom random = new SplittableRandom(1);
        float[][] x = new float[DIM][count];
        float[] theta = flow.initialize(1).toArray();
        for (float[] column : x) {
            for (int i = 0; i < count; i++) {
                column[i] = (float) random.nextGaussian();
            }
        }
        for (int k = 0; k < theta.length; k++) {
            theta[k] += (float) (0.1 * random.nextGaussian());
        }
        FlowPass pass = FlowPass.keepingFor(flow, LANES, activations, Kernels.best());
        Block block = pass.block();
        Pullback g = Pullback.of(block, 0);
        float[] gradient = new float[theta.length];
        block.bind(theta);
        g.bind(gradient);
        Noise noise = new Noise();
        noise.start(seed);
        block.noise(noise);
        pass.load(Samples.wrap(x), Samples.none(count), 0, count);
        pass.logProb();
        Arrays.fill(g.gLogDet(), 0, count, 1f);
        pass.logProbVjp(g);
        return gradient;
    }

    @Test
    void masksAreTheSameWhenALayerIsComputedAgain() {
        Flow flow = dropping();
        float[] kept = gradient(flow, Activations.KEPT, 5);
        assertArrayEquals(kept, gradient(flow, Activations.RECOMPUTED, 5));
        assertTrue(!Arrays.equals(kept, gradient(flow, Activations.RECOMPUTED, 6)), "masks have no influence");
    }

    /// The hot path makes no garbage under this policy either.
    @Test
    void nothingIsAllocatedOnceWarm() {
        Flow flow = couplings(4);
        FlowPass pass = FlowPass.keepingFor(flow, 16, Activations.RECOMPUTED, Kernels.scalar());
        Pullback g = Pullback.of(pass.block(), 0);
        pass.block().bind(flow.initialize(1).toArray());
        g.bind(new float[flow.parameters().size()]);
        Samples x = Samples.wrap(new float[DIM][16]);
        pass.load(x, Samples.none(16), 0, 16);
        double bytes = Allocation.bytesPerRun(() -> {
            pass.logProb();
            pass.logProbVjp(g);
        });
        assertEquals(0, bytes, "bytes per walk and pullback");
    }
}
