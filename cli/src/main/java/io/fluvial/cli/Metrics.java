package io.fluvial.cli;

import io.fluvial.train.EpochReport;
import io.fluvial.train.TrainingResult;
import java.util.Map;

/// The numbers of a training that go into its model file.
final class Metrics {

    private Metrics() {}

    /// Number of the last epoch.
    static int epochs(TrainingResult result) {
        return result.epochs().stream().mapToInt(EpochReport::epoch).max().orElse(0);
    }

    static Map<String, Double> of(TrainingResult result, Comparison comparison) {
        return Map.of(
                "epochs", (double) epochs(result),
                "seconds", result.seconds(),
                "rowsPerSecond", result.samplesPerSecond(),
                "validationLogProb", result.bestValidation(),
                "testLogProb", comparison.flow().mean(),
                "testStandardError", comparison.flow().standardError(),
                "gaussianTestLogProb", comparison.gaussian().mean());
    }
}
