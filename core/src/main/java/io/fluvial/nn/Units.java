package io.fluvial.nn;

import io.fluvial.Pass;
import io.fluvial.Pullback;
import io.fluvial.Workspace;
import io.fluvial.kernel.ActivationKernel;
import java.util.random.RandomGenerator;

/// A layer of hidden units: activation, then inverted dropout (Srivastava et al. 2014, JMLR 15): a unit is kept with
/// probability 1 − p and then scaled by 1 / (1 − p).
///
/// The pass has the pre-activation at x and what the next layer reads at y. Buffer 0 is the activation's output:
/// the same place as x where the slope follows from the output, as y where nothing is dropped. Buffer 1 is the
/// dropout mask, or −1.
final class Units {

    private static final int OUTPUT = 0;
    private static final int MASK = 1;

    private Units() {}

    static void checkDropout(double dropout) {
        if (!(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException("dropout must be in [0, 1), got " + dropout);
        }
    }

    static Pass place(Workspace w, int units, Activation activation, double dropout) {
        boolean drops = dropout > 0 && w.keeps();
        int z = w.rows(units);
        int a = activation.knownFromOutput() ? z : w.rows(units);
        int mask = drops ? w.rows(units) : -1;
        int kept = drops ? w.rows(units) : a;
        return w.pass(z, kept, 0, new int[] {a, mask});
    }

    static void forward(Pass p, int units, Activation activation, double dropout) {
        forward(p, 0, units, activation, dropout);
    }

    /// Units `from … to − 1` alone.
    static void forward(Pass p, int from, int to, Activation activation, double dropout) {
        int a = p.buffer(OUTPUT);
        int row = from * p.lanes();
        kernel(p, activation).apply(p.data(), p.x() + row, a + row, to - from, p.lanes(), p.active());
        int mask = p.buffer(MASK);
        if (mask < 0) {
            return;
        }
        RandomGenerator noise = p.block().noise();
        float[] d = p.data();
        float scale = (float) (1 / (1 - dropout));
        for (int r = from; r < to; r++) {
            for (int i = r * p.lanes(); i < r * p.lanes() + p.active(); i++) {
                float factor = 1;
                if (noise != null) {
                    factor = noise.nextDouble() < dropout ? 0 : scale;
                }
                d[mask + i] = factor;
                d[p.y() + i] = factor * d[a + i];
            }
        }
    }

    static void forwardVjp(Pass p, Pullback g, int units, Activation activation) {
        forwardVjp(p, g, 0, units, activation);
    }

    /// Units `from … to − 1` alone.
    static void forwardVjp(Pass p, Pullback g, int from, int to, Activation activation) {
        int a = p.buffer(OUTPUT);
        int mask = p.buffer(MASK);
        if (mask >= 0) {
            for (int r = from; r < to; r++) {
                for (int i = r * p.lanes(); i < r * p.lanes() + p.active(); i++) {
                    g.data()[a + i] = g.data()[p.y() + i] * p.data()[mask + i];
                }
            }
        }
        int row = from * p.lanes();
        kernel(p, activation).vjp(p.data(), g.data(), p.x() + row, a + row, to - from, p.lanes(), p.active());
    }

    private static ActivationKernel kernel(Pass p, Activation activation) {
        ActivationKernel found = p.block().kernels().activation(activation);
        return found != null ? found : activation;
    }
}
