package io.fluvial.train;

import io.fluvial.Activations;
import io.fluvial.Flow;
import io.fluvial.Parameters;
import io.fluvial.Samples;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/// Names a training by everything that decides its result: flow, options (but threads and what is kept
/// for the pullback), kernels, start and data.
final class Fingerprint {

    private Fingerprint() {}

    static String of(
            Flow flow,
            TrainingOptions options,
            String kernels,
            Parameters start,
            TrainingData train,
            TrainingData validation) {
        CRC32C crc = new CRC32C();
        TrainingOptions deciding = options.withThreads(1).withActivations(Activations.KEPT);
        crc.update((flow + " " + deciding + " " + kernels).getBytes(StandardCharsets.UTF_8));
        add(crc, start.toArray());
        for (TrainingData data : new TrainingData[] {train, validation}) {
            add(crc, data.samples());
            add(crc, data.context());
            float[] weights = new float[data.count()];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = data.weight(i);
            }
            add(crc, weights);
        }
        return train.count() + "x" + flow.dim() + "-" + HexFormat.of().toHexDigits(crc.getValue());
    }

    private static void add(CRC32C crc, Samples samples) {
        for (int j = 0; j < samples.dim(); j++) {
            add(crc, samples.column(j));
        }
    }

    private static void add(CRC32C crc, float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
        bytes.asFloatBuffer().put(values);
        crc.update(bytes.array());
    }
}
