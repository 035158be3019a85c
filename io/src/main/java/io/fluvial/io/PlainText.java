package io.fluvial.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A small text table in which nothing needs interpretation: no quotes, no empty fields, no blank
/// lines, nothing beyond ASCII. It is read and written here, as DuckDB would, because to load a
/// database for a handful of rows takes longer than to score them. Everything else is DuckDB's.
final class PlainText {

    /// The most bytes such a file has.
    private static final int LARGEST = 1 << 16;

    private final List<String[]> rows;

    private PlainText(List<String[]> rows) {
        this.rows = rows;
    }

    /// Whether a file is small and has letters, digits, simple signs and delimiters only.
    static boolean suits(Path path) throws IOException {
        return Files.isRegularFile(path) && Files.size(path) <= LARGEST && simple(Files.readAllBytes(path));
    }

    /// The rows of a file, or null where they need interpretation.
    static @Nullable PlainText read(Path path, CsvDialect dialect) throws IOException {
        char delimiter = dialect.delimiter();
        if (",;\t|".indexOf(delimiter) < 0
                || dialect.blankLines() > 0
                || Files.size(path) > LARGEST
                || !dialect.names().stream().allMatch(name -> plain(name, delimiter))) {
            return null;
        }
        byte[] bytes = Files.readAllBytes(path);
        if (!simple(bytes)) {
            return null;
        }
        String text = new String(bytes, StandardCharsets.US_ASCII);
        List<String[]> rows = new ArrayList<>();
        for (int at = 0; at < text.length(); ) {
            int end = text.indexOf('\n', at);
            end = end < 0 ? text.length() : end;
            String[] row =
                    row(text.substring(at, end), delimiter, dialect.names().size());
            if (row == null) {
                return null;
            }
            rows.add(row);
            at = end + 1;
        }
        return new PlainText(dialect.header() ? rows.subList(1, rows.size()) : rows);
    }

    private static boolean simple(byte[] bytes) {
        for (byte b : bytes) {
            boolean sign = b > 0 && " ,;|\t\n._+:/-".indexOf(b) >= 0;
            if (!sign && !(b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z')) {
                return false;
            }
        }
        return true;
    }

    private static String @Nullable [] row(String line, char delimiter, int fields) {
        String[] row = new String[fields];
        int at = 0;
        for (int j = 0; j < fields; j++) {
            int end = j < fields - 1 ? line.indexOf(delimiter, at) : line.length();
            if (end < 0) {
                return null;
            }
            row[j] = line.substring(at, end);
            if (!plain(row[j], delimiter)) {
                return null;
            }
            at = end + 1;
        }
        return row;
    }

    /// Whether a field means itself and is written as it is, whichever delimiter is written.
    private static boolean plain(String field, char delimiter) {
        return !field.isEmpty()
                && field.charAt(0) != ' '
                && field.charAt(field.length() - 1) != ' '
                && field.indexOf(delimiter) < 0
                && field.indexOf(',') < 0
                && field.indexOf('\t') < 0;
    }

    /// The same of a name that comes from elsewhere.
    private static boolean plainName(String name) {
        return plain(name, ',') && name.indexOf('\n') < 0 && simple(name.getBytes(StandardCharsets.UTF_8));
    }

    /// Adds columns of numbers to `to`, at most `limit` rows; false, and nothing is added, where a
    /// value is not written like `-12.5e3`: DuckDB tells what it is.
    boolean fill(int[] columns, int limit, FloatColumn[] to) {
        List<String[]> some = rows.subList(0, Math.min(limit, rows.size()));
        for (String[] row : some) {
            for (int j : columns) {
                if (!isNumber(row[j])) {
                    return false;
                }
            }
        }
        for (String[] row : some) {
            for (int k = 0; k < columns.length; k++) {
                to[k].add(Double.parseDouble(row[columns[k]]));
            }
        }
        return true;
    }

    /// Sign, digits, perhaps a point and digits, perhaps an exponent of two digits: within any double's range.
    private static boolean isNumber(String s) {
        int at = s.startsWith("-") ? 1 : 0;
        int end = digits(s, at);
        if (end == at || s.length() > 40) {
            return false;
        }
        if (end < s.length() && s.charAt(end) == '.') {
            at = end + 1;
            end = digits(s, at);
            if (end == at) {
                return false;
            }
        }
        if (end < s.length() && (s.charAt(end) == 'e' || s.charAt(end) == 'E')) {
            at = end + 1;
            at += at < s.length() && (s.charAt(at) == '-' || s.charAt(at) == '+') ? 1 : 0;
            end = digits(s, at);
            if (end == at || end > at + 2) {
                return false;
            }
        }
        return end == s.length();
    }

    private static int digits(String s, int at) {
        int end = at;
        while (end < s.length() && s.charAt(end) >= '0' && s.charAt(end) <= '9') {
            end++;
        }
        return end;
    }

    /// The table's rows as text, with columns of numbers after them that are empty in rows that were
    /// dropped; or null where a name would need quotes, or a number more than digits and a point.
    @Nullable
    String withColumns(List<String> names, Table table, double[][] columns, char delimiter) {
        if (!names.stream().allMatch(PlainText::plainName)) {
            return null;
        }
        StringBuilder text = new StringBuilder(String.join(String.valueOf(delimiter), names)).append('\n');
        int next = 0;
        for (int row = 0; row < table.sourceRows(); row++) {
            text.append(String.join(String.valueOf(delimiter), rows.get(row)));
            boolean kept = next < table.rows() && table.sourceRow(next) == row + 1;
            for (double[] column : columns) {
                String number = kept ? Double.toString(column[next]) : "";
                if (number.indexOf('E') >= 0 || number.indexOf('N') >= 0 || number.indexOf('I') >= 0) {
                    return null;
                }
                text.append(delimiter).append(number);
            }
            text.append('\n');
            next += kept ? 1 : 0;
        }
        return text.toString();
    }
}
