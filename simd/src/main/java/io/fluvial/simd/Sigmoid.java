package io.fluvial.simd;

import static io.fluvial.simd.Width.F;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// σ(t) = 1 / (1 + exp(−t)), accurate in both tails: with e = exp(−|t|) ≤ 1 it is 1/(1 + e) for t ≥ 0, e/(1 + e) below.
final class Sigmoid {

    private Sigmoid() {}

    static FloatVector of(FloatVector t) {
        FloatVector e = t.abs().neg().lanewise(VectorOperators.EXP);
        FloatVector one = FloatVector.broadcast(F, 1f);
        return one.blend(e, t.compare(VectorOperators.LT, 0f)).div(e.add(one));
    }
}
