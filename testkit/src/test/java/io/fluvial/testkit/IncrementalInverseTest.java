package io.fluvial.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fluvial.Bijector;
import io.fluvial.Block;
import io.fluvial.Pass;
import io.fluvial.Workspace;
import io.fluvial.bijector.Autoregressive;
import io.fluvial.kernel.Kernels;
import io.fluvial.nn.Activation;
import io.fluvial.nn.AutoregressiveConditioner;
import io.fluvial.nn.MaskedMlp;
import io.fluvial.nn.Order;
import io.fluvial.nn.ResidualMaskedMlp;
import io.fluvial.scalar.Affine;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The network pass of an incremental inverse is, bit for bit, the pass that a forward walk makes at the x found.
class IncrementalInverseTest {

    private static final int LANES = 48;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 6, 21, 63, 200})
    void inverseComputesTheParametersOfAForwardWalk(int dim) {
        SplittableRandom random = new SplittableRandom(dim);
        List<AutoregressiveConditioner.Factory> networks = List.of(
                MaskedMlp.factory(List.of(64, 40), Activation.RELU, 0),
                ResidualMaskedMlp.factory(48, 2, Activation.SILU, 0));
        for (AutoregressiveConditioner.Factory network : networks) {
            for (int passes : new int[] {dim, (dim + 2) / 3}) {
                Order order = Order.random(dim, random).withPasses(passes);
                for (Kernels kernels : ShippedTest.kernels()) {
                    check(Autoregressive.of(order, 2, Affine.bounded(), network), kernels, random);
                }
            }
        }
    }

    private static void check(Bijector layer, Kernels kernels, SplittableRandom random) {
        int dim = layer.dim();
        Workspace w = Workspace.keepingFor(LANES, 2);
        int x = w.rows(dim);
        int y = w.rows(dim);
        Pass pass = layer.place(w, x, y, 0);
        Block block = w.allocate(kernels);
        float[] theta = new float[layer.parameters().size()];
        layer.initialize(theta, 0, random);
        for (int k = 0; k < theta.length; k++) {
            theta[k] += (float) (0.05 * random.nextGaussian());
        }
        block.bind(theta);
        block.begin(LANES);
        float[] d = block.data();
        for (int i = 0; i < dim * LANES; i++) {
            d[y + i] = (float) random.nextGaussian();
        }
        for (int i = 0; i < 2 * LANES; i++) {
            d[block.context() + i] = (float) random.nextGaussian();
        }
        float[] latent = Arrays.copyOfRange(d, y, y + dim * LANES);
        layer.inverse(pass);
        double[] logDet = block.logDet().clone();
        float[] phi = Arrays.copyOfRange(d, pass.buffer(1), pass.buffer(1) + 2 * dim * LANES);
        block.begin(LANES);
        layer.forward(pass);
        assertArrayEquals(phi, Arrays.copyOfRange(d, pass.buffer(1), pass.buffer(1) + phi.length), layer.toString());
        for (int i = 0; i < LANES; i++) {
            // the same log-scales, added in the same order
            assertEquals(logDet[i], block.logDet()[i], 0.0);
        }
        for (int i = 0; i < latent.length; i++) {
            // x = (y − φ₀) / s, then x · s + φ₀: a few roundings of the largest of the three
            assertEquals(latent[i], d[y + i], 8 * 0x1p-23 * (1 + Math.abs(latent[i]) + Math.abs(phiAt(phi, i))));
        }
    }

    /// A bound for φ₀ of any feature in the lane of latent i: the rows are sorted by position, not by feature.
    private static float phiAt(float[] phi, int i) {
        float most = 0;
        for (int k = i % LANES; k < phi.length; k += LANES) {
            most = Math.max(most, Math.abs(phi[k]));
        }
        return most;
    }
}
