package io.fluvial.io;

import io.fluvial.internal.TemporaryFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/// Reads tables: CSV, TSV and other separated text, Parquet, JSON, JSON lines, NumPy's npy and npz, each perhaps
/// gzipped; `-` is CSV from standard input. The format is told from the name's ending.
///
/// Whatever is wrong with a table is told in one line by a [BadInputException]. Not for several threads at once.
public final class TableReader implements AutoCloseable {

    private static final Pattern ARRAY = Pattern.compile("(.+\\.npz):(.+)", Pattern.CASE_INSENSITIVE);

    private final String name;
    private final TableSource source;
    private final @Nullable TemporaryFile spooled;
    private int computedColumns;

    private TableReader(String name, TableSource source, @Nullable TemporaryFile spooled) {
        this.name = name;
        this.source = source;
        this.spooled = spooled;
    }

    /// Begins to load what a table at `location` will need, in the background: call it first where
    /// something else, such as a model, is read before the table. Says nothing of the table itself.
    public static void prepare(String location) {
        if (!location.endsWith(".npy") && !location.endsWith(".npz")) {
            DuckDatabase.prepare(location);
        }
    }

    /// Opens a file, or standard input.
    public static TableReader open(String location) {
        return open(location, System.in);
    }

    /// Opens a file.
    public static TableReader open(Path path) {
        return open(path.toString(), InputStream.nullInputStream());
    }

