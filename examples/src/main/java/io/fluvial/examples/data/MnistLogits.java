package io.fluvial.examples.data;

import io.fluvial.Samples;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;

/// MNIST in logit space (784 features), as Papamakarios et al. 2017 (arXiv:1705.07057, appendix D): U(0, 1) noise on
/// every pixel against its 256 levels, then
///
///     p = (x + u) / 256,   y = logit(λ + (1 − 2λ) p),   λ = 1e-6.
///
/// Densities are those of y. Train is the first 50,000 images, validation the last 10,000 of the 60,000.
final class MnistLogits {

    private static final int IMAGES = 0x803; // IDX: unsigned bytes in three dimensions
    private static final double LAMBDA = 1e-6;
    private static final int VALIDATION = 10_000;

    private MnistLogits() {}

    /// From a folder with the images as they are distributed.
    static List<Part> make(Path folder, long seed) throws IOException {
        Samples all = read(folder.resolve("train-images-idx3-ubyte.gz"), seed);
        Samples test = read(folder.resolve("t10k-images-idx3-ubyte.gz"), seed + 1);
        int train = all.count() - VALIDATION;
        if (train < 1) {
            throw new IOException(folder + ": holds " + all.count() + " training images, MNIST has 60,000");
        }
        return List.of(
                new Part("mnist-train", all.range(0, train)),
                new Part("mnist-validation", all.range(train, all.count())),
                new Part("mnist-test", test));
    }

    /// The images of a gzipped IDX file, one row each.
    static Samples read(Path file, long seed) throws IOException {
        try (DataInputStream in = new DataInputStream(
                new BufferedInputStream(new GZIPInputStream(Files.newInputStream(file)), 1 << 16))) {
            int magic = in.readInt();
            if (magic != IMAGES) {
                throw new IOException(file + ": is no IDX file of images: it starts with 0x"
                        + Integer.toHexString(magic) + ", not with 0x" + Integer.toHexString(IMAGES));
            }
            int count = in.readInt();
            int pixels = in.readInt() * in.readInt();
            float[][] columns = new float[pixels][count];
            byte[] image = new byte[pixels];
            SplittableRandom random = new SplittableRandom(seed);
            for (int i = 0; i < count; i++) {
                in.readFully(image);
                for (int j = 0; j < pixels; j++) {
                    columns[j][i] = logit(image[j] & 255, random.nextDouble());
                }
            }
            return Samples.wrap(columns);
        }
    }

    /// The feature of a pixel of this level.
    static float logit(int level, double noise) {
        double p = LAMBDA + (1 - 2 * LAMBDA) * (level + noise) / 256; // in [λ, 1 − λ]: both logarithms are finite
        return (float) (Math.log(p) - Math.log1p(-p));
    }
}
