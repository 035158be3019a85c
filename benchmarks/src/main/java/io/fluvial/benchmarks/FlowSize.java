package io.fluvial.benchmarks;

import io.fluvial.Flow;
import io.fluvial.Samples;
import io.fluvial.flows.Flows;
import io.fluvial.flows.Mixing;
import io.fluvial.flows.Preparation;
import java.util.Random;

/// The flows of the speed tables: plain Real NVP as other libraries build it – alternating masks, nothing between the
/// couplings, data as they come – so that the same work is compared.
public enum FlowSize {
    D10_W64(10, 5, 64, 256),
    D43_W256(43, 10, 256, 512),
    D63_W512(63, 10, 512, 512);

    private final int dim;
    private final int layers;
    private final int width;
    private final int batch;

    FlowSize(int dim, int layers, int width, int batch) {
        this.dim = dim;
        this.layers = layers;
        this.width = width;
        this.batch = batch;
    }

    public int batch() {
        return batch;
    }

    public Flow flow() {
        return Flows.realNvpWith(dim)
                .withLayers(layers)
                .withHidden(width, width)
                .withMixing(Mixing.NONE)
                .withPreparation(Preparation.NONE)
                .build();
    }

    /// Standard normal samples.
    public Samples samples(int count) {
        Random random = new Random(1);
        float[][] columns = new float[dim][count];
        for (float[] column : columns) {
            for (int i = 0; i < count; i++) {
                column[i] = (float) random.nextGaussian();
            }
        }
        return Samples.wrap(columns);
    }

    /// Multiply-adds of one forward pass of one sample, the products alone, times two: floating-point operations.
    public double flops() {
        int moved = dim / 2;
        double perLayer = (double) (dim - moved) * width + (double) width * width + (double) width * 2 * moved;
        return 2 * layers * perLayer;
    }

    /// All parameters random and small, so that no layer is the identity.
    public float[] randomParameters() {
        Random random = new Random(2);
        float[] theta = flow().initialize(1).toArray();
        for (int i = 0; i < theta.length; i++) {
            theta[i] += (float) (0.01 * random.nextGaussian());
        }
        return theta;
    }
}
