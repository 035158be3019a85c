package io.fluvial.train;

/// Is told how training goes, on the training thread.
public interface TrainingListener {

    /// Does nothing.
    TrainingListener NONE = new TrainingListener() {};

    /// After a step.
    ///
    /// @param epoch number of the epoch, from 1
    /// @param done samples of this epoch that have been used
    /// @param of samples of an epoch
    /// @param meanLogProb mean log-density of the epoch's samples so far, each at the weights of its step, nats
    default void step(int epoch, int done, int of, double meanLogProb) {}

    /// After the validation that ends an epoch.
    default void epoch(EpochReport report) {}

    /// After a step that gave numbers that are not finite was undone.
    ///
    /// @param step number of the step, from 0
    /// @param rateFactor what the learning rate is multiplied by from now on
    default void undone(long step, double rateFactor) {}
}
