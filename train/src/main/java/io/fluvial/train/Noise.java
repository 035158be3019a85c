package io.fluvial.train;

import java.util.random.RandomGenerator;

/// A stream of random numbers that starts anew for every block without a new object: SplitMix64 (Steele, Lea & Flood
/// 2014, "Fast splittable pseudorandom number generators", figure 16).
final class Noise implements RandomGenerator {

    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private long state;

    void start(long seed) {
        state = seed;
    }

    @Override
    public long nextLong() {
        state += GOLDEN;
        long z = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
