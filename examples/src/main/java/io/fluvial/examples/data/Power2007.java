package io.fluvial.examples.data;

import io.fluvial.Samples;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;

/// The first half of 2007 of the POWER data by the recipe of Papamakarios et al. 2017 (arXiv:1705.07057): rows with
/// gaps dropped; active power, voltage, three sub-meterings and the minute of the day; shuffled; uniform noise of
/// width 0.001, 0.01, 1, 1, 1, 0 against the rounding of the meters; last tenth test, last tenth of the rest
/// validation; normalised with mean and deviation of train and validation.
final class Power2007 {

    private static final double[] NOISE = {0.001, 0.01, 1, 1, 1, 0};

    private Power2007() {}

    static List<Part> make(Path csvGz, long seed) throws IOException {
        List<double[]> rows = read(csvGz);
        Collections.shuffle(rows, new Random(seed));
        SplittableRandom random = new SplittableRandom(seed);
        for (double[] row : rows) {
            for (int j = 0; j < row.length; j++) {
                row[j] += NOISE[j] * random.nextDouble();
            }
        }
        int test = rows.size() / 10;
        int validation = (rows.size() - test) / 10;
        int train = rows.size() - test - validation;
        normalise(rows, train + validation);
        return List.of(
                new Part("power-train", samples(rows.subList(0, train))),
                new Part("power-validation", samples(rows.subList(train, train + validation))),
                new Part("power-test", samples(rows.subList(train + validation, rows.size()))));
    }

    private static List<double[]> read(Path csvGz) throws IOException {
        List<double[]> rows = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(csvGz)), StandardCharsets.UTF_8))) {
            lines.readLine(); // the header
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] f = line.split(",", -1);
                if (f[3].isEmpty() || f[3].equals("?") || f[9].isEmpty()) {
                    continue;
                }
                String[] time = f[2].split(":", -1);
                double minute = Integer.parseInt(time[0]) * 60 + Integer.parseInt(time[1]);
                rows.add(new double[] {number(f[3]), number(f[5]), number(f[7]), number(f[8]), number(f[9]), minute});
            }
        }
        return rows;
    }

    private static double number(String field) {
        return Double.parseDouble(field);
    }

    /// In place, every feature with mean and deviation of the first `count` rows.
    private static void normalise(List<double[]> rows, int count) {
        for (int j = 0; j < NOISE.length; j++) {
            double sum = 0;
            double squares = 0;
            for (double[] row : rows.subList(0, count)) {
                sum += row[j];
            }
            double mean = sum / count;
            for (double[] row : rows.subList(0, count)) {
                squares += (row[j] - mean) * (row[j] - mean);
            }
            double deviation = Math.sqrt(squares / count);
            for (double[] row : rows) {
                row[j] = (row[j] - mean) / deviation;
            }
        }
    }

    private static Samples samples(List<double[]> rows) {
        float[][] columns = new float[NOISE.length][rows.size()];
        for (int i = 0; i < rows.size(); i++) {
            for (int j = 0; j < NOISE.length; j++) {
                columns[j][i] = (float) rows.get(i)[j];
            }
        }
        return Samples.wrap(columns);
    }
}
