package io.fluvial.nn;

import io.fluvial.ParameterLayout;
import io.fluvial.Pass;
import io.fluvial.Pullback;
import io.fluvial.Workspace;
import io.fluvial.internal.Rows;
import java.util.List;
import java.util.random.RandomGenerator;

/// A masked multilayer network (MADE: Germain et al. 2015, arXiv:1502.03509): as [Mlp], with every weight left out that
/// would let a feature's outputs depend on a feature they must not see. The output layer starts at zero.
///
/// Units are sorted by degree, so that every mask is a staircase; only the weights below it are stored and multiplied:
/// about half of a dense network's numbers and work in either direction. Departure from the paper: degrees are spread
/// evenly over the units instead of drawn at random.
///
/// @param dependence which features look at which
/// @param contextDim conditioning inputs
/// @param hidden widths of the hidden layers, at least one
/// @param parametersPerFeature outputs for each feature
/// @param dropout probability that a hidden unit is left out in training; the others are scaled by 1 / (1 − dropout)
public record MaskedMlp(
        Dependence dependence,
        int contextDim,
        List<Integer> hidden,
        int parametersPerFeature,
        Activation activation,
        double dropout)
        implements AutoregressiveConditioner {

    public MaskedMlp {
        hidden = List.copyOf(hidden);
        Sizes.checkAutoregressive(contextDim, parametersPerFeature);
        Sizes.checkHidden(hidden);
        Units.checkDropout(dropout);
        MaskedPlan.of(dependence, contextDim, hidden, parametersPerFeature);
    }

    /// ReLU, no dropout.
    public static MaskedMlp of(Dependence dependence, int contextDim, int parametersPerFeature, Integer... hidden) {
        return new MaskedMlp(dependence, contextDim, List.of(hidden), parametersPerFeature, Activation.RELU, 0);
    }

    /// A factory of networks with these hidden layers.
    public static Factory factory(List<Integer> hidden, Activation activation, double dropout) {
        return (dependence, contextDim, perFeature) ->
                new MaskedMlp(dependence, contextDim, hidden, perFeature, activation, dropout);
    }

    public MaskedMlp withActivation(Activation activation) {
        return new MaskedMlp(dependence, contextDim, hidden, parametersPerFeature, activation, dropout);
    }

    public MaskedMlp withDropout(double dropout) {
        return new MaskedMlp(dependence, contextDim, hidden, parametersPerFeature, activation, dropout);
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
        return MaskedPlan.of(dependence, contextDim, hidden, parametersPerFeature);
    }

    @Override
    public ParameterLayout parameters() {
        MaskedPlan plan = plan();
        ParameterLayout.Builder layout = ParameterLayout.builder();
        for (int k = 0; k <= hidden.size(); k++) {
            plan.addTo(layout, k, Integer.toString(k));
        }
        return layout.build();
    }

    /// Buffer k is the room of layer k's weights with zeros, or −1.
    @Override
    public Pass place(Workspace w, int x, int y, int theta) {
        MaskedPlan plan = plan();
        Pass[] units = new Pass[hidden.size()];
        int[] rooms = new int[hidden.size() + 1];
        for (int k = 0; k <= hidden.size(); k++) {
            rooms[k] = plan.layer(k).place(w);
            if (k < hidden.size()) {
                units[k] = Units.place(w, hidden.get(k), activation, dropout);
            }
        }
        return w.pass(x, y, theta, rooms, units).withPlan(plan);
    }

    @Override
    public void forward(Pass p) {
        unpack(p);
        MaskedPlan plan = p.plan(MaskedPlan.class);
        forward(p, plan, 0, plan.steps());
    }

    @Override
    public void forward(Pass p, int step) {
        if (step == 0) {
            unpack(p);
        }
        forward(p, p.plan(MaskedPlan.class), step, step + 1);
    }

    private void unpack(Pass p) {
        MaskedPlan plan = p.plan(MaskedPlan.class);
        int theta = p.theta();
        for (int k = 0; k <= hidden.size(); k++) {
            plan.layer(k).unpack(p, theta, p.buffer(k));
            theta += plan.layer(k).size();
        }
    }

    /// What becomes complete in the steps `from … to − 1`.
    private void forward(Pass p, MaskedPlan plan, int from, int to) {
        int theta = p.theta();
        int in = p.x();
        for (int k = 0; k < hidden.size(); k++) {
            MaskedLinear layer = plan.layer(k);
            Pass units = p.child(k);
            int first = plan.unit(k, from);
            int end = plan.unit(k, to);
            layer.forward(p, theta, p.buffer(k), first, end, in, units.x());
            Units.forward(units, first, end, activation, dropout);
            theta += layer.size();
            in = units.y();
        }
        int k = hidden.size();
        int first = plan.position(from) * parametersPerFeature;
        int end = plan.position(to) * parametersPerFeature;
        plan.layer(k).forward(p, theta, p.buffer(k), first, end, in, p.y());
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
        for (int k = 0; k < hidden.size(); k++) {
            Rows.zero(g.data(), p.child(k).y(), hidden.get(k), p.lanes(), p.active());
        }
    }

    /// Through what becomes complete in the steps `from … to − 1`; later steps have been here before.
    private void inputVjp(Pass p, Pullback g, int from, int to) {
        MaskedPlan plan = p.plan(MaskedPlan.class);
        int theta = p.theta() + parametersBefore(plan, hidden.size());
        int first = plan.position(from) * parametersPerFeature;
        int end = plan.position(to) * parametersPerFeature;
        int out = p.y();
        for (int k = hidden.size(); k >= 0; k--) {
            MaskedLinear layer = plan.layer(k);
            int in = k == 0 ? p.x() : p.child(k - 1).y();
            layer.inputs(p, g, theta, p.buffer(k), first, end, out, in);
            if (k > 0) {
                first = plan.unit(k - 1, from);
                end = plan.unit(k - 1, to);
                Units.forwardVjp(p.child(k - 1), g, first, end, activation);
                out = p.child(k - 1).x();
                theta -= plan.layer(k - 1).size();
            }
        }
    }

    private static int parametersBefore(MaskedPlan plan, int layer) {
        int count = 0;
        for (int k = 0; k < layer; k++) {
            count += plan.layer(k).size();
        }
        return count;
    }

    @Override
    public void parameterVjp(Pass p, Pullback g) {
        MaskedPlan plan = p.plan(MaskedPlan.class);
        int theta = p.theta();
        for (int k = 0; k <= hidden.size(); k++) {
            int in = k == 0 ? p.x() : p.child(k - 1).y();
            int out = k == hidden.size() ? p.y() : p.child(k).x();
            plan.layer(k).gradients(p, g, theta, p.buffer(k), in, out);
            theta += plan.layer(k).size();
        }
    }

    @Override
    public void initialize(float[] theta, int at, RandomGenerator random) {
        MaskedPlan plan = plan();
        for (int k = 0; k < hidden.size(); k++) {
            plan.layer(k).initialize(theta, at, activation, 1, random);
            at += plan.layer(k).size();
        }
    }
}
