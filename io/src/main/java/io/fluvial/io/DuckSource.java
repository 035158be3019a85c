package io.fluvial.io;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBReadableVector;
import org.jspecify.annotations.Nullable;

/// CSV, TSV, JSON and Parquet, read by DuckDB, but for small plain text.
final class DuckSource implements TableSource {

    private static final String MISSING = "['', 'NA', 'N/A', 'n/a', 'na', 'null', 'NULL', 'Null', 'None', 'none']";

    /// A number from the text @: null where missing, NaN where it is no number.
    private static final String TOLD = "CASE WHEN TRY_CAST(@ AS DOUBLE) IS NOT NULL THEN"
            + " CASE WHEN isnan(TRY_CAST(@ AS DOUBLE)) THEN NULL ELSE TRY_CAST(@ AS DOUBLE) END"
            + " WHEN @ IS NULL OR trim(@) IN " + MISSING.replace('[', '(').replace(']', ')')
            + " THEN NULL WHEN lower(trim(@)) = 'true' THEN 1 WHEN lower(trim(@)) = 'false' THEN 0"
            + " ELSE 'NaN'::DOUBLE END";

    private static final Pattern FIELDS =
            Pattern.compile("Error on Line: (\\d+).*Expected Number of Columns: (\\d+) Found: (\\d+)", Pattern.DOTALL);
    private static final Pattern WRITING = Pattern.compile(": ([^:\"]+)\",\"errno\"");
    private static final Pattern LINE = Pattern.compile("Error on Line: (\\d+)");

    private static final Set<String> NUMBERS = Set.of(
            "TINYINT",
            "SMALLINT",
            "INTEGER",
            "BIGINT",
            "HUGEINT",
            "UTINYINT",
            "USMALLINT",
            "UINTEGER",
            "UBIGINT",
            "UHUGEINT",
            "FLOAT",
            "DOUBLE",
            "BOOLEAN");

    private final Path path;
    private final String name;
    private final TableFormat format;
    private final @Nullable CsvDialect dialect;
    private final @Nullable PlainText plain;
    private final List<String> columns;
    private final List<String> types;
    private boolean telling; // value by value, as some are booleans
    private @Nullable DuckDatabase database;

    private DuckSource(
            Path path, String name, TableFormat format, @Nullable CsvDialect dialect, @Nullable PlainText plain)
            throws SQLException {
        this.path = path;
        this.name = name;
        this.format = format;
        this.dialect = dialect;
        this.plain = plain;
        if (dialect != null) {
            this.columns = dialect.names();
            this.types = columns.stream().map(c -> "VARCHAR").toList();
        } else {
            List<String> names = new ArrayList<>();
            List<String> kinds = new ArrayList<>();
            try (Statement statement = database().connection().createStatement();
                    ResultSet rows = statement.executeQuery("SELECT * FROM " + from(List.of()) + " LIMIT 0")) {
                ResultSetMetaData meta = rows.getMetaData();
                for (int j = 1; j <= meta.getColumnCount(); j++) {
                    names.add(meta.getColumnName(j));
                    kinds.add(meta.getColumnTypeName(j));
                }
            } catch (SQLException e) {
                close(); // nobody else will: the constructor fails
                throw e;
            }
            this.columns = List.copyOf(names);
            this.types = List.copyOf(kinds);
        }
    }

    /// @param name how messages call the file
    static DuckSource open(Path path, String name, TableFormat format) throws IOException {
        CsvDialect dialect = null;
        if (format.kind().textual()) {
            try (InputStream in = stream(path, format)) {
                dialect = CsvDialect.detect(in, name, format.kind() == TableFormat.Kind.TSV ? '\t' : null);
            }
            if (dialect.names().isEmpty()) {
                throw new BadInputException(name + ": is empty: it has neither names nor rows");
            }
        }
        PlainText plain = dialect != null && !format.compressed() ? PlainText.read(path, dialect) : null;
        try {
            return new DuckSource(path, name, format, dialect, plain);
        } catch (SQLException e) {
            throw broken(name, e);
        }
    }

