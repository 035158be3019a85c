package io.fluvial.cli;

import io.fluvial.Samples;
import io.fluvial.io.Provenance;
import io.fluvial.kernel.Kernels;
import io.fluvial.train.TrainingData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/// What a model file says about its making.
final class Origin {

    private Origin() {}

    /// @param data the rows that were trained on
    static Provenance of(TrainingData data, long seed) {
        return new Provenance(
                        hash(data),
                        data.count(),
                        seed,
                        Fluvial.Version.text(),
                        "",
                        Kernels.best().name(),
                        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
                .withThisJvm();
    }

    /// SHA-256 of the training values, column by column, as little-endian floats: features, context, weights.
    private static String hash(TrainingData data) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
        add(digest, data.samples());
        add(digest, data.context());
        float[] weights = new float[data.count()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = data.weight(i);
        }
        add(digest, weights);
        return "sha256:" + HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, Samples samples) {
        for (int j = 0; j < samples.dim(); j++) {
            add(digest, samples.column(j));
        }
    }

    private static void add(MessageDigest digest, float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        digest.update(bytes.array());
    }
}
