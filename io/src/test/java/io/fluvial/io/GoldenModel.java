package io.fluvial.io;

import io.fluvial.Flow;
import io.fluvial.FlowModel;
import io.fluvial.Parameters;
import io.fluvial.base.StandardNormal;
import io.fluvial.bijector.Chain;
import io.fluvial.bijector.Coupling;
import io.fluvial.bijector.Mask;
import io.fluvial.bijector.Permutation;
import io.fluvial.bijector.Standardization;
import io.fluvial.nn.Activation;
import io.fluvial.nn.Mlp;
import io.fluvial.scalar.Affine;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// Makes the golden model file; see `golden/README.md` for the command.
final class GoldenModel {

    private GoldenModel() {}

    /// A small RealNVP over three features given two columns, all its numbers drawn from a seed.
    static SavedModel model() {
        var network = Mlp.factory(List.of(4), Activation.TANH, 0);
        Flow flow = new Flow(
                Chain.of(
                        new Standardization(3),
                        Coupling.of(Mask.alternating(3, 0), 2, Affine.bounded(), network),
                        Coupling.of(Mask.alternating(3, 1), 2, Affine.bounded(), network)
                                .withInputBound(2),
                        Permutation.reverse(3),
                        Coupling.of(Mask.alternating(3, 0), 2, Affine.bounded(), network)),
                StandardNormal.of(3));
        SplittableRandom random = new SplittableRandom(20260101);
        float[] theta = new float[flow.parameters().size()];
        for (int k = 0; k < theta.length; k++) {
            theta[k] = (float) random.nextDouble(-0.8, 0.8);
        }
        for (int k = 3; k < 6; k++) {
            theta[k] = 1 + Math.abs(theta[k]); // the deviations of the standardisation
        }
        return SavedModel.of(
                        FlowModel.of(flow, Parameters.of(flow.parameters(), theta)),
                        Schema.of("length", "width", "größe \"q\"").withContext("day", "hour"))
                .withPreprocessing(List.of("rows with missing values dropped"))
                .withProvenance(new Provenance(
                        "sha256:00ff", 1000, Long.MIN_VALUE, "0.1.0", "25.0.3", "scalar", "2026-01-01T00:00:00Z"))
                .withMetrics(Map.of("train.logProb", -3.25, "valid.logProb", Double.NEGATIVE_INFINITY))
                .withExtra(Map.of("note", "a golden file"));
    }

    public static void main(String[] args) {
        ModelFile.write(Path.of(args[0]), model());
    }
}
