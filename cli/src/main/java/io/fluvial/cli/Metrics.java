package io.fluvial.cli;

import io.fluvial.train.EpochReport;
import io.fluvial.train.TrainingResult;
import java.util.HashMap;
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

    /// Of the best training of a choice.
    static Map<String, Double> of(TrainingResult result, Comparison comparison, FlowSearch.Choice choice) {
        Map<String, Double> metrics = new HashMap<>(of(result, comparison));
        metrics.put("flowsTried", (double) choice.flows());
        metrics.put("choiceSeconds", choice.seconds());
        return metrics;
    }
}