    private static InputStream stream(Path path, TableFormat format) throws IOException {
        InputStream file = new BufferedInputStream(Files.newInputStream(path));
        return format.compressed() ? new BufferedInputStream(new GZIPInputStream(file)) : file;
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public @Nullable PlainText plain() {
        return plain;
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

    /// The table function that reads the file; of a text file the columns are called c0, c1, ….
    ///
    /// @param csvTypes types of the columns of a text file
    private String from(List<String> csvTypes) {
        String file = DuckDatabase.path(path);
        String compression = ", compression = '" + (format.compressed() ? "gzip" : "none") + "'";
        return switch (format.kind()) {
            case CSV, TSV -> "read_csv(" + file + csvOptions(csvTypes) + compression + ")";
            case JSON -> "read_json(" + file + ", sample_size = -1, hive_partitioning = false" + compression + ")";
            case JSON_LINES ->
                "read_json(" + file + ", format = 'newline_delimited', sample_size = -1, hive_partitioning = false"
                        + compression + ")";
            case PARQUET -> "read_parquet(" + file + ", hive_partitioning = false)";
            case NPY, NPZ -> throw new IllegalStateException(format + " is not DuckDB's");
        };
    }

    private String csvOptions(List<String> types) {
        CsvDialect csv = dialect;
        if (csv == null) {
            throw new IllegalStateException("no text file");
        }
        String columns = IntStream.range(0, types.size())
                .mapToObj(j -> "'c" + j + "': '" + types.get(j) + "'")
                .collect(Collectors.joining(", "));
        // Everything is given, so that nothing is guessed: guessing may skip rows.
        return ", auto_detect = false, delim = '" + csv.delimiter() + "', quote = '\"', escape = '\"', header = "
                + csv.header() + ", skip = " + csv.blankLines()
                + ", strict_mode = true, null_padding = false, hive_partitioning = false, columns = {" + columns + "}";
    }

    private String sqlName(int column) {
        return dialect != null ? "c" + column : DuckDatabase.identifier(columns.get(column));
    }

    @Override
    public void read(int[] chosen, int limit, FloatColumn[] to) {
        if (plain != null && plain.fill(chosen, limit, to)) {
            return;
        }
        try {
            if (dialect == null) {
                fill(typedQuery(chosen, limit), to);
                return;
            }
            try {
                fill(numbersQuery(chosen, limit), to);
            } catch (SQLException e) {
                if (!String.valueOf(e.getMessage()).contains("Error when converting")) {
                    throw e;
                }
                // Booleans or text: once more, telling value by value.
                telling = true;
                Arrays.setAll(to, j -> to[j].anew());
                fill(textQuery(chosen, limit), to);
            }
        } catch (SQLException e) {
            boolean unclear = dialect != null && String.valueOf(e.getMessage()).contains("reached an invalid state");
            String difference = unclear ? lineEnds() : null;
            if (difference != null) {
                throw new BadInputException(name + ": " + difference + ": let all lines end alike", e);
            }
            throw broken(name, e);
        }
    }

    private @Nullable String lineEnds() {
        try (InputStream in = stream(path, format)) {
            return LineEnds.difference(in);
        } catch (IOException e) {
            return null; // what is wrong is told without it
        }
    }

    /// The chosen columns parsed as numbers, which fails where one is not.
    private String numbersQuery(int[] chosen, int limit) {
        String[] kinds = new String[columns.size()];
        Arrays.fill(kinds, "VARCHAR");
        for (int j : chosen) {
            kinds[j] = "DOUBLE";
        }
        String from = from(List.of(kinds)).replace(", columns = {", ", nullstr = " + MISSING + ", columns = {");
        return "SELECT " + names(chosen) + " FROM " + from + limit(limit);
    }

    private String names(int[] chosen) {
        return Arrays.stream(chosen).mapToObj(this::sqlName).collect(Collectors.joining(", "));
    }

    /// The chosen columns from text: null where missing, NaN where it is no number.
    private String textQuery(int[] chosen, int limit) {
        String list = Arrays.stream(chosen)
                .mapToObj(j -> TOLD.replace("@", sqlName(j)))
                .collect(Collectors.joining(", "));
        return "SELECT " + list + " FROM " + from(types) + limit(limit);
    }

    /// The chosen columns of a file with types: null where missing, NaN where it is no number.
    private String typedQuery(int[] chosen, int limit) {
        String list = Arrays.stream(chosen)
                .mapToObj(j -> {
                    String type = types.get(j);
                    String form = NUMBERS.contains(type) || type.startsWith("DECIMAL")
                            ? "CASE WHEN isnan(CAST(@ AS DOUBLE)) THEN NULL ELSE CAST(@ AS DOUBLE) END"
                            : "CASE WHEN @ IS NULL THEN NULL ELSE 'NaN'::DOUBLE END";
                    return form.replace("@", sqlName(j));
                })
                .collect(Collectors.joining(", "));
        return "SELECT " + list + " FROM " + from(List.of()) + limit(limit);
    }

    private static String limit(int limit) {
        return limit == Integer.MAX_VALUE ? "" : " LIMIT " + limit;
    }

    private void fill(String sql, FloatColumn[] to) throws SQLException {
        boolean nanIsText = sql.contains("'NaN'::DOUBLE");
        try (var statement = database().connection().prepare(sql);
                DuckDBChunkedResult result = statement.query()) {
            while (result.nextChunk()) {
                DuckDBDataChunkReader chunk = result.chunk();
                for (int j = 0; j < to.length; j++) {
                    fill(chunk.vector(j), chunk.rowCount(), nanIsText, to[j]);
                }
            }
        }
    }

    private static void fill(DuckDBReadableVector from, long rows, boolean nanIsText, FloatColumn to) {
        for (long i = 0; i < rows; i++) {
            if (from.isNull(i)) {
                to.addMissing();
                continue;
            }
            double value = from.getDouble(i);
            if (nanIsText && Double.isNaN(value)) {
                to.addText();
            } else {
                to.add(value);
            }
        }
    }

    @Override
    public String text(int column, long row) {
        String sql = "SELECT CAST(" + sqlName(column) + " AS VARCHAR) FROM " + from(types) + " LIMIT 1 OFFSET " + row;
        try (Statement statement = database().connection().createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "";
        } catch (SQLException e) {
            throw broken(name, e);
        }
    }

    @Override
    public String number(int column) {
        String name = DuckDatabase.identifier(columns.get(column));
        if (dialect == null) {
            return "CAST(" + name + " AS DOUBLE)";
        }
        return telling ? TOLD.replace("@", "CAST(" + name + " AS VARCHAR)") : "TRY_CAST(" + name + " AS DOUBLE)";
    }

    @Override
    public String query(boolean textual, int limit) {
        if (dialect == null) {
            return "SELECT * FROM " + from(List.of()) + limit(limit);
        }
        String list = IntStream.range(0, columns.size())
                .mapToObj(j -> "c" + j + " AS " + DuckDatabase.identifier(columns.get(j)))
                .collect(Collectors.joining(", "));
        String from = from(types);
        if (!textual) {
            // Types are told from all rows, among those that no text is taken for by mistake.
            from = from.replace(
                            "auto_detect = false",
                            "auto_detect = true, sample_size = -1,"
                                    + " auto_type_candidates = ['BOOLEAN', 'BIGINT', 'DOUBLE', 'DATE', 'VARCHAR']")
                    .replaceFirst(
                            "columns = \\{.*\\}",
                            "names = ["
                                    + IntStream.range(0, columns.size())
                                            .mapToObj(j -> "'c" + j + "'")
                                            .collect(Collectors.joining(", "))
                                    + "]");
        }
        return "SELECT " + list + " FROM " + from + limit(limit);
    }

    /// What went wrong while rows passed from `source` to `target`, for which `temporary` is written: it is the
    /// target's where that file is named.
    static BadInputException notCopied(String source, String target, Path temporary, SQLException e) {
        String message = String.valueOf(e.getMessage());
        if (!message.contains(String.valueOf(temporary.getFileName()))) {
            return broken(source, e);
        }
        Matcher reason = WRITING.matcher(message);
        return new BadInputException(
                target + ": cannot be written: " + (reason.find() ? reason.group(1) : firstLine(message)), e);
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("").replaceFirst("^[A-Za-z ]*Error: ", "");
    }

    /// DuckDB's complaint in our words.
    static BadInputException broken(String name, SQLException e) {
        String message = String.valueOf(e.getMessage());
        Matcher fields = FIELDS.matcher(message);
        if (fields.find()) {
            return new BadInputException(
                    name + ": line " + fields.group(1) + " has " + fields.group(3) + " fields, the first line has "
                            + fields.group(2) + ": mend the line",
                    e);
        }
        Matcher line = LINE.matcher(message);
        String where = line.find() ? "line " + line.group(1) + " " : "";
        if (message.contains("unterminated quote")) {
            return new BadInputException(name + ": " + where + "opens a quote that nothing closes: mend the line", e);
        } else if (message.contains("not utf-8")) {
            return new BadInputException(name + ": " + where + "is not UTF-8: convert the file", e);
        } else if (message.contains("Maximum line size")) {
            return new BadInputException(
                    name + ": " + where + "is longer than 2 MB: break it into rows, or leave its long text out", e);
        }
        return new BadInputException(name + ": cannot be read: " + firstLine(message), e);
    }

    @Override
    public void close() {
        if (database != null) {
            database.close();
            database = null;
        }
    }
}
