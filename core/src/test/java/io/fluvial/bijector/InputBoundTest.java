package io.fluvial.bijector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fluvial.Flow;
import io.fluvial.FlowModel;
import io.fluvial.Parameters;
import io.fluvial.Samples;
import io.fluvial.base.StandardNormal;
import io.fluvial.nn.Activation;
import io.fluvial.nn.MaskedMlp;
import io.fluvial.nn.Order;
import io.fluvial.scalar.Affine;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class InputBoundTest {

    private static final float[] XS = {0, -0f, 1e-30f, 0.5f, -3, 5, 40, -1e6f, 1e19f, -1e30f, Float.MAX_VALUE};

    /// B·q/√(1 + q²) takes four roundings and one in 1/B, each at most half an ulp; twice that for the products of
    /// their errors.
    private static final double TOLERANCE = 2 * 5 * 0x1p-24;

    @Test
    void isTheFormula() {
        float[] d = new float[2 * XS.length];
        System.arraycopy(XS, 0, d, 0, XS.length);
        InputBound.apply(5, d, 0, XS.length, XS.length);
        for (int i = 0; i < XS.length; i++) {
            double q = XS[i] / 5.0;
            double expected = XS[i] / Math.sqrt(1 + q * q);
            assertEquals(expected, d[XS.length + i], TOLERANCE * Math.abs(expected), "x = " + XS[i]);
        }
    }

    @Test
    void infiniteInputsAreSeenAtTheBoundAndNaNStaysNaN() {
        float[] d = {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN, 0, 0, 0};
        InputBound.apply(2, d, 0, 3, 3);
        assertArrayEquals(new float[] {2, -2, Float.NaN}, new float[] {d[3], d[4], d[5]});
    }

    @Test
    void slopesAreFiniteEverywhere() {
        float[] g = new float[2 * XS.length];
        java.util.Arrays.fill(g, XS.length, g.length, 1f);
        InputBound.vjp(5, XS, g, 0, XS.length, XS.length);
        for (int i = 0; i < XS.length; i++) {
            double q = XS[i] / 5.0;
            assertEquals(Math.pow(1 + q * q, -1.5), g[i], 1e-6, "x = " + XS[i]);
        }
    }

    /// The network of the second feature sees 5 of either first feature, so that both layers do the same to it.
    @Test
    void farAwayALayerIsOneFixedMap() {
        float[] near = latent(Affine.bounded(), 5, 1e5f);
        float[] far = latent(Affine.bounded(), 5, 1e7f);
        assertTrue(Float.isFinite(near[1]));
        assertEquals(near[1], far[1]);
        float[] unbounded = latent(Affine.bounded(), Double.POSITIVE_INFINITY, 1e5f);
        assertNotEquals(unbounded[1], latent(Affine.bounded(), Double.POSITIVE_INFINITY, 1e7f)[1]);
    }

    private static float[] latent(Affine map, double bound, float first) {
        Autoregressive layer = Autoregressive.of(
                        Order.natural(2), 0, map, MaskedMlp.factory(List.of(16, 16), Activation.RELU, 0))
                .withInputBound(bound);
        Flow flow = new Flow(layer, StandardNormal.of(2));
        SplittableRandom random = new SplittableRandom(3);
        float[] theta = new float[flow.parameters().size()];
        for (int k = 0; k < theta.length; k++) {
            theta[k] = (float) random.nextDouble(-1, 1);
        }
        FlowModel model = FlowModel.of(flow, Parameters.of(flow.parameters(), theta));
        return model.toLatent(Samples.ofRows(new float[][] {{first, 0.3f}}), Samples.none(1))
                .row(0);
    }
}
