package io.fluvial.bench;

import io.fluvial.Activations;
import io.fluvial.Flow;
import io.fluvial.FlowModel;
import io.fluvial.Parameters;
import io.fluvial.Samples;
import io.fluvial.Scorer;
import io.fluvial.benchmarks.FlowSize;
import io.fluvial.flows.Flows;
import io.fluvial.flows.Mixing;
import io.fluvial.flows.Preparation;
import io.fluvial.kernel.Kernels;
import io.fluvial.train.TrainingStep;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/// Scoring or training at one size of a series: plain Real NVP flows of five layers, as in the speed tables.
///
/// @param series which table it stands in
/// @param size what grows in that table
/// @param threads how many work
/// @param rows scored or trained on in one call
/// @param flops floating-point operations of the products in one call
/// @param run one call
record ScalingWork(Series series, int size, int threads, int rows, double flops, DoubleSupplier run) {

    /// The tables.
    enum Series {
        BATCH("scoring, 10 features, width 64", "rows in a call"),
        SCORER("one row after the other, 10 features, width 64", "rows in a call"),
        FEATURES_SCORE("scoring, width 256", "features"),
        FEATURES_TRAIN("training, width 256, batches of 256", "features"),
        TRAIN("training, 10 features, width 64", "batch");

        private final String title;
        private final String grows;

        Series(String title, String grows) {
            this.title = title;
            this.grows = grows;
        }

        String title() {
            return title;
        }

        /// What the size is.
        String grows() {
            return grows;
        }
    }

    private static final int LAYERS = 5;

    /// All works up to a size.
    ///
    /// @param mostRows rows scored in a call, at most
    /// @param mostFeatures features, at most
    /// @param mostBatch batch trained on, at most
    static List<ScalingWork> all(Kernels kernels, int processors, int mostRows, int mostFeatures, int mostBatch) {
        List<ScalingWork> works = new ArrayList<>();
        List<Integer> threads = processors > 1 ? List.of(1, processors) : List.of(1);
        Flow small = flow(10, 64);
        float[] theta = FlowSize.randomParameters(small);
        Samples many = FlowSize.samples(10, mostRows);
        FlowModel model =
                FlowModel.of(small, Parameters.of(small.parameters(), theta)).withKernels(kernels);
        works.add(scorer(model, many, FlowSize.flops(small)));
        for (int t : threads) {
            FlowModel on = model.withThreads(t);
            for (int rows = 1; rows <= mostRows; rows = next(rows, mostRows)) {
                works.add(score(Series.BATCH, rows, on, t, many.range(0, rows), FlowSize.flops(small)));
            }
        }
        for (int dim : new int[] {2, 4, 8, 16, 32, 64, 128, 256, 512, 1000}) {
            if (dim <= mostFeatures) {
                features(works, dim, kernels);
            }
        }
        for (int t : threads) {
            for (int batch = 64; batch <= mostBatch; batch *= 2) {
                works.add(train(Series.TRAIN, batch, small, theta, batch, t, kernels));
            }
        }
        return works;
    }

    /// Twice as many, and the most at the end.
    private static int next(int rows, int most) {
        return rows == most ? most + 1 : Math.min(2 * rows, most);
    }

    private static void features(List<ScalingWork> works, int dim, Kernels kernels) {
        Flow flow = flow(dim, 256);
        float[] theta = FlowSize.randomParameters(flow);
        FlowModel model =
                FlowModel.of(flow, Parameters.of(flow.parameters(), theta)).withKernels(kernels);
        Samples rows = FlowSize.samples(dim, 512);
        works.add(score(Series.FEATURES_SCORE, dim, model.withThreads(1), 1, rows, FlowSize.flops(flow)));
        works.add(train(Series.FEATURES_TRAIN, dim, flow, theta, 256, 1, kernels));
    }

    /// As many calls as a batch has rows elsewhere, so that the clock does not matter.
    private static ScalingWork scorer(FlowModel model, Samples samples, double flops) {
        Scorer scorer = model.scorer();
        float[][] rows = new float[Math.min(256, samples.count())][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = samples.row(i);
        }
        return new ScalingWork(Series.SCORER, 1, 1, rows.length, rows.length * flops, () -> {
            double sum = 0;
            for (float[] row : rows) {
                sum += scorer.logProb(row);
            }
            return sum;
        });
    }

    private static ScalingWork score(
            Series series, int size, FlowModel model, int threads, Samples rows, double flops) {
        return new ScalingWork(
                series, size, threads, rows.count(), rows.count() * flops, () -> model.logProb(rows)[rows.count() - 1]);
    }

    private static ScalingWork train(
            Series series, int size, Flow flow, float[] theta, int batch, int threads, Kernels kernels) {
        TrainingStep step = new TrainingStep(
                flow,
                FlowSize.samples(flow.dim(), TrainingStep.ROWS),
                theta,
                batch,
                threads,
                Activations.KEPT,
                kernels);
        // three products: forward, for the inputs and for the weights
        return new ScalingWork(series, size, threads, batch, 3 * batch * FlowSize.flops(flow), step::run);
    }

    private static Flow flow(int dim, int width) {
        return Flows.realNvpWith(dim)
                .withLayers(LAYERS)
                .withHidden(width, width)
                .withInputBound(Double.POSITIVE_INFINITY)
                .withMixing(Mixing.NONE)
                .withPreparation(Preparation.NONE)
                .build();
    }
}
