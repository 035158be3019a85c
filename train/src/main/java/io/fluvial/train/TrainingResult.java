package io.fluvial.train;

import io.fluvial.FlowModel;
import java.util.List;

/// What training gave.
///
/// @param model the flow with the weights that were best on validation
/// @param epochs one report per epoch
/// @param steps steps made
/// @param seconds time trained, over all resumptions
/// @param samplesPerSecond samples used for steps, divided by the time without validation
/// @param stop why it ended
public record TrainingResult(
        FlowModel model, List<EpochReport> epochs, long steps, double seconds, double samplesPerSecond, Stop stop) {

    /// Why training ended.
    public enum Stop {
        EPOCHS,
        TIME,
        NO_IMPROVEMENT
    }

    /// The best validation log-density, nats.
    public double bestValidation() {
        return epochs.stream().mapToDouble(EpochReport::validation).max().orElse(Double.NaN);
    }
}
