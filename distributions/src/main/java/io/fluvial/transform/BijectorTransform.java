package io.fluvial.transform;

import io.fluvial.Bijector;
import io.fluvial.Block;
import io.fluvial.Parameters;
import io.fluvial.Pass;
import io.fluvial.Pullback;
import io.fluvial.Workspace;
import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Each;
import io.fluvial.kernel.Kernels;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Objects;

/// A layer of a flow, or a whole chain of them, with its numbers as a transform: y = f(x) is the layer's `forward`,
/// from
/// data to latent. For a distribution of data take `inverted()`:
///
///     TransformedDistribution.of(base, BijectorTransform.of(chain, parameters).inverted())
///
/// In float precision, one event at a time; safe to share among threads. Layers with context are not taken.
public final class BijectorTransform implements Transform {

    private final Bijector bijector;
    private final Parameters parameters;
    private final Constraint domain;
    private final Constraint codomain;
    private final float[] theta;
    private final Deque<Stage> idle = new ArrayDeque<>();

    private BijectorTransform(Bijector bijector, Parameters parameters, Constraint domain, Constraint codomain) {
        if (bijector.contextDim() != 0) {
            throw new IllegalArgumentException("the bijector expects " + bijector.contextDim()
                    + " context columns; a transform has none: see FlowDistribution.given");
        }
        if (!bijector.parameters().equals(parameters.layout())) {
            throw new IllegalArgumentException("the parameters belong to another bijector: " + parameters.size()
                    + " values, this one has " + bijector.parameters().size());
        }
        this.bijector = bijector;
        this.parameters = parameters;
        this.domain = domain;
        this.codomain = codomain;
        this.theta = parameters.toArray();
        Transform.checkSize("the domain", new double[domain.shape().size()], codomain.shape());
        Transform.checkSize("the bijector", new double[bijector.dim()], codomain.shape());
    }

    /// Between vectors of finite numbers.
    public static BijectorTransform of(Bijector bijector, Parameters parameters) {
        Constraint real = Each.real(bijector.dim());
        return new BijectorTransform(bijector, parameters, real, real);
    }

    /// Of a bijector that lives elsewhere, such as one with a logarithm in it.
    public BijectorTransform between(Constraint domain, Constraint codomain) {
        return new BijectorTransform(bijector, parameters, domain, codomain);
    }

    @Override
    public Constraint domain() {
        return domain;
    }

    @Override
    public Constraint codomain() {
        return codomain;
    }

    /// Buffers for one event; the lanes of a granule all hold it.
    private static final class Stage {
        final Pass pass;
        final Block block;
        final Pullback g;

        Stage(Bijector bijector, float[] theta) {
            Workspace w = Workspace.keepingFor(Block.GRANULE, 0);
            int x = w.rows(bijector.dim());
            int y = w.rows(bijector.dim());
            pass = bijector.place(w, x, y, 0);
            block = w.allocate(Kernels.scalar());
            block.bind(theta);
            g = Pullback.of(block, 0);
        }

        void set(float[] rows, int at, double[] values) {
            for (int j = 0; j < values.length; j++) {
                int row = at + j * block.lanes();
                Arrays.fill(rows, row, row + block.lanes(), (float) values[j]);
            }
        }

        void get(float[] rows, int at, double[] values) {
            for (int j = 0; j < values.length; j++) {
                values[j] = rows[at + j * block.lanes()];
            }
        }

        /// Lanes that hold no sample carry no cotangent.
        void cotangents(int at, double[] values, double gLogDet) {
            g.begin();
            Arrays.fill(g.data(), 0);
            for (int j = 0; j < values.length; j++) {
                g.data()[at + j * block.lanes()] = (float) values[j];
            }
            Arrays.fill(g.gLogDet(), 0);
            g.gLogDet()[0] = (float) gLogDet;
        }
    }

    private Stage take() {
        synchronized (idle) {
            if (!idle.isEmpty()) {
                return idle.pop();
            }
        }
        return new Stage(bijector, theta);
    }

    private void give(Stage stage) {
        synchronized (idle) {
            idle.push(stage);
        }
    }

    private Stage forwardStage(double[] x) {
        Stage s = take();
        s.block.begin(1);
        s.set(s.block.data(), s.pass.x(), x);
        bijector.forward(s.pass);
        return s;
    }

    @Override
    public void forward(double[] x, double[] y) {
        Stage s = forwardStage(x);
        s.get(s.block.data(), s.pass.y(), y);
        give(s);
    }

    private Stage inverseStage(double[] y) {
        Stage s = take();
        s.block.begin(1);
        s.set(s.block.data(), s.pass.y(), y);
        bijector.inverse(s.pass);
        return s;
    }

    @Override
    public void inverse(double[] y, double[] x) {
        Stage s = inverseStage(y);
        s.get(s.block.data(), s.pass.x(), x);
        give(s);
    }

    @Override
    public double logDet(double[] x, double[] y) {
        Stage s = forwardStage(x);
        double logDet = s.block.logDet()[0];
        give(s);
        return logDet;
    }

    @Override
    public void pullback(double[] x, double[] y, double[] gY, double gLogDet, double[] gX) {
        Stage s = forwardStage(x);
        s.cotangents(s.pass.y(), gY, gLogDet);
        bijector.forwardVjp(s.pass, s.g);
        s.get(s.g.data(), s.pass.x(), gX);
        give(s);
    }

    @Override
    public void inversePullback(double[] x, double[] y, double[] gX, double[] gY) {
        Stage s = inverseStage(y);
        s.cotangents(s.pass.x(), gX, 0);
        bijector.inverseVjp(s.pass, s.g);
        s.get(s.g.data(), s.pass.y(), gY);
        give(s);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BijectorTransform that
                && bijector.equals(that.bijector)
                && parameters.equals(that.parameters)
                && domain.equals(that.domain)
                && codomain.equals(that.codomain);
    }

    @Override
    public int hashCode() {
        return Objects.hash(bijector, parameters, domain, codomain);
    }

    @Override
    public String toString() {
        return "BijectorTransform[" + bijector + ", " + parameters + "]";
    }
}
