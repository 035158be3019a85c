package io.fluvial.bijector;

import io.fluvial.Bijector;
import io.fluvial.Block;
import io.fluvial.Pass;
import io.fluvial.Pullback;
import io.fluvial.Workspace;
import io.fluvial.kernel.Kernels;
import java.util.Arrays;

/// One sample through a layer with given parameters: what a test asks it.
final class OneSample {

    private static final int LANES = 16;

    private final Bijector layer;
    private final int dim;
    private final int x;
    private final int y;
    private final Pass pass;
    private final Block block;
    private final Pullback g;

    OneSample(Bijector layer, float[] theta, float... context) {
        this.layer = layer;
        this.dim = layer.dim();
        Workspace w = Workspace.keepingFor(LANES, layer.contextDim());
        this.x = w.rows(dim);
        this.y = w.rows(dim);
        this.pass = layer.place(w, x, y, 0);
        this.block = w.allocate(Kernels.scalar());
        this.g = Pullback.of(block, layer.contextDim());
        block.bind(theta);
        write(block.context(), context);
    }

    private void write(int at, float[] sample) {
        for (int j = 0; j < sample.length; j++) {
            Arrays.fill(block.data(), at + j * LANES, at + j * LANES + LANES, sample[j]);
        }
    }

    private float[] read(int at) {
        float[] sample = new float[dim];
        for (int j = 0; j < dim; j++) {
            sample[j] = block.data()[at + j * LANES];
        }
        return sample;
    }

    float[] forward(float... sample) {
        block.begin(1);
        write(x, sample);
        layer.forward(pass);
        return read(y);
    }

    float[] inverse(float... latent) {
        block.begin(1);
        write(y, latent);
        layer.inverse(pass);
        return read(x);
    }

    /// Of the last walk.
    double logDet() {
        return block.logDet()[0];
    }

    /// Of ⟨w, y⟩ by the parameters, where the last walk was.
    float[] gradient(float... w) {
        float[] gTheta = new float[block.theta().length];
        g.bind(gTheta);
        g.begin();
        for (int j = 0; j < dim; j++) {
            g.data()[y + j * LANES] = w[j]; // the other lanes have no sample
        }
        layer.forwardVjp(pass, g);
        return gTheta;
    }
}
