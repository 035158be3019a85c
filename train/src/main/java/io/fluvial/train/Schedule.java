package io.fluvial.train;

/// How the learning rate changes during training: a factor on the optimiser's rate.
public sealed interface Schedule {

    /// The factor at a step.
    ///
    /// @param step number of the step, from 0
    /// @param progress share of the training that is done, 0 … 1, by steps or by time, whichever is further
    /// @param drops how often a [Plateau] has been met so far
    double factor(long step, double progress, int drops);

    /// Epochs without improvement after which a plateau is met; 0 for never.
    default int plateauPatience() {
        return 0;
    }

    /// Always 1.
    record Constant() implements Schedule {
        @Override
        public double factor(long step, double progress, int drops) {
            return 1;
        }
    }

    /// From 1 to `floor` along half a cosine (Loshchilov & Hutter 2017, arXiv:1608.03983, eq. 5, without restarts).
    record Cosine(double floor) implements Schedule {
        public Cosine {
            checkShare("floor", floor);
        }

        @Override
        public double factor(long step, double progress, int drops) {
            return floor + (1 - floor) * 0.5 * (1 + Math.cos(Math.PI * Math.min(progress, 1)));
        }
    }

    /// Multiplied by `factor` whenever validation has not improved for `patience` epochs.
    record Plateau(double factor, int patience) implements Schedule {
        public Plateau {
            checkShare("factor", factor);
            if (patience < 1) {
                throw new IllegalArgumentException("patience must be at least 1 epoch, got " + patience);
            }
        }

        @Override
        public double factor(long step, double progress, int drops) {
            return Math.pow(factor, drops);
        }

        @Override
        public int plateauPatience() {
            return patience;
        }
    }

    /// Rises from 1 / steps to 1 over the first `steps` steps, and follows `then` meanwhile and afterwards.
    record WarmUp(int steps, Schedule then) implements Schedule {
        public WarmUp {
            if (steps < 1) {
                throw new IllegalArgumentException("a warm-up needs at least 1 step, got " + steps);
            }
        }

        @Override
        public double factor(long step, double progress, int drops) {
            return Math.min(1, (step + 1.0) / steps) * then.factor(step, progress, drops);
        }

        @Override
        public int plateauPatience() {
            return then.plateauPatience();
        }
    }

    private static void checkShare(String what, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(what + " must be in [0, 1], got " + value);
        }
    }
}
