package io.fluvial.examples.data;

import io.fluvial.Samples;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/// Five small UCI tables with the columns that Uria, Murray & Larochelle 2013 (arXiv:1306.0186, section 5.1) keep:
/// discrete columns are left out, and one of every two whose correlation is above 0.98. Rows as they come, not
/// standardised: that is done fold by fold, with the training folds.
final class UciTables {

    private UciTables() {}

    static List<Part> make(Path folder) throws IOException {
        return List.of(
                // Without the quality, an integer.
                part("uci-red", folder.resolve("winequality-red.csv.gz"), ";", 1, range(0, 11)),
                part("uci-white", folder.resolve("winequality-white.csv.gz"), ";", 1, range(0, 11)),
                part("uci-parkinsons", folder.resolve("parkinsons_updrs.tsv.gz"), "\t", 1, new int[] {
                    3, 4, 5, 7, 8, 9, 12, 13, 14, 15, 17, 18, 19, 20, 21
                }),
                // Without the first two, of which one is binary and the other constant, and the class.
                part("uci-ionosphere", folder.resolve("ionosphere.data.gz"), ",", 0, range(2, 34)),
                // Without ZN, CHAS, RAD and TAX.
                part("uci-housing", folder.resolve("boston-housing.txt.gz"), "\\s+", 0, new int[] {
                    0, 2, 4, 5, 6, 7, 10, 11, 12, 13
                }));
    }

    private static int[] range(int from, int to) {
        return IntStream.range(from, to).toArray();
    }

    /// @param delimiter a regular expression
    /// @param headerLines lines to pass over
    /// @param columns numbers of the columns to keep, from 0
    static Part part(String name, Path textGz, String delimiter, int headerLines, int[] columns) throws IOException {
        List<float[]> rows = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(textGz)), StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (number > headerLines && !line.isBlank()) {
                    rows.add(row(line.strip().split(delimiter, -1), columns, textGz + ": line " + number));
                }
            }
        }
        return new Part(name, Samples.ofRows(rows.toArray(float[][]::new)));
    }

    private static float[] row(String[] fields, int[] columns, String where) throws IOException {
        float[] row = new float[columns.length];
        for (int j = 0; j < row.length; j++) {
            try {
                row[j] = Float.parseFloat(fields[columns[j]]);
            } catch (ArrayIndexOutOfBoundsException | NumberFormatException e) {
                throw new IOException(where + " has no number in column " + columns[j] + " (from 0)", e);
            }
        }
        return row;
    }
}
