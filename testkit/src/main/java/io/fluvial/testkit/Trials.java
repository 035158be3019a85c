package io.fluvial.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Runs a property on random cases from one seed. A case that fails is made smaller – fewer samples, then fewer
/// features, then smaller numbers – as long as it keeps failing, and the smallest is reported with what repeats it:
///
///     trial 12 fails; smallest: seed=5873…, count=1, dim=2, magnitude=0.25
///
/// ```java
/// Trials.of(1).withCount(128).withDim(1, 8).check(trial -> assertRoundTrip(trial.count(), trial.random()));
/// Trials.repeat(5873…L, 1, 2, 0.25, property);
/// ```
///
/// @param seed of the whole run
/// @param times number of cases
/// @param mostSamples samples are drawn from 1 … mostSamples
/// @param leastDim features are drawn from leastDim … mostDim
/// @param mostDim see leastDim
/// @param mostMagnitude the size of drawn numbers is between an eighth of this and this
public record Trials(long seed, int times, int mostSamples, int leastDim, int mostDim, double mostMagnitude) {

    private static final int SHRINKS = 200;

    /// What has to hold for every case: throws if it does not.
    @FunctionalInterface
    public interface Property {
        void check(Trial trial);
    }

    /// One case: sizes, and a source of numbers that starts the same way each time the case is run.
    public static final class Trial {
        private final long seed;
        private final int count;
        private final int dim;
        private final double magnitude;
        private final RandomGenerator random;

        private Trial(long seed, int count, int dim, double magnitude) {
            this.seed = seed;
            this.count = count;
            this.dim = dim;
            this.magnitude = magnitude;
            this.random = new SplittableRandom(seed);
        }

        public int count() {
            return count;
        }

        public int dim() {
            return dim;
        }

        public double magnitude() {
            return magnitude;
        }

        public RandomGenerator random() {
            return random;
        }

        @Override
        public String toString() {
            return "seed=" + seed + ", count=" + count + ", dim=" + dim + ", magnitude=" + magnitude;
        }
    }

    public Trials {
        if (times < 1 || mostSamples < 1 || leastDim < 1 || mostDim < leastDim || !(mostMagnitude > 0)) {
            throw new IllegalArgumentException("trials need positive sizes and leastDim ≤ mostDim, got times=" + times
                    + ", samples ≤ " + mostSamples + ", dim " + leastDim + " … " + mostDim + ", magnitude ≤ "
                    + mostMagnitude);
        }
    }

    /// 20 cases of 1 sample, 1 feature, magnitude 1.
    public static Trials of(long seed) {
        return new Trials(seed, 20, 1, 1, 1, 1);
    }

    public Trials withTimes(int times) {
        return new Trials(seed, times, mostSamples, leastDim, mostDim, mostMagnitude);
    }

    public Trials withCount(int mostSamples) {
        return new Trials(seed, times, mostSamples, leastDim, mostDim, mostMagnitude);
    }

    public Trials withDim(int leastDim, int mostDim) {
        return new Trials(seed, times, mostSamples, leastDim, mostDim, mostMagnitude);
    }

    public Trials withMagnitude(double mostMagnitude) {
        return new Trials(seed, times, mostSamples, leastDim, mostDim, mostMagnitude);
    }

    /// Runs all cases; the first that fails is shrunk and thrown as an [AssertionError], its cause the failure.
    public void check(Property property) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int k = 0; k < times; k++) {
            Trial trial = new Trial(
                    random.nextLong(),
                    1 + random.nextInt(mostSamples),
                    leastDim + random.nextInt(mostDim - leastDim + 1),
                    mostMagnitude * (0.125 + 0.875 * random.nextDouble()));
            Failure failure = run(trial, property);
            if (failure != null) {
                Failure smallest = shrink(failure, property);
                throw new AssertionError(
                        "trial " + k + " fails; smallest: " + smallest.trial + ": " + smallest.thrown.getMessage(),
                        smallest.thrown);
            }
        }
    }

    /// Runs one case again, as a failure printed it.
    public static void repeat(long seed, int count, int dim, double magnitude, Property property) {
        property.check(new Trial(seed, count, dim, magnitude));
    }

    private static final class Failure {
        final Trial trial;
        final Throwable thrown;

        Failure(Trial trial, Throwable thrown) {
            this.trial = trial;
            this.thrown = thrown;
        }
    }

    private static @Nullable Failure run(Trial trial, Property property) {
        try {
            property.check(trial);
            return null;
        } catch (RuntimeException | AssertionError e) {
            return new Failure(trial, e);
        }
    }

    /// Greedy: the first smaller case that fails becomes the next to be made smaller.
    private Failure shrink(Failure failure, Property property) {
        Failure smallest = failure;
        int left = SHRINKS;
        boolean smaller = true;
        while (smaller && left > 0) {
            smaller = false;
            for (Trial candidate : candidates(smallest.trial)) {
                Failure found = left-- > 0 ? run(candidate, property) : null;
                if (found != null) {
                    smallest = found;
                    smaller = true;
                    break;
                }
            }
        }
        return smallest;
    }

    private List<Trial> candidates(Trial t) {
        List<Trial> smaller = new ArrayList<>();
        for (int count : new int[] {1, t.count / 2, t.count - 1}) {
            if (count >= 1 && count < t.count) {
                smaller.add(new Trial(t.seed, count, t.dim, t.magnitude));
            }
        }
        for (int dim : new int[] {leastDim, t.dim / 2, t.dim - 1}) {
            if (dim >= leastDim && dim < t.dim) {
                smaller.add(new Trial(t.seed, t.count, dim, t.magnitude));
            }
        }
        if (t.magnitude > mostMagnitude / 64) {
            smaller.add(new Trial(t.seed, t.count, t.dim, t.magnitude / 2));
        }
        return smaller;
    }
}
