package io.fluvial;

import java.util.random.RandomGenerator;

/// The source of dropout masks: a stream of random numbers that starts anew wherever it is told to,
/// without a new object, so that a layer that is computed again drops the same units again.
/// SplitMix64 (Steele, Lea & Flood 2014, "Fast splittable pseudorandom number generators", figure 16).
public final class Noise implements RandomGenerator {

    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private long state;

    /// Stands at seed 0.
    public Noise() {}

    /// Goes on from a seed, or from where [#state] was taken.
    public void start(long seed) {
        state = seed;
    }

    /// Where the stream is now.
    public long state() {
        return state;
    }

    @Override
    public long nextLong() {
        state += GOLDEN;
        long z = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