    /// Opens a file, or `standardInput` where the location is `-`.
    ///
    /// @param location a path; of an `.npz` file perhaps with a colon and an array's name; or `-`
    /// @throws BadInputException if there is no such table or its start cannot be read
    public static TableReader open(String location, InputStream standardInput) {
        TemporaryFile temporary = null;
        try {
            if (location.equals("-")) {
                temporary = spool(standardInput, ".csv");
                return open(
                        "standard input",
                        temporary.path(),
                        new TableFormat(TableFormat.Kind.CSV, false),
                        null,
                        temporary);
            }
            Matcher array = ARRAY.matcher(location);
            boolean inside = array.matches() && !Files.exists(path(location));
            Path path = path(inside ? array.group(1) : location);
            checkReadable(path, path.toString());
            if (!Files.isRegularFile(path)) { // a pipe is read once only
                try (InputStream in = Files.newInputStream(path)) {
                    temporary = spool(in, ".csv");
                }
                return open(location, temporary.path(), new TableFormat(TableFormat.Kind.CSV, false), null, temporary);
            }
            TableFormat format = TableFormat.of(path.toString());
            if (format.compressed()
                    && (format.kind() == TableFormat.Kind.PARQUET || format.kind() == TableFormat.Kind.NPZ)) {
                try (InputStream in = new GZIPInputStream(Files.newInputStream(path))) {
                    temporary = spool(in, "." + format.kind().name().toLowerCase(Locale.ROOT));
                }
                path = temporary.path();
                format = new TableFormat(format.kind(), false);
            }
            return open(location, path, format, inside ? array.group(2) : null, temporary);
        } catch (IOException e) {
            delete(temporary);
            throw new BadInputException(location + ": cannot be read: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            delete(temporary);
            throw e;
        }
    }

    private static TableReader open(
            String name, Path path, TableFormat format, @Nullable String array, @Nullable TemporaryFile temporary)
            throws IOException {
        if (Files.size(path) == 0) {
            throw new BadInputException(name + ": is empty");
        }
        TableSource source = switch (format.kind()) {
            case NPY -> NumpySource.npy(path, name, format.compressed());
            case NPZ -> NumpySource.npz(path, name, array);
            default -> DuckSource.open(path, name, format);
        };
        return new TableReader(name, source, temporary);
    }

    private static Path path(String location) {
        try {
            return Path.of(location);
        } catch (InvalidPathException e) {
            throw new BadInputException(location + ": is no file name", e);
        }
    }

    private static void checkReadable(Path path, String name) {
        if (Files.isDirectory(path)) {
            throw new BadInputException(name + ": is a folder, not a table");
        } else if (!Files.exists(path)) {
            throw new BadInputException(name + ": no such file");
        } else if (!Files.isReadable(path)) {
            throw new BadInputException(name + ": may not be read: check its permissions");
        }
    }

    /// Copies a stream that can be read only once to a file that [#close] deletes.
    private static TemporaryFile spool(InputStream in, String ending) throws IOException {
        TemporaryFile file = TemporaryFile.create("fluvial-", ending);
        try (OutputStream out = Files.newOutputStream(file.path())) {
            in.transferTo(out);
        } catch (IOException e) {
            file.close();
            throw e;
        }
        return file;
    }

    private static void delete(@Nullable TemporaryFile file) {
        if (file != null) {
            file.close();
        }
    }

    /// Names of all columns, in the table's order.
    public List<String> columns() {
        return source.columns();
    }

    /// Names of the columns that start with a number, a boolean or nothing: what a reader of
    /// numbers may want of a table that also holds text. Values further down are checked by
    /// [#read].
    public List<String> numericColumns() {
        FloatColumn[] columns = new FloatColumn[columns().size()];
        Arrays.setAll(columns, j -> FloatColumn.checked(name));
        source.read(IntStream.range(0, columns.length).toArray(), 1, columns);
        return IntStream.range(0, columns.length)
                .filter(j -> columns[j].firstText() < 0)
                .mapToObj(columns()::get)
                .toList();
    }

    /// Reads columns of numbers. Booleans count as 0 and 1. Not much more memory is needed than the result takes.
    ///
    /// @throws BadInputException for an unknown, twofold, non-numeric or infinite column, for missing values, for a
    ///     table without rows; and to fit, for a constant column or one that a float cannot resolve
    public Table read(TableOptions options) {
        TableChecks checks = new TableChecks(name, source);
        int[] chosen = checks.choose(options.columns());
        FloatColumn[] columns = new FloatColumn[chosen.length];
        Arrays.setAll(columns, j -> FloatColumn.kept(name));
        source.read(chosen, options.limit(), columns);
        return checks.table(chosen, columns, options);
    }

    /// Writes this table's rows and columns as they are, in their order and types, and new columns after them.
    ///
    /// The new columns have one value for every row of `table`, which was read here; rows that were dropped for
    /// missing values are written with the new columns empty. The target is replaced as a whole.
    ///
    /// @param target a `.csv`, `.tsv`, `.parquet` or `.jsonl` file, text perhaps with `.gz`; or `-` for CSV to
    ///               `standardOutput`
    /// @throws BadInputException if the target cannot be written or a new name is taken
    public void appendColumns(
            Table table, String target, OutputStream standardOutput, List<String> names, double[]... columns) {
        if (columns.length != names.size()) {
            throw new IllegalArgumentException(names.size() + " names for " + columns.length + " columns");
        }
        for (int k = 0; k < columns.length; k++) {
            if (columns[k].length != table.rows()) {
                throw new IllegalArgumentException("column \"" + names.get(k) + "\" has " + columns[k].length
                        + " values, the table " + table.rows() + " rows");
            }
        }
        checkNames(names);
        TableFormat format = TableFormat.of(target);
        String options = CopyOptions.of(format, target);
        boolean textual = format.kind().textual();
        String plain = textual && !format.compressed() ? plainText(table, format, names, columns) : null;
        if (plain != null) {
            TableTarget.write(target, standardOutput, temporary -> Files.writeString(temporary, plain));
            return;
        }
        try {
            DuckDatabase database = source.database();
            fill(database, table, names, columns, !textual && format.kind() != TableFormat.Kind.PARQUET);
            String query =
                    "SELECT * FROM (" + source.query(textual, table.sourceRows()) + ") POSITIONAL JOIN fluvial_added";
            TableTarget.write(target, standardOutput, temporary -> {
                try {
                    long rows = database.execute(
                            "COPY (" + query + ") TO " + DuckDatabase.literal(temporary.toString()) + " " + options);
                    checkUnchanged(rows, table.sourceRows());
                } catch (SQLException e) {
                    throw DuckSource.notCopied(name, target, temporary, e);
                }
            });
        } catch (SQLException e) {
            throw DuckSource.broken(name, e);
        }
    }

    private @Nullable String plainText(Table table, TableFormat format, List<String> names, double[][] columns) {
        PlainText plain = source.plain();
        if (plain == null) {
            return null;
        }
        List<String> all = new ArrayList<>(source.columns());
        all.addAll(names);
        return plain.withColumns(all, table, columns, format.kind() == TableFormat.Kind.TSV ? '\t' : ',');
    }

    /// Writes this table's rows and columns as they are, in their order and types, and after them a
    /// column computed from some of them, which are read and checked before as by [#read]. Rows pass
    /// through and none is kept: memory does not grow with the table. Two exceptions: NumPy's arrays,
    /// and text whose types a Parquet or JSON target has to know beforehand.
    ///
    /// @param options which columns, in which order, and what to do with rows that lack a value: with
    ///     [MissingValues#DROP] they are written with the new column empty
    /// @param target as for [#appendColumns]
    /// @param name of the new column
    /// @param function is called for some rows after the other, in the table's order, never twice at once
    /// @return data rows, those that lack a value included
    /// @throws BadInputException as [#read], and if the target cannot be written or the name is taken
    public long appendComputed(
            TableOptions options, String target, OutputStream standardOutput, String name, RowFunction function) {
        if (source.plain() != null) { // small, and it would take longer to start the database
            Table table = read(options);
            appendColumns(table, target, standardOutput, List.of(name), function.of(table.samples()));
            return table.sourceRows();
        }
        TableChecks checks = new TableChecks(this.name, source);
        int[] chosen = checks.choose(options.columns());
        List<String> names = Arrays.stream(chosen).mapToObj(columns()::get).toList();
        FloatColumn[] columns = new FloatColumn[chosen.length];
        Arrays.setAll(columns, j -> FloatColumn.checked(this.name));
        source.read(chosen, options.limit(), columns);
        checks.check(chosen, names, columns, options);
        checkNames(List.of(name));
        TableFormat format = TableFormat.of(target);
        String copy = CopyOptions.of(format, target);
        boolean textual = format.kind().textual();
        long expected = columns[0].count();
        String sqlName = "fluvial_computed_" + computedColumns++;
        ComputedColumn computed =
                new ComputedColumn(sqlName, function, !textual && format.kind() != TableFormat.Kind.PARQUET);
        try {
            DuckDatabase database = source.database();
            computed.register(database, chosen.length);
            String numbers = Arrays.stream(chosen).mapToObj(source::number).collect(Collectors.joining(", "));
            String query = "SELECT *, " + sqlName + "(" + numbers + ") AS " + DuckDatabase.identifier(name) + " FROM ("
                    + source.query(textual, options.limit()) + ")";
            database.execute("SET threads = 1"); // in the table's order; the function may have threads of its own
            TableTarget.write(target, standardOutput, temporary -> {
                try {
                    long rows = database.execute(
                            "COPY (" + query + ") TO " + DuckDatabase.literal(temporary.toString()) + " " + copy);
                    checkUnchanged(rows, expected);
                } catch (SQLException e) {
                    computed.rethrow();
                    throw DuckSource.notCopied(this.name, target, temporary, e);
                }
                if (computed.rows() == 0) {
                    throw checks.nothingLeft(names, columns);
                }
            });
            database.execute("RESET threads");
        } catch (SQLException e) {
            throw DuckSource.broken(this.name, e);
        }
        return expected;
    }

    private void checkUnchanged(long rows, long before) {
        if (rows != before) {
            throw new BadInputException(
                    name + ": has changed since it was read: " + rows + " rows, " + before + " before");
        }
    }

    private void checkNames(List<String> names) {
        Set<String> taken = new HashSet<>();
        for (String column : source.columns()) {
            if (!taken.add(column.toLowerCase(Locale.ROOT))) {
                throw new BadInputException(
                        name + ": two columns are named \"" + column + "\", but for case: rename one of them");
            }
        }
        for (String column : names) {
            if (column.isEmpty()) {
                throw new BadInputException("a new column needs a name");
            }
            if (!taken.add(column.toLowerCase(Locale.ROOT))) {
                throw new BadInputException(
                        name + ": already has a column \"" + column + "\": name the new one otherwise");
            }
        }
    }

    private static void fill(
            DuckDatabase database, Table table, List<String> names, double[][] columns, boolean finiteOnly)
            throws SQLException {
        StringBuilder create = new StringBuilder("CREATE OR REPLACE TEMP TABLE fluvial_added (");
        for (int k = 0; k < columns.length; k++) {
            create.append(k > 0 ? ", " : "")
                    .append(DuckDatabase.identifier(names.get(k)))
                    .append(" DOUBLE");
        }
        database.execute(create + ")");
        try (DuckDBAppender appender = database.connection().createAppender("fluvial_added")) {
            int next = 0;
            for (int row = 1; row <= table.sourceRows(); row++) {
                boolean kept = next < table.rows() && table.sourceRow(next) == row;
                appender.beginRow();
                for (double[] column : columns) {
                    if (kept && (Double.isFinite(column[next]) || !finiteOnly)) {
                        appender.append(column[next]);
                    } else {
                        appender.appendNull();
                    }
                }
                appender.endRow();
                next += kept ? 1 : 0;
            }
        }
    }

    @Override
    public void close() {
        source.close();
        delete(spooled);
    }
}
