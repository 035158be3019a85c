package io.fluvial.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fluvial.Activations;
import io.fluvial.Block;
import io.fluvial.Pass;
import io.fluvial.Pullback;
import io.fluvial.Workspace;
import io.fluvial.kernel.Kernels;
import java.util.Arrays;

/// A stage on a block of its own: values in, values out, gradients back, everything copied.
///
/// Parameters stand in the middle of a longer array and both ends between guard rows, so that a stage that reads or
/// writes outside of its place is caught: parameters before and after are NaN, guards must keep their value.
final class Probe {

    static final int LANES = 128;

    private static final int BEFORE = 7;
    private static final int AFTER = 5;
    private static final float GUARD = 1.25e30f;

    /// One end, `[dim][count]`, and the sum per lane.
    static final class Image {
        final float[][] values;
        final double[] logDet;

        Image(float[][] values, double[] logDet) {
            this.values = values;
            this.logDet = logDet;
        }
    }

    /// What a pullback left: cotangents of one end and of the context, `[dim][count]`, and of the parameters.
    static final class Gradient {
        final float[][] values;
        final float[][] context;
        final float[] theta;

        Gradient(float[][] values, float[][] context, float[] theta) {
            this.values = values;
            this.context = context;
            this.theta = theta;
        }
    }

    private final Stage stage;
    private final Block block;
    private final Pass pass;
    private final Pullback g;
    private final int x;
    private final int y;
    private final int[] guards;
    private final float[] theta;
    private final int size;
    private int count;

    private Probe(Stage stage, Workspace w, Kernels kernels) {
        this.stage = stage;
        this.size = stage.parameters().size();
        this.guards = new int[3];
        guards[0] = w.rows(1);
        this.x = w.rows(stage.inputs());
        guards[1] = w.rows(1);
        this.y = w.rows(stage.outputs());
        guards[2] = w.rows(1);
        this.pass = stage.place(w, x, y, BEFORE);
        this.block = w.allocate(kernels);
        this.g = Pullback.of(block, stage.contextDim());
        this.theta = new float[BEFORE + size + AFTER];
        Arrays.fill(theta, Float.NaN);
        block.bind(theta);
        for (int guard : guards) {
            Arrays.fill(block.data(), guard, guard + LANES, GUARD);
            Arrays.fill(g.data(), guard, guard + LANES, GUARD);
        }
    }

    static Probe keeping(Stage stage, Kernels kernels) {
        return new Probe(stage, Workspace.keepingFor(LANES, stage.contextDim()), kernels);
    }

    /// Buffers are shared and full of NaN, so that a stage that looks at what it has not written is caught.
    static Probe recomputing(Stage stage, Kernels kernels) {
        Workspace w = Workspace.keepingFor(LANES, stage.contextDim(), Activations.RECOMPUTED);
        Probe probe = new Probe(stage, w, kernels);
        for (float[] buffers : new float[][] {probe.block.data(), probe.g.data()}) {
            Arrays.fill(buffers, Float.NaN);
            for (int guard : probe.guards) {
                Arrays.fill(buffers, guard, guard + LANES, GUARD);
            }
        }
        return probe;
    }

    static Probe transientOn(Stage stage, Kernels kernels) {
        return new Probe(stage, Workspace.transientFor(LANES, stage.contextDim()), kernels);
    }

    Block block() {
        return block;
    }

    Pass pass() {
        return pass;
    }

    Pullback pullback() {
        return g;
    }

    /// What stands at x now.
    float[][] inputs() {
        return read(block.data(), x, stage.inputs());
    }

    Image forward(Point point) {
        load(point, x, point.x);
        stage.forward(pass);
        checkGuards();
        return image(y, stage.outputs());
    }

    /// From the latent end.
    Image inverse(Point point, float[][] latent) {
        load(point, y, latent);
        stage.inverse(pass);
        checkGuards();
        return image(x, stage.inputs());
    }

    private void load(Point point, int at, float[][] values) {
        count = point.count();
        System.arraycopy(point.theta, 0, theta, BEFORE, size);
        block.begin(count);
        write(block.data(), at, values, true);
        write(block.data(), block.context(), point.context, true);
    }

    /// Lanes up to the next granule hold copies of the last sample (values) or zero (cotangents).
    private void write(float[] to, int at, float[][] rows, boolean copyLast) {
        for (int j = 0; j < rows.length; j++) {
            int row = at + j * LANES;
            System.arraycopy(rows[j], 0, to, row, count);
            Arrays.fill(to, row + count, row + block.active(), copyLast ? rows[j][count - 1] : 0f);
        }
    }

    private Image image(int at, int rows) {
        return new Image(read(block.data(), at, rows), Arrays.copyOf(block.logDet(), count));
    }

    private float[][] read(float[] from, int at, int rows) {
        float[][] values = new float[rows][];
        Arrays.setAll(values, j -> Arrays.copyOfRange(from, at + j * LANES, at + j * LANES + count));
        return values;
    }

    /// After a walk in either direction: (gY, gℓ) back to gX.
    Gradient forwardVjp(float[][] gY, float[] gLogDet) {
        return forwardVjp(gY, gLogDet, new float[size], true);
    }

    /// The same, with parameter cotangents added to what `start` holds, or asked for not at all.
    Gradient forwardVjp(float[][] gY, float[] gLogDet, float[] start, boolean wanted) {
        float[] gTheta = begin(gLogDet, start, wanted);
        write(g.data(), y, gY, false);
        stage.forwardVjp(pass, g);
        return gradient(x, stage.inputs(), gTheta);
    }

    /// After a walk in either direction: (gX, gℓ) back to gY.
    Gradient inverseVjp(float[][] gX, float[] gLogDet) {
        return inverseVjp(gX, gLogDet, new float[size], true);
    }

    Gradient inverseVjp(float[][] gX, float[] gLogDet, float[] start, boolean wanted) {
        float[] gTheta = begin(gLogDet, start, wanted);
        write(g.data(), x, gX, false);
        stage.inverseVjp(pass, g);
        return gradient(y, stage.outputs(), gTheta);
    }

    private float[] begin(float[] gLogDet, float[] start, boolean wanted) {
        float[] gTheta = new float[theta.length];
        Arrays.fill(gTheta, GUARD);
        System.arraycopy(start, 0, gTheta, BEFORE, size);
        g.bind(wanted ? gTheta : null);
        Arrays.fill(g.gLogDet(), 0f);
        System.arraycopy(gLogDet, 0, g.gLogDet(), 0, count);
        g.begin();
        return gTheta;
    }

    private Gradient gradient(int at, int rows, float[] gTheta) {
        checkGuards();
        for (int k = 0; k < gTheta.length; k++) {
            if (k < BEFORE || k >= BEFORE + size) {
                assertEquals(GUARD, gTheta[k], "a pullback wrote a parameter cotangent outside of its own slice");
            }
        }
        return new Gradient(
                read(g.data(), at, rows),
                read(g.data(), block.context(), stage.contextDim()),
                Arrays.copyOfRange(gTheta, BEFORE, BEFORE + size));
    }

    private void checkGuards() {
        for (int guard : guards) {
            for (int i = guard; i < guard + LANES; i++) {
                if (block.data()[i] != GUARD || g.data()[i] != GUARD) {
                    throw new AssertionError("a row next to x or y was written to: an offset is wrong");
                }
            }
        }
    }
}
