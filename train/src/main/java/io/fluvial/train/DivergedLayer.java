package io.fluvial.train;

import io.fluvial.Bijector;
import io.fluvial.Flow;
import io.fluvial.ParameterLayout;
import io.fluvial.Samples;
import io.fluvial.Walk;
import io.fluvial.bijector.Chain;

/// Finds where numbers stop being finite, for the message that ends a diverged training.
final class DivergedLayer {

    private DivergedLayer() {}

    /// The first layer whose parameters or outputs are not finite; else the first parameter whose gradient is not.
    static String find(Flow flow, TrainingData batch, float[] theta, float[] gradient) {
        if (!finite(batch.samples()) || !finite(batch.context())) {
            return "the data";
        }
        for (ParameterLayout.Slice slice : flow.parameters().slices()) {
            if (!finite(theta, slice)) {
                return "parameter " + slice.name();
            }
        }
        if (flow.bijector() instanceof Chain chain) {
            Samples x = batch.samples();
            int at = 0;
            for (int k = 0; k < chain.parts().size(); k++) {
                Bijector part = chain.parts().get(k);
                x = Walk.forward(part, x, batch.context(), theta, at);
                if (!finite(x)) {
                    return "outputs of layer " + k + " (" + part.getClass().getSimpleName() + ")";
                }
                at += part.parameters().size();
            }
        }
        for (ParameterLayout.Slice slice : flow.parameters().slices()) {
            if (!finite(gradient, slice)) {
                return "gradient of parameter " + slice.name();
            }
        }
        return "the density itself (a sample outside the support?)";
    }

    private static boolean finite(Samples samples) {
        for (int j = 0; j < samples.dim(); j++) {
            for (float value : samples.column(j)) {
                if (!Float.isFinite(value)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean finite(float[] values, ParameterLayout.Slice slice) {
        for (int i = slice.offset(); i < slice.offset() + slice.size(); i++) {
            if (!Float.isFinite(values[i])) {
                return false;
            }
        }
        return true;
    }
}
