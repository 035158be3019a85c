package io.fluvial.distribution;

import java.util.function.Function;
import java.util.random.RandomGenerator;

/// A family of distributions p(x | c), one for every context c: a regression, a policy, a likelihood.
///
/// ```java
/// var line = ConditionalDistribution.of(1, c -> Normal.of(2 * c[0] + 1, 0.5));
/// line.logProb(x, c);
/// ```
///
/// @param <D> what it gives
public interface ConditionalDistribution<D extends Distribution> {

    /// Numbers in a context.
    int contextSize();

    /// The distribution at one context.
    ///
    /// @param context `[contextSize()]`, *Read*
    D given(double[] context);

    /// log p(x | c), nats.
    default double logProb(double[] x, double[] context) {
        return given(context).logProb(x);
    }

    /// One independent draw from p(x | c). x *Overwritten*.
    default void sample(RandomGenerator random, double[] context, double[] x) {
        given(context).sample(random, x);
    }

    /// log p of many events, each given its own context.
    ///
    /// @param x `[size × lanes]`, number k of lane i at `k * lanes + i`, *Read*
    /// @param contexts `[contextSize() × lanes]`, *Read*
    /// @param out `[lanes]`, *Overwritten*
    default void logProb(double[] x, double[] contexts, int lanes, double[] out) {
        double[] context = new double[contextSize()];
        checkContexts(contexts, lanes);
        for (int i = 0; i < lanes; i++) {
            Events.read(contexts, lanes, i, context);
            D distribution = given(context);
            double[] event = new double[Events.checked(x, distribution.shape(), lanes)];
            Events.read(x, lanes, i, event);
            out[i] = distribution.logProb(event);
        }
    }

    /// Independent draws, each given its own context.
    ///
    /// @param contexts `[contextSize() × lanes]`, number k of lane i at `k * lanes + i`, *Read*
    /// @param x `[size × lanes]`, *Overwritten*
    default void sample(RandomGenerator random, double[] contexts, double[] x, int lanes) {
        double[] context = new double[contextSize()];
        checkContexts(contexts, lanes);
        for (int i = 0; i < lanes; i++) {
            Events.read(contexts, lanes, i, context);
            D distribution = given(context);
            double[] event = new double[Events.checked(x, distribution.shape(), lanes)];
            distribution.sample(random, event);
            Events.write(event, x, lanes, i);
        }
    }

    private void checkContexts(double[] contexts, int lanes) {
        if (contexts.length != (long) contextSize() * lanes) {
            throw new IllegalArgumentException(
                    "expected " + contextSize() + " × " + lanes + " numbers for the contexts, got " + contexts.length);
        }
    }

    /// A family made by a function of the context.
    ///
    /// @param family may keep nothing of the array it is given
    static <D extends Distribution> ConditionalDistribution<D> of(int contextSize, Function<double[], D> family) {
        Parameter.atLeast("ConditionalDistribution", "contextSize", contextSize, 0);
        return new ConditionalDistribution<>() {
            @Override
            public int contextSize() {
                return contextSize;
            }

            @Override
            public D given(double[] context) {
                Parameter.length("ConditionalDistribution", "context", context, contextSize);
                return family.apply(context);
            }
        };
    }
}
