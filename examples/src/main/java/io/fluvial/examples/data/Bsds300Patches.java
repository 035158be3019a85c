package io.fluvial.examples.data;

import io.fluvial.Samples;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.imageio.ImageIO;

/// BSDS300 (63 features): 8 × 8 monochrome patches of natural images, as Papamakarios et al. 2017
/// (arXiv:1705.07057), after Zoran & Weiss 2011 and Uria et al. 2013.
///
/// Grey = round(0.2989 R + 0.5870 G + 0.1140 B); patches at random places; U(0, 1) noise on every pixel; divided by
/// 256; the patch's own mean subtracted; the last pixel dropped. Validation patches come from 20 training images
/// that are kept apart, test patches from the test images.
final class Bsds300Patches {

    private static final int SIDE = 8;
    private static final int PIXELS = SIDE * SIDE;
    private static final int VALIDATION_IMAGES = 20;

    private Bsds300Patches() {}

    /// Train, validation and test from the two archives of JPEG images.
    static List<Part> make(Path trainZip, Path testZip, int train, int validation, int test, long seed)
            throws IOException {
        List<int[][]> images = greyImages(trainZip);
        Collections.shuffle(images, new Random(seed));
        List<int[][]> kept = images.subList(0, VALIDATION_IMAGES);
        List<int[][]> others = images.subList(VALIDATION_IMAGES, images.size());
        return List.of(
                new Part("bsds300-train", patches(others, train, seed + 1)),
                new Part("bsds300-validation", patches(kept, validation, seed + 2)),
                new Part("bsds300-test", patches(greyImages(testZip), test, seed + 3)));
    }

    private static List<int[][]> greyImages(Path zip) throws IOException {
        List<int[][]> images = new ArrayList<>();
        try (ZipFile file = new ZipFile(zip.toFile())) {
            List<? extends ZipEntry> entries = file.stream()
                    .filter(e -> e.getName().endsWith(".jpg"))
                    .sorted((a, b) -> a.getName().compareTo(b.getName()))
                    .toList();
            for (ZipEntry entry : entries) {
                byte[] bytes = file.getInputStream(entry).readAllBytes();
                images.add(grey(ImageIO.read(new ByteArrayInputStream(bytes))));
            }
        }
        return images;
    }

    private static int[][] grey(BufferedImage image) {
        int[][] grey = new int[image.getHeight()][image.getWidth()];
        for (int y = 0; y < grey.length; y++) {
            for (int x = 0; x < grey[y].length; x++) {
                int rgb = image.getRGB(x, y);
                double value = 0.2989 * (rgb >> 16 & 255) + 0.5870 * (rgb >> 8 & 255) + 0.1140 * (rgb & 255);
                grey[y][x] = (int) Math.round(value);
            }
        }
        return grey;
    }

    private static Samples patches(List<int[][]> images, int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[][] columns = new float[PIXELS - 1][count];
        double[] patch = new double[PIXELS];
        for (int i = 0; i < count; i++) {
            int[][] image = images.get(random.nextInt(images.size()));
            int top = random.nextInt(image.length - SIDE + 1);
            int left = random.nextInt(image[0].length - SIDE + 1);
            for (int k = 0; k < PIXELS; k++) {
                patch[k] = (image[top + k / SIDE][left + k % SIDE] + random.nextDouble()) / 256;
            }
            double mean = Arrays.stream(patch).sum() / PIXELS;
            for (int k = 0; k < PIXELS - 1; k++) {
                columns[k][i] = (float) (patch[k] - mean);
            }
        }
        return Samples.wrap(columns);
    }
}
