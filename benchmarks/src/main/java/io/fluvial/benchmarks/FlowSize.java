package io.fluvial.benchmarks;

import io.fluvial.Flow;
import io.fluvial.Samples;
import io.fluvial.flows.AutoregressiveFlow;
import io.fluvial.flows.CouplingFlow;
import io.fluvial.flows.Flows;
import io.fluvial.flows.Mixing;
import io.fluvial.flows.Preparation;
import java.util.Random;

/// The sizes of the speed tables, for plain flows as other libraries build them – nothing between the
/// layers, data as they come – so that the same work is compared.
public enum FlowSize {
    D6_W64(6, 5, 64, 256),
    D10_W64(10, 5, 64, 256),
    D21_W128(21, 5, 128, 256),
    D43_W256(43, 10, 256, 512),
    D63_W512(63, 10, 512, 512),
    D200_W256(200, 5, 256, 256);

    /// The families of the speed tables; splines have 8 bins.
    public enum Family {
        REAL_NVP("realnvp", true),
        MAF("maf", true),
        NSF_COUPLING("nsf", false),
        NSF_AUTOREGRESSIVE("nsf-ar", false);

        private final String flow;
        private final boolean affine;

        Family(String flow, boolean affine) {
            this.flow = flow;
            this.affine = affine;
        }

        /// Its name on the command line.
        public String flow() {
            return flow;
        }

        /// Whether its work is the products of its networks and little else.
        public boolean affine() {
            return affine;
        }
    }

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

    public int dim() {
        return dim;
    }

    public int layers() {
        return layers;
    }

    public int width() {
        return width;
    }

    public int batch() {
        return batch;
    }

    public Flow flow(Family family) {
        return switch (family) {
            case REAL_NVP -> plain(Flows.realNvpWith(dim));
            case NSF_COUPLING -> plain(Flows.nsfCouplingWith(dim));
            case MAF -> plain(Flows.mafWith(dim));
            case NSF_AUTOREGRESSIVE -> plain(Flows.nsfAutoregressiveWith(dim));
        };
    }

    private Flow plain(CouplingFlow flow) {
        return flow.withLayers(layers)
                .withHidden(width, width)
                .withInputBound(Double.POSITIVE_INFINITY)
                .withMixing(Mixing.NONE)
                .withPreparation(Preparation.NONE)
                .build();
    }

    private Flow plain(AutoregressiveFlow flow) {
        return flow.withLayers(layers)
                .withHidden(width, width)
                .withInputBound(Double.POSITIVE_INFINITY)
                .withMixing(Mixing.NONE)
                .withPreparation(Preparation.NONE)
                .build();
    }

    /// Standard normal samples.
    public Samples samples(int count) {
        return samples(dim, count);
    }

    /// Standard normal samples of `dim` features.
    public static Samples samples(int dim, int count) {
        Random random = new Random(1);
        float[][] columns = new float[dim][count];
        for (float[] column : columns) {
            for (int i = 0; i < count; i++) {
                column[i] = (float) random.nextGaussian();
            }
        }
        return Samples.wrap(columns);
    }

    /// Floating-point operations of one sample's forward pass, the products of the networks alone: two for every weight
    /// that a mask leaves. A training step has three such products, forward, for the inputs and for the weights.
    public double flops(Family family) {
        return flops(flow(family));
    }

    /// The same of any flow.
    public static double flops(Flow flow) {
        return flow.parameters().slices().stream()
                .filter(slice -> slice.name().endsWith(".weight"))
                .mapToDouble(slice -> 2.0 * slice.size())
                .sum();
    }

    /// All parameters random and small, so that no layer is the identity.
    public float[] randomParameters(Family family) {
        return randomParameters(flow(family));
    }

    /// The same of any flow.
    public static float[] randomParameters(Flow flow) {
        Random random = new Random(2);
        float[] theta = flow.initialize(1).toArray();
        for (int i = 0; i < theta.length; i++) {
            theta[i] += (float) (0.01 * random.nextGaussian());
        }
        return theta;
    }
}
