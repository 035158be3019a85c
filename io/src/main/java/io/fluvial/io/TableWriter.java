package io.fluvial.io;

import io.fluvial.Samples;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.duckdb.DuckDBAppender;

/// Writes samples as a table: CSV, TSV, JSON lines, Parquet, NumPy's npy and npz (array `X`), text perhaps gzipped.
/// The file is replaced as a whole. A NaN is an empty field in text and a null elsewhere.
public final class TableWriter {

    private TableWriter() {}

    /// Writes samples to a file, or as CSV to standard output for `-`.
    public static void write(String target, List<String> names, Samples samples) {
        write(target, System.out, names, samples, List.of());
    }

    /// Writes samples to a file.
    public static void write(Path target, List<String> names, Samples samples) {
        write(target.toString(), OutputStream.nullOutputStream(), names, samples, List.of());
    }

    /// Writes samples and further columns, such as their log-densities, after them.
    ///
    /// @param target a file, or `-` for CSV to `standardOutput`
    /// @param names one for every feature
    /// @param more names of the further columns
    /// @throws BadInputException if the target cannot be written
    public static void write(
            String target,
            OutputStream standardOutput,
            List<String> names,
            Samples samples,
            List<String> more,
            double[]... columns) {
        if (names.size() != samples.dim() || more.size() != columns.length) {
            throw new IllegalArgumentException(names.size() + " and " + more.size() + " names for " + samples.dim()
                    + " features and " + columns.length + " further columns");
        }
        for (double[] column : columns) {
            if (column.length != samples.count()) {
                throw new IllegalArgumentException(
                        "a further column has " + column.length + " values, there are " + samples.count() + " samples");
            }
        }
        List<String> all = new ArrayList<>(names);
        all.addAll(more);
        Numbers numbers = new Numbers(all, samples, columns);
        TableFormat format = TableFormat.of(target);
        switch (format.kind()) {
            case PARQUET -> parquet(target, standardOutput, numbers, CopyOptions.of(format, target));
            case JSON -> throw new BadInputException(target + ": samples are written as JSON lines: call it .jsonl");
            default ->
                TableTarget.write(target, standardOutput, path -> {
                    try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(path), 1 << 16);
                            OutputStream out = format.compressed() ? new GZIPOutputStream(file, 1 << 16) : file) {
                        numbers.write(format.kind(), out);
                    }
                });
        }
    }

    private static void parquet(String target, OutputStream standardOutput, Numbers numbers, String options) {
        try (DuckDatabase database = DuckDatabase.open()) {
            database.execute("CREATE TEMP TABLE samples (" + numbers.sqlColumns() + ")");
            try (DuckDBAppender appender = database.connection().createAppender("samples")) {
                numbers.appendTo(appender);
            }
            TableTarget.write(target, standardOutput, path -> {
                try {
                    database.execute("COPY samples TO " + DuckDatabase.literal(path.toString()) + " " + options);
                } catch (SQLException e) {
                    throw DuckSource.broken(target, e);
                }
            });
        } catch (SQLException e) {
            throw DuckSource.broken(target, e);
        }
    }

    /// Float columns and double columns after them, row by row.
    private static final class Numbers {
        private final List<String> names;
        private final Samples samples;
        private final double[][] more;

        Numbers(List<String> names, Samples samples, double[][] more) {
            this.names = names;
            this.samples = samples;
            this.more = more;
        }

        void write(TableFormat.Kind kind, OutputStream out) throws IOException {
            switch (kind) {
                case CSV -> separated(out, ',');
                case TSV -> separated(out, '\t');
                case JSON_LINES -> jsonLines(out);
                case NPY -> npy(out);
                case NPZ -> npz(out);
                case JSON, PARQUET -> throw new IllegalStateException(kind + " is written elsewhere");
            }
        }

        private double value(int i, int j) {
            return j < samples.dim() ? samples.get(i, j) : more[j - samples.dim()][i];
        }

        /// The shortest decimal that gives the number back; JSON takes Java's form too.
        private String text(int i, int j) {
            return j < samples.dim() ? Float.toString(samples.get(i, j)) : Double.toString(more[j - samples.dim()][i]);
        }

        private void separated(OutputStream out, char delimiter) throws IOException {
            StringBuilder line = new StringBuilder();
            for (int j = 0; j < names.size(); j++) {
                line.append(j > 0 ? String.valueOf(delimiter) : "").append(quoted(names.get(j), delimiter));
            }
            put(line, out);
            for (int i = 0; i < samples.count(); i++) {
                for (int j = 0; j < names.size(); j++) {
                    if (j > 0) {
                        line.append(delimiter);
                    }
                    if (!Double.isNaN(value(i, j))) {
                        line.append(text(i, j));
                    }
                }
                put(line, out);
            }
        }

        private static String quoted(String name, char delimiter) {
            boolean plain = name.chars().noneMatch(c -> c == delimiter || c == '"' || c == '\n' || c == '\r');
            return plain && !name.isEmpty() ? name : "\"" + name.replace("\"", "\"\"") + "\"";
        }

        private void jsonLines(OutputStream out) throws IOException {
            List<String> keys = names.stream().map(n -> Json.write(n) + ":").toList();
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < samples.count(); i++) {
                for (int j = 0; j < names.size(); j++) {
                    line.append(j > 0 ? ',' : '{').append(keys.get(j));
                    line.append(Double.isFinite(value(i, j)) ? text(i, j) : "null"); // JSON has no infinity
                }
                put(line.append('}'), out);
            }
        }

        private static void put(StringBuilder line, OutputStream out) throws IOException {
            out.write(line.append('\n').toString().getBytes(StandardCharsets.UTF_8));
            line.setLength(0);
        }

        /// Floats where all columns are, doubles otherwise; row by row.
        private void npy(OutputStream out) throws IOException {
            boolean wide = more.length > 0;
            String head = "{'descr': '" + (wide ? "<f8" : "<f4") + "', 'fortran_order': False, 'shape': ("
                    + samples.count() + ", " + names.size() + "), }";
            int size = Math.ceilDiv(10 + head.length() + 1, 64) * 64 - 10;
            ByteBuffer start = ByteBuffer.allocate(10 + size).order(ByteOrder.LITTLE_ENDIAN);
            start.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) size);
            start.put((head + " ".repeat(size - head.length() - 1) + "\n").getBytes(StandardCharsets.US_ASCII));
            out.write(start.array());
            ByteBuffer row = ByteBuffer.allocate(names.size() * (wide ? 8 : 4)).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < samples.count(); i++) {
                row.clear();
                for (int j = 0; j < names.size(); j++) {
                    if (wide) {
                        row.putDouble(value(i, j));
                    } else {
                        row.putFloat(samples.get(i, j));
                    }
                }
                out.write(row.array());
            }
        }

        private void npz(OutputStream out) throws IOException {
            ZipOutputStream zip = new ZipOutputStream(out);
            ZipEntry entry = new ZipEntry("X.npy");
            entry.setTime(0); // no clock in the file
            zip.putNextEntry(entry);
            npy(zip);
            zip.closeEntry();
            zip.finish();
        }

        String sqlColumns() {
            List<String> columns = new ArrayList<>();
            for (int j = 0; j < names.size(); j++) {
                columns.add(DuckDatabase.identifier(names.get(j)) + (j < samples.dim() ? " FLOAT" : " DOUBLE"));
            }
            return String.join(", ", columns);
        }

        void appendTo(DuckDBAppender appender) throws SQLException {
            for (int i = 0; i < samples.count(); i++) {
                appender.beginRow();
                for (int j = 0; j < names.size(); j++) {
                    if (Double.isNaN(value(i, j))) {
                        appender.appendNull();
                    } else if (j < samples.dim()) {
                        appender.append(samples.get(i, j));
                    } else {
                        appender.append(value(i, j));
                    }
                }
                appender.endRow();
            }
        }
    }
}
