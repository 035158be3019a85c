package io.fluvial.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fluvial.Conditioner;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Everything a [Conditioner] promises without dropout: the gradients and lane rules of [GradientContract], and an
/// output of zero at the start.
public abstract non-sealed class ConditionerContract extends GradientContract {

    /// The conditioner under test; every call makes an equal one.
    protected abstract Conditioner subject();

    /// Whether the starting parameters give outputs of zero.
    protected boolean startsAtZero() {
        return true;
    }

    @Override
    final Stage stage() {
        return Stage.of(subject());
    }

    @Override
    final void initialize(float[] theta, int at, RandomGenerator random) {
        subject().initialize(theta, at, random);
    }

    @Override
    final Object description() {
        return subject();
    }

    @Test
    public final void outputIsZeroAtTheStart() {
        assumeTrue(startsAtZero(), "not claimed");
        RandomGenerator random = random();
        float[] theta = new float[stage().parameters().size()];
        initialize(theta, 0, random);
        Point at = Point.draw(stage(), domain(), theta, 33, 1, random);
        for (float[] row : probe().forward(at).values) {
            for (float value : row) {
                assertEquals(0f, value, 0f);
            }
        }
    }

    /// A conditioner adds nothing to the log-determinant.
    @Test
    public final void logDetIsLeftAlone() {
        RandomGenerator random = random();
        for (double logDet : probe().forward(draw(33, random)).logDet) {
            assertEquals(0.0, logDet, 0.0);
        }
    }
}
