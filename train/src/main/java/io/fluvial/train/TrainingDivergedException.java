package io.fluvial.train;

/// Training kept producing numbers that are not finite, although steps were undone and retried with smaller rates.
public final class TrainingDivergedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final long step;
    private final String layer;

    TrainingDivergedException(long step, String layer, String message) {
        super(message);
        this.step = step;
        this.layer = layer;
    }

    /// The step, counted from 0, that could not be made.
    public long step() {
        return step;
    }

    /// The layer whose numbers are the first that are not finite.
    public String layer() {
        return layer;
    }
}
