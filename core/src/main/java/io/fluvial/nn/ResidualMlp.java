package io.fluvial.nn;

import io.fluvial.Conditioner;
import io.fluvial.ParameterLayout;
import io.fluvial.Pass;
import io.fluvial.Pullback;
import io.fluvial.Workspace;
import io.fluvial.internal.Rows;
import java.util.random.RandomGenerator;

/// A residual network with pre-activation blocks (He et al. 2016, arXiv:1603.05027, fig. 1b, without
/// normalisation): h = W·x + b, then for every block h += W₂·drop(act(W₁·act(h) + b₁)) + b₂, then an affine layer
/// to the output. The output layer starts at zero, the second weights of a block at a tenth of the usual scale.
///
/// @param width units of h
/// @param blocks number of residual blocks, at least one
/// @param dropout probability that a unit between the two layers of a block is left out in training
public record ResidualMlp(int inputDim, int width, int blocks, int outputDim, Activation activation, double dropout)
        implements Conditioner {

    static final float SECOND_SCALE = 0.1f;

    public ResidualMlp {
        Sizes.check(inputDim, outputDim);
        Units.checkDropout(dropout);
        Sizes.checkResidual(width, blocks);
    }

    /// ReLU, no dropout.
    public static ResidualMlp of(int inputDim, int outputDim, int width, int blocks) {
        return new ResidualMlp(inputDim, width, blocks, outputDim, Activation.RELU, 0);
    }

    /// A factory of networks of this width and depth.
    public static Conditioner.Factory factory(int width, int blocks, Activation activation, double dropout) {
        return (in, out) -> new ResidualMlp(in, width, blocks, out, activation, dropout);
    }

    @Override
    public ParameterLayout parameters() {
        ParameterLayout.Builder layout =
                ParameterLayout.builder().add("input.weight", width, inputDim).add("input.bias", width);
        for (int b = 0; b < blocks; b++) {
            for (int k = 0; k < 2; k++) {
                layout.add("block" + b + "." + k + ".weight", width, width).add("block" + b + "." + k + ".bias", width);
            }
        }
        return layout.add("output.weight", outputDim, width)
                .add("output.bias", outputDim)
                .build();
    }

    /// Buffer b is h before block b, buffer `blocks` is h at the end; children 2b and 2b + 1 are the units of block
    /// b, buffer blocks + 1 the block's result before it is added.
    @Override
    public Pass place(Workspace w, int x, int y, int theta) {
        int[] buffers = new int[blocks + 2];
        Pass[] units = new Pass[2 * blocks];
        buffers[0] = w.rows(width);
        buffers[blocks + 1] = w.rows(width);
        for (int b = 0; b < blocks; b++) {
            units[2 * b] = Units.place(w, width, activation, 0);
            units[2 * b + 1] = Units.place(w, width, activation, dropout);
            buffers[b + 1] = w.rows(width);
        }
        return w.pass(x, y, theta, buffers, units);
    }

    @Override
    public void forward(Pass p) {
        int theta = p.theta();
        Dense.forward(p, inputDim, width, theta, p.x(), p.buffer(0));
        theta += Dense.size(inputDim, width);
        int result = p.buffer(blocks + 1);
        for (int b = 0; b < blocks; b++) {
            Pass first = p.child(2 * b);
            Pass second = p.child(2 * b + 1);
            Rows.copy(p.data(), p.buffer(b), first.x(), width, p.lanes(), p.active());
            Units.forward(first, width, activation, 0);
            Dense.forward(p, width, width, theta, first.y(), second.x());
            theta += Dense.size(width, width);
            Units.forward(second, width, activation, dropout);
            Dense.forward(p, width, width, theta, second.y(), result);
            theta += Dense.size(width, width);
            Rows.copy(p.data(), p.buffer(b), p.buffer(b + 1), width, p.lanes(), p.active());
            Rows.add(p.data(), result, p.buffer(b + 1), width, p.lanes(), p.active());
        }
        Dense.forward(p, width, outputDim, theta, p.buffer(blocks), p.y());
    }

    @Override
    public void forwardVjp(Pass p, Pullback g) {
        int theta = p.theta() + Dense.size(inputDim, width) + 2 * blocks * Dense.size(width, width);
        int h = p.buffer(blocks);
        Dense.gradients(p, g, width, outputDim, theta, h, p.y());
        Dense.inputs(p, g, width, outputDim, theta, p.y(), h, false);
        for (int b = blocks - 1; b >= 0; b--) {
            Pass first = p.child(2 * b);
            Pass second = p.child(2 * b + 1);
            int after = p.buffer(b + 1); // h after the block: its cotangent is also that of the block's result
            theta -= Dense.size(width, width);
            Dense.gradients(p, g, width, width, theta, second.y(), after);
            Dense.inputs(p, g, width, width, theta, after, second.y(), false);
            Units.forwardVjp(second, g, width, activation);
            theta -= Dense.size(width, width);
            Dense.gradients(p, g, width, width, theta, first.y(), second.x());
            Dense.inputs(p, g, width, width, theta, second.x(), first.y(), false);
            Units.forwardVjp(first, g, width, activation);
            Rows.copy(g.data(), after, p.buffer(b), width, p.lanes(), p.active());
            Rows.add(g.data(), first.x(), p.buffer(b), width, p.lanes(), p.active());
        }
        theta -= Dense.size(inputDim, width);
        Dense.gradients(p, g, inputDim, width, theta, p.x(), p.buffer(0));
        Dense.inputs(p, g, inputDim, width, theta, p.buffer(0), p.x(), false);
    }

    @Override
    public void initialize(float[] theta, int at, RandomGenerator random) {
        Dense.initialize(theta, at, inputDim, width, activation, random);
        at += Dense.size(inputDim, width);
        for (int b = 0; b < blocks; b++) {
            Dense.initialize(theta, at, width, width, activation, random);
            at += Dense.size(width, width);
            Dense.initialize(theta, at, width, width, activation, random);
            for (int i = at; i < at + Dense.size(width, width); i++) {
                theta[i] *= SECOND_SCALE;
            }
            at += Dense.size(width, width);
        }
    }
}
