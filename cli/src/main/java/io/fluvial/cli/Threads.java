package io.fluvial.cli;

import io.fluvial.FlowModel;

/// The option `--threads` of commands that use a model.
final class Threads {

    private Threads() {}

    static FlowModel of(FlowModel model, int threads) {
        if (threads < 1) {
            throw new BadUsage("--threads must be at least 1, got " + threads);
        }
        return model.withThreads(threads);
    }
}
