package io.fluvial.nn;

import io.fluvial.Conditioner;
import io.fluvial.ParameterLayout;
import io.fluvial.Pass;
import io.fluvial.Pullback;
import io.fluvial.Workspace;
import java.util.List;
import java.util.random.RandomGenerator;

/// A fully connected network: for every hidden layer a = act(W·a + b), then an affine layer to the output, which
/// starts at zero.
///
/// Cost per sample: one multiply-add per weight forward, two in a pullback with parameter gradients.
///
/// @param hidden widths of the hidden layers, at least one
/// @param dropout probability that a hidden unit is left out in training; the others are scaled by 1 / (1 − dropout)
public record Mlp(int inputDim, List<Integer> hidden, int outputDim, Activation activation, double dropout)
        implements Conditioner {

    public Mlp {
        hidden = List.copyOf(hidden);
        Sizes.check(inputDim, outputDim);
        Sizes.checkHidden(hidden);
        Units.checkDropout(dropout);
    }

    /// ReLU, no dropout.
    public static Mlp of(int inputDim, int outputDim, Integer... hidden) {
        return new Mlp(inputDim, List.of(hidden), outputDim, Activation.RELU, 0);
    }

    /// A factory of networks with these hidden layers.
    public static Conditioner.Factory factory(List<Integer> hidden, Activation activation, double dropout) {
        return (in, out) -> new Mlp(in, hidden, out, activation, dropout);
    }

    public Mlp withActivation(Activation activation) {
        return new Mlp(inputDim, hidden, outputDim, activation, dropout);
    }

    public Mlp withDropout(double dropout) {
        return new Mlp(inputDim, hidden, outputDim, activation, dropout);
    }

    private int layers() {
        return hidden.size() + 1;
    }

    private int depth(int k) {
        return k == 0 ? inputDim : hidden.get(k - 1);
    }

    private int rows(int k) {
        return k == hidden.size() ? outputDim : hidden.get(k);
    }

    private int size(int k) {
        return Dense.size(depth(k), rows(k));
    }

    @Override
    public ParameterLayout parameters() {
        ParameterLayout.Builder layout = ParameterLayout.builder();
        for (int k = 0; k < layers(); k++) {
            layout.add(k + ".weight", rows(k), depth(k)).add(k + ".bias", rows(k));
        }
        return layout.build();
    }

    @Override
    public Pass place(Workspace w, int x, int y, int theta) {
        Pass[] units = new Pass[hidden.size()];
        for (int k = 0; k < units.length; k++) {
            units[k] = Units.place(w, hidden.get(k), activation, dropout);
        }
        return w.pass(x, y, theta, new int[0], units);
    }

    @Override
    public void forward(Pass p) {
        int theta = p.theta();
        int in = p.x();
        for (int k = 0; k < hidden.size(); k++) {
            Pass units = p.child(k);
            Dense.forward(p, depth(k), rows(k), theta, in, units.x());
            Units.forward(units, rows(k), activation, dropout);
            theta += size(k);
            in = units.y();
        }
        Dense.forward(p, depth(hidden.size()), outputDim, theta, in, p.y());
    }

    @Override
    public void forwardVjp(Pass p, Pullback g) {
        int theta = p.theta() + parameterCount();
        int out = p.y();
        for (int k = layers() - 1; k >= 0; k--) {
            theta -= size(k);
            int in = k == 0 ? p.x() : p.child(k - 1).y();
            Dense.gradients(p, g, depth(k), rows(k), theta, in, out);
            Dense.inputs(p, g, depth(k), rows(k), theta, out, in, false);
            if (k > 0) {
                Units.forwardVjp(p.child(k - 1), g, depth(k), activation);
                out = p.child(k - 1).x();
            }
        }
    }

    private int parameterCount() {
        int count = 0;
        for (int k = 0; k < layers(); k++) {
            count += size(k);
        }
        return count;
    }

    @Override
    public void initialize(float[] theta, int at, RandomGenerator random) {
        for (int k = 0; k < hidden.size(); k++) {
            Dense.initialize(theta, at, depth(k), rows(k), activation, random);
            at += size(k);
        }
    }
}
