package io.fluvial.io;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/// NumPy's `.npy` and `.npz`. Columns are called c0, c1, …; a one-dimensional array is one column.
final class NumpySource implements TableSource {

    private final Path path;
    private final String name;
    private final boolean compressed;
    private final @Nullable String entry;
    private final NumpyHeader header;
    private final List<String> columns;
    private @Nullable DuckDatabase database;

    private NumpySource(Path path, String name, boolean compressed, @Nullable String entry) throws IOException {
        this.path = path;
        this.name = name;
        this.compressed = compressed;
        this.entry = entry;
        try (InputStream in = stream()) {
            this.header = NumpyHeader.read(in, name);
        }
        this.columns =
                IntStream.range(0, header.columns()).mapToObj(j -> "c" + j).toList();
    }

    static NumpySource npy(Path path, String name, boolean compressed) throws IOException {
        return new NumpySource(path, name, compressed, null);
    }

    /// @param array the array's name, or null for the first that has two dimensions
    static NumpySource npz(Path path, String name, @Nullable String array) throws IOException {
        try (ZipFile zip = new ZipFile(path.toFile())) {
            List<String> arrays = zip.stream().map(ZipEntry::getName).toList();
            if (array != null) {
                String found = arrays.contains(array + ".npy") ? array + ".npy" : array;
                if (!arrays.contains(found)) {
                    throw new BadInputException(name + ": has no array \"" + array + "\"; it has " + names(arrays));
                }
                return new NumpySource(path, name, false, found);
            }
            Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements()) {
                ZipEntry e = entries.nextElement();
                if (e.getName().endsWith(".npy")) {
                    try (InputStream in = zip.getInputStream(e)) {
                        if (NumpyHeader.dimensions(in) == 2) {
                            return new NumpySource(path, name, false, e.getName());
                        }
                    }
                }
            }
            throw new BadInputException(name + ": has no array of two dimensions; it has " + names(arrays)
                    + ", choose one with file.npz:NAME");
        } catch (java.util.zip.ZipException e) {
            throw new BadInputException(name + ": is no .npz file: " + e.getMessage(), e);
        }
    }

    private static String names(List<String> entries) {
        return String.join(
                ", ", entries.stream().map(e -> e.replaceFirst("\\.npy$", "")).toList());
    }

    private InputStream stream() throws IOException {
        String inner = entry;
        if (inner == null) {
            InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
            return compressed ? new GZIPInputStream(in, 1 << 16) : in;
        }
        ZipFile zip = new ZipFile(path.toFile());
        InputStream in = zip.getInputStream(zip.getEntry(inner));
        return new BufferedInputStream(in, 1 << 16) {
            @Override
            public void close() throws IOException {
                super.close();
                zip.close();
            }
        };
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public void read(int[] chosen, int limit, FloatColumn[] to) {
        FloatColumn[] all = new FloatColumn[columns.size()];
        for (int k = 0; k < chosen.length; k++) {
            all[chosen[k]] = to[k];
        }
        values(limit, (column, value) -> {
            if (all[column] != null) {
                all[column].add(value);
            }
        });
    }

    @FunctionalInterface
    private interface Values {
        void accept(int column, double value);
    }

    /// All values of the first rows: row by row, or column by column in Fortran order.
    private void values(int limit, Values to) {
        long rows = Math.min(header.rows(), limit);
        int width = columns.size();
        try (InputStream in = stream()) {
            NumpyHeader.read(in, name);
            if (header.fortran()) {
                for (int j = 0; j < width; j++) {
                    for (long i = 0; i < rows; ) {
                        i += run(in, Math.min(rows - i, 8192), j, 0, to);
                    }
                    in.skipNBytes((header.rows() - rows) * header.itemSize());
                }
            } else {
                int block = Math.max(1, 8192 / Math.max(1, width));
                for (long i = 0; i < rows; ) {
                    int n = (int) Math.min(rows - i, block);
                    run(in, (long) n * width, 0, width, to);
                    i += n;
                }
            }
        } catch (EOFException e) {
            throw new BadInputException(
                    name + ": is truncated: expected " + header.rows() + " × " + width + " values of "
                            + header.itemSize() + " bytes; get the file again",
                    e);
        } catch (IOException e) {
            throw new BadInputException(name + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /// Reads `n` values, of one column if `width` is 0.
    private int run(InputStream in, long n, int column, int width, Values to) throws IOException {
        byte[] bytes = in.readNBytes((int) n * header.itemSize());
        if (bytes.length < n * header.itemSize()) {
            throw new EOFException();
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(header.order());
        for (int k = 0; k < n; k++) {
            to.accept(width == 0 ? column : k % width, header.value(buffer, k));
        }
        return (int) n;
    }

    @Override
    public String text(int column, long row) {
        return ""; // an array holds nothing but numbers
    }

    @Override
    public DuckDatabase database() throws SQLException {
        DuckDatabase open = database;
        if (open == null) {
            open = DuckDatabase.open();
            database = open;
        }
        return open;
    }

    @Override
    public String number(int column) {
        return "CAST(" + columns.get(column) + " AS DOUBLE)";
    }

    /// Copies the array into the database, column by column.
    @Override
    public String query(boolean textual, int limit) throws SQLException {
        int rows = (int) Math.min(header.rows(), limit);
        double[][] values = new double[columns.size()][rows];
        int[] next = new int[columns.size()];
        values(limit, (column, value) -> values[column][next[column]++] = value);
        DuckDatabase database = database();
        StringBuilder create = new StringBuilder("CREATE OR REPLACE TEMP TABLE numpy (");
        for (int j = 0; j < columns.size(); j++) {
            create.append(j > 0 ? ", " : "").append(columns.get(j)).append(header.integers() ? " BIGINT" : " DOUBLE");
        }
        database.execute(create + ")");
        try (DuckDBAppender appender = database.connection().createAppender("numpy")) {
            for (int i = 0; i < rows; i++) {
                appender.beginRow();
                for (double[] column : values) {
                    if (header.integers()) {
                        appender.append((long) column[i]);
                    } else {
                        appender.append(column[i]);
                    }
                }
                appender.endRow();
            }
        }
        return "SELECT * FROM numpy";
    }

    @Override
    public void close() {
        if (database != null) {
            database.close();
            database = null;
        }
    }
}
