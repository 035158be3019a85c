package io.fluvial.distribution;

import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Shape;
import java.util.random.RandomGenerator;

/// A probability distribution over events of one shape: numbers, vectors or matrices as flat arrays of double.
///
/// Log-densities are in nats, to Lebesgue measure on the free numbers of the support, or to counting measure where
/// the support is discrete (then log-probabilities). They are −∞ outside the support and NaN for an event with a
/// NaN. Immutable; every method may be called from several threads.
///
/// A moment that does not exist is NaN, one that diverges is ±∞. What has no closed form and no exact algorithm
/// throws [UnsupportedOperationException] with a line on what to do.
///
/// Arrays are as long as the shape says, no longer: others are refused with an [IllegalArgumentException].
public interface Distribution {

    /// Where draws lie, and the shape of an event.
    Constraint support();

    default Shape shape() {
        return support().shape();
    }

    /// log p(x), nats.
    ///
    /// @param x `[shape]`, *Read*
    double logProb(double[] x);

    /// ∂log p/∂x, every number of x as if it were free; all NaN outside the support, thus also at ±∞.
    ///
    /// @param x `[shape]`, *Read*
    /// @param gX `[shape]`, *Overwritten*; may be x itself only where the implementation says so
    /// @throws UnsupportedOperationException for discrete distributions
    void gradient(double[] x, double[] gX);

    /// One independent draw, in the support: where its number is no double or rounds to an open end, the nearest
    /// double inside. That is not so of [Wishart] and [InverseWishart] matrices with hardly more degrees of
    /// freedom than rows − 1, which may be singular to rounding, and of vectors and matrices at scales so near
    /// the largest double that sums within a draw overflow.
    ///
    /// @param x `[shape]`, *Overwritten*
    void sample(RandomGenerator random, double[] x);

    /// E(X), number by number. `out [shape]` *Overwritten*.
    void mean(double[] out);

    /// Var(X), number by number. `out [shape]` *Overwritten*.
    void variance(double[] out);

    /// A point of highest density; where it is attained only as a limit, that limit. `out [shape]` *Overwritten*.
    void mode(double[] out);

    /// −E(log p(X)), nats: differential entropy, or Shannon's where the support is discrete.
    double entropy();

    /// log p of many events.
    ///
    /// @param x `[size × lanes]`, number k of lane i at `k * lanes + i`, *Read*
    /// @param out `[lanes]`, *Overwritten*
    default void logProb(double[] x, int lanes, double[] out) {
        double[] event = new double[Events.checked(x, shape(), lanes, out)];
        for (int i = 0; i < lanes; i++) {
            Events.read(x, lanes, i, event);
            out[i] = logProb(event);
        }
    }

    /// Independent draws, as [#sample(RandomGenerator, double\[\])] lane after lane.
    ///
    /// @param x `[size × lanes]`, number k of lane i at `k * lanes + i`, *Overwritten*
    default void sample(RandomGenerator random, double[] x, int lanes) {
        double[] event = new double[Events.checked(x, shape(), lanes)];
        for (int i = 0; i < lanes; i++) {
            sample(random, event);
            Events.write(event, x, lanes, i);
        }
    }
}
