package io.fluvial.nn;

import io.fluvial.ParameterLayout;
import io.fluvial.Pass;
import io.fluvial.Pullback;
import io.fluvial.Workspace;
import io.fluvial.internal.Rows;
import java.util.List;
import java.util.random.RandomGenerator;

/// A masked residual network: [ResidualMlp] with the masks of [MaskedMlp] (Durkan et al. 2019, arXiv:1906.04032,
/// appendix B.1, whose autoregressive networks are of this kind). Unit u has one degree in every layer, so that a
/// residual connection adds what may be added.
///
/// The output layer starts at zero, the second weights of a block at a tenth of the usual scale.
///
/// @param width units of every layer
/// @param blocks number of residual blocks, at least one
/// @param dropout probability that a unit between the two layers of a block is left out in training
public record ResidualMaskedMlp(
        Dependence dependence,
        int contextDim,
        int width,
        int blocks,
        int parametersPerFeature,
        Activation activation,
        double dropout)
        implements AutoregressiveConditioner {

    // The three shapes of masks in the plan of two hidden layers.
    private static final int INPUT = 0;
    private static final int HIDDEN = 1;
    private static final int OUTPUT = 2;

    public ResidualMaskedMlp {
        Sizes.checkAutoregressive(contextDim, parametersPerFeature);
        Sizes.checkResidual(width, blocks);
        Units.checkDropout(dropout);
        MaskedPlan.of(dependence, contextDim, List.of(width, width), parametersPerFeature);
    }

    /// ReLU, no dropout.
    public static ResidualMaskedMlp of(
            Dependence dependence, int contextDim, int parametersPerFeature, int width, int blocks) {
        return new ResidualMaskedMlp(dependence, contextDim, width, blocks, parametersPerFeature, Activation.RELU, 0);
    }

    /// A factory of networks of this width and depth.
    public static Factory factory(int width, int blocks, Activation activation, double dropout) {
        return (dependence, contextDim, perFeature) ->
                new ResidualMaskedMlp(dependence, contextDim, width, blocks, perFeature, activation, dropout);
    }

    @Override
    public int inputDim() {
        return contextDim + dependence.dim();
    }

    @Override
    public int outputDim() {
        return dependence.dim() * parametersPerFeature;
    }

    private MaskedPlan plan() {
        return MaskedPlan.of(dependence, contextDim, List.of(width, width), parametersPerFeature);
    }

    @Override
    public ParameterLayout parameters() {
        MaskedPlan plan = plan();
        ParameterLayout.Builder layout = ParameterLayout.builder();
        plan.addTo(layout, INPUT, "input");
        for (int b = 0; b < blocks; b++) {
            plan.addTo(layout, HIDDEN, "block" + b + ".0");
            plan.addTo(layout, HIDDEN, "block" + b + ".1");
        }
        plan.addTo(layout, OUTPUT, "output");
        return layout.build();
    }

    /// Buffer b is h before block b, buffer `blocks` is h at the end; children 2b and 2b + 1 are the units of block
    /// b; buffer blocks + 1 + k is the room of weight matrix k with zeros, or −1.
    @Override
    public Pass place(Workspace w, int x, int y, int theta) {
        MaskedPlan plan = plan();
        int[] buffers = new int[blocks + 1 + 2 * blocks + 2];
        Pass[] units = new Pass[2 * blocks];
        int room = blocks + 1;
        buffers[room++] = plan.layer(INPUT).place(w);
        buffers[0] = w.rows(width);
        for (int b = 0; b < blocks; b++) {
            units[2 * b] = Units.place(w, width, activation, 0);
            units[2 * b + 1] = Units.place(w, width, activation, dropout);
            buffers[b + 1] = w.rows(width);
            buffers[room++] = plan.layer(HIDDEN).place(w);
            buffers[room++] = plan.layer(HIDDEN).place(w);
        }
        buffers[room] = plan.layer(OUTPUT).place(w);
        return w.pass(x, y, theta, buffers, units).withPlan(plan);
    }

    private int room(Pass p, int matrix) {
        return p.buffer(blocks + 1 + matrix);
    }

    private static int shape(int matrix, int matrices) {
        return matrix == 0 ? INPUT : matrix == matrices - 1 ? OUTPUT : HIDDEN;
    }

    /// Where the numbers of a weight matrix start.
    private int theta(Pass p, MaskedPlan plan, int matrix) {
        return matrix == 0
                ? p.theta()
                : p.theta()
                        + plan.layer(INPUT).size()
                        + (matrix - 1) * plan.layer(HIDDEN).size();
    }

    @Override
    public void forward(Pass p) {
        unpack(p);
        forward(p, 0, p.plan(MaskedPlan.class).steps());
    }

    @Override
    public void forward(Pass p, int step) {
        if (step == 0) {
            unpack(p);
        }
        forward(p, step, step + 1);
    }

    private void unpack(Pass p) {
        MaskedPlan plan = p.plan(MaskedPlan.class);
        int matrices = 2 * blocks + 2;
        for (int m = 0; m < matrices; m++) {
            plan.layer(shape(m, matrices)).unpack(p, theta(p, plan, m), room(p, m));
        }
    }

    /// What becomes complete in the steps `from … to − 1`.
    private void forward(Pass p, int from, int to) {
        MaskedPlan plan = p.plan(MaskedPlan.class);
        int first = plan.unit(0, from);
        int end = plan.unit(0, to);
        int row = first * p.lanes();
        MaskedLinear hidden = plan.layer(HIDDEN);
        plan.layer(INPUT).forward(p, theta(p, plan, 0), room(p, 0), first, end, p.x(), p.buffer(0));
        for (int b = 0; b < blocks; b++) {
            Pass one = p.child(2 * b);
            Pass two = p.child(2 * b + 1);
            int matrix = 2 * b + 1;
            Rows.copy(p.data(), p.buffer(b) + row, one.x() + row, end - first, p.lanes(), p.active());
            Units.forward(one, first, end, activation, 0);
            hidden.forward(p, theta(p, plan, matrix), room(p, matrix), first, end, one.y(), two.x());
            Units.forward(two, first, end, activation, dropout);
            matrix++;
            int after = p.buffer(b + 1);
            hidden.forward(p, theta(p, plan, matrix), room(p, matrix), first, end, two.y(), after);
            Rows.add(p.data(), p.buffer(b) + row, after + row, end - first, p.lanes(), p.active());
        }
        int matrix = 2 * blocks + 1;
        plan.layer(OUTPUT)
                .forward(
                        p,
                        theta(p, plan, matrix),
                        room(p, matrix),
                        plan.position(from) * parametersPerFeature,
                        plan.position(to) * parametersPerFeature,
                        p.buffer(blocks),
                        p.y());
    }

    @Override
    public void forwardVjp(Pass p, Pullback g) {
        begin(p, g);
        inputVjp(p, g, 0, p.plan(MaskedPlan.class).steps());
        parameterVjp(p, g);
    }

    @Override
    public void inputVjp(Pass p, Pullback g, int step) {
        if (step == p.plan(MaskedPlan.class).steps() - 1) {
            begin(p, g);
        }
        inputVjp(p, g, step, step + 1);
    }

    /// Sets the cotangents to zero that the layers after add to.
    private void begin(Pass p, Pullback g) {
        Rows.zero(g.data(), p.x(), inputDim(), p.lanes(), p.active());
        Rows.zero(g.data(), p.buffer(blocks), width, p.lanes(), p.active());
        for (int k = 0; k < 2 * blocks; k++) {
            Rows.zero(g.data(), p.child(k).y(), width, p.lanes(), p.active());
        }
    }

    /// Through what becomes complete in the steps `from … to − 1`; later steps have been here before.
    private void inputVjp(Pass p, Pullback g, int from, int to) {
        MaskedPlan plan = p.plan(MaskedPlan.class);
        int first = plan.unit(0, from);
        int end = plan.unit(0, to);
        int row = first * p.lanes();
        MaskedLinear hidden = plan.layer(HIDDEN);
        int matrix = 2 * blocks + 1;
        plan.layer(OUTPUT)
                .inputs(
                        p,
                        g,
                        theta(p, plan, matrix),
                        room(p, matrix),
                        plan.position(from) * parametersPerFeature,
                        plan.position(to) * parametersPerFeature,
                        p.y(),
                        p.buffer(blocks));
        for (int b = blocks - 1; b >= 0; b--) {
            Pass one = p.child(2 * b);
            Pass two = p.child(2 * b + 1);
            int after = p.buffer(b + 1); // its cotangent is also that of the block's result
            matrix = 2 * b + 2;
            hidden.inputs(p, g, theta(p, plan, matrix), room(p, matrix), first, end, after, two.y());
            Units.forwardVjp(two, g, first, end, activation);
            matrix--;
            hidden.inputs(p, g, theta(p, plan, matrix), room(p, matrix), first, end, two.x(), one.y());
            Units.forwardVjp(one, g, first, end, activation);
            Rows.copy(g.data(), after + row, p.buffer(b) + row, end - first, p.lanes(), p.active());
            Rows.add(g.data(), one.x() + row, p.buffer(b) + row, end - first, p.lanes(), p.active());
        }
        plan.layer(INPUT).inputs(p, g, theta(p, plan, 0), room(p, 0), first, end, p.buffer(0), p.x());
    }

    @Override
    public void parameterVjp(Pass p, Pullback g) {
        MaskedPlan plan = p.plan(MaskedPlan.class);
        MaskedLinear hidden = plan.layer(HIDDEN);
        plan.layer(INPUT).gradients(p, g, theta(p, plan, 0), room(p, 0), p.x(), p.buffer(0));
        for (int b = 0; b < blocks; b++) {
            Pass one = p.child(2 * b);
            Pass two = p.child(2 * b + 1);
            int matrix = 2 * b + 1;
            hidden.gradients(p, g, theta(p, plan, matrix), room(p, matrix), one.y(), two.x());
            matrix++;
            hidden.gradients(p, g, theta(p, plan, matrix), room(p, matrix), two.y(), p.buffer(b + 1));
        }
        int matrix = 2 * blocks + 1;
        plan.layer(OUTPUT).gradients(p, g, theta(p, plan, matrix), room(p, matrix), p.buffer(blocks), p.y());
    }

    @Override
    public void initialize(float[] theta, int at, RandomGenerator random) {
        MaskedPlan plan = plan();
        plan.layer(INPUT).initialize(theta, at, activation, 1, random);
        at += plan.layer(INPUT).size();
        for (int k = 0; k < 2 * blocks; k++) {
            double factor = k % 2 == 0 ? 1 : ResidualMlp.SECOND_SCALE;
            plan.layer(HIDDEN).initialize(theta, at, activation, factor, random);
            at += plan.layer(HIDDEN).size();
        }
    }
}
