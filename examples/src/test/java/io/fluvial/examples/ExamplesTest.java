package io.fluvial.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fluvial.Flow;
import io.fluvial.FlowModel;
import io.fluvial.Parameters;
import io.fluvial.Samples;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExamplesTest {

    @Test
    void quickStartFindsTheOriginLikely() {
        String line = QuickStart.run(20);
        assertTrue(line.startsWith("log p(0, 0) = "), line);
        double likely = Double.parseDouble(line.substring(14, line.indexOf(',', 14)));
        // The true log-density there is −log(2π · 0.3) = −0.63.
        assertEquals(-0.63, likely, 0.3, line);
    }

    @Test
    void ownMapInvertsWhatItMaps() {
        Flow flow = OwnScalarMap.flow(3);
        float[] theta = flow.initialize(1).toArray();
        Random random = new Random(1);
        for (int i = 0; i < theta.length; i++) {
            theta[i] += (float) (0.05 * random.nextGaussian());
        }
        for (int i = 3; i < 6; i++) {
            theta[i] = 1; // the standardisation's deviations
        }
        FlowModel model = FlowModel.of(flow, Parameters.of(flow.parameters(), theta));
        Samples x = model.sample(200, 1);
        Samples back = model.toData(model.toLatent(x, Samples.none(200)), Samples.none(200));
        for (int i = 0; i < 200; i++) {
            for (int j = 0; j < 3; j++) {
                assertEquals(x.get(i, j), back.get(i, j), 1e-4 * Math.max(1, Math.abs(x.get(i, j))));
            }
        }
    }
}
