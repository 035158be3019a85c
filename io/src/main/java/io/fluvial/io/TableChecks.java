package io.fluvial.io;

import io.fluvial.Samples;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// What a table has to be, and the line that says what it is not. Data rows count from 1, a header does not count.
final class TableChecks {

    /// Above it a float's 24 bits leave less than five of them for what varies.
    private static final double MAX_OFFSET = 1e6;

    private final String source;
    private final TableSource table;

    TableChecks(String source, TableSource table) {
        this.source = source;
        this.table = table;
    }

    private BadInputException bad(String what) {
        return new BadInputException(source + ": " + what);
    }

    /// The numbers of the chosen columns.
    int[] choose(List<String> chosen) {
        List<String> all = table.columns();
        List<String> wanted = chosen.isEmpty() ? all : chosen;
        int[] numbers = new int[wanted.size()];
        Set<String> seen = new HashSet<>();
        for (int j = 0; j < numbers.length; j++) {
            String name = wanted.get(j);
            numbers[j] = all.indexOf(name);
            if (numbers[j] < 0) {
                throw bad("has no column \"" + name + "\"" + near(name, all) + "; it has " + list(all));
            }
            if (all.lastIndexOf(name) != numbers[j]) {
                throw bad("has two columns \"" + name + "\": rename one of them");
            }
            if (!seen.add(name)) {
                throw bad("column \"" + name + "\" is chosen twice: name it once");
            }
        }
        return numbers;
    }

    private static String near(String name, List<String> all) {
        return all.stream()
                .filter(other ->
                        distance(name.toLowerCase(Locale.ROOT), other.toLowerCase(Locale.ROOT)) <= name.length() / 3)
                .min(Comparator.comparingInt(other -> distance(name, other)))
                .map(other -> ", did you mean \"" + other + "\"?")
                .orElse("");
    }

    private static String list(List<String> names) {
        String shown = names.stream().limit(20).map(n -> "\"" + n + "\"").collect(Collectors.joining(", "));
        return names.size() > 20 ? shown + " and " + (names.size() - 20) + " more" : shown;
    }

    /// Levenshtein's.
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, Math.min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }
        return row[b.length()];
    }

    /// The table of these columns, which are given up.
    Table table(int[] chosen, FloatColumn[] columns, TableOptions options) {
        List<String> names = new ArrayList<>();
        for (int j : chosen) {
            names.add(table.columns().get(j));
        }
        checkNumbers(names, chosen, columns);
        int count = (int) columns[0].count(); // an array holds as many
        BitSet dropped = new BitSet();
        for (FloatColumn column : columns) {
            column.markMissing(dropped);
        }
        if (options.missing() == MissingValues.REFUSE && !dropped.isEmpty()) {
            throw bad(missing(names, columns));
        }
        int rows = count - dropped.cardinality();
        if (rows == 0) {
            throw nothingLeft(names, columns);
        }
        float[][] values = new float[columns.length][];
        for (int j = 0; j < columns.length; j++) {
            values[j] = columns[j].take(dropped, rows);
            if (options.purpose() == TableOptions.Purpose.FIT) {
                checkVaries(names.get(j), columns[j], values[j]);
            }
        }
        int[] kept = null;
        if (!dropped.isEmpty()) {
            kept = new int[rows];
            for (int i = 0, row = dropped.nextClearBit(0); i < rows; i++, row = dropped.nextClearBit(row + 1)) {
                kept[i] = row;
            }
        }
        return new Table(source, names, Samples.wrap(values), count, kept);
    }

    /// Checks columns that keep nothing.
    void check(int[] chosen, List<String> names, FloatColumn[] columns, TableOptions options) {
        checkNumbers(names, chosen, columns);
        for (FloatColumn column : columns) {
            if (options.missing() == MissingValues.REFUSE && column.missing() > 0) {
                throw bad(missing(names, columns));
            }
        }
    }

    BadInputException nothingLeft(List<String> names, FloatColumn[] columns) {
        return bad("every data row lacks a value: " + missing(names, columns));
    }

    private void checkNumbers(List<String> names, int[] chosen, FloatColumn[] columns) {
        if (columns[0].count() == 0) {
            throw bad("has no data rows");
        }
        for (int j = 0; j < columns.length; j++) {
            checkNumbers(names.get(j), chosen[j], columns[j]);
        }
    }

    private void checkNumbers(String name, int number, FloatColumn column) {
        if (column.firstText() >= 0) {
            String text = table.text(number, column.firstText());
            String shown = text.length() > 40 ? text.substring(0, 40) + "…" : text;
            String remedy = text.matches("\\s*[+-]?\\d+,\\d+\\s*")
                    ? "write decimals with a point"
                    : "leave the column out or turn it into numbers";
            throw bad("column \"" + name + "\" is not numeric: \"" + shown.replaceAll("\\R", " ") + "\" in data row "
                    + (column.firstText() + 1) + " (the first is 1); " + remedy);
        }
        if (column.firstInfinite() >= 0) {
            String what = Double.isInfinite(column.infinite())
                    ? "an infinite value"
                    : "a value that no float can hold, " + column.infinite() + ",";
            throw bad("column \"" + name + "\" has " + what + " in data row " + (column.firstInfinite() + 1)
                    + " (the first is 1): remove or replace it");
        }
    }

    private static String missing(List<String> names, FloatColumn[] columns) {
        List<String> parts = new ArrayList<>();
        for (int j = 0; j < columns.length; j++) {
            if (columns[j].missing() > 0) {
                parts.add("\"" + names.get(j) + "\" " + columns[j].missing() + " (first in data row "
                        + (columns[j].firstMissing() + 1) + ")");
            }
        }
        return "missing values in " + String.join(", ", parts) + ": fill them, or drop such rows (MissingValues.DROP)";
    }

    private void checkVaries(String name, FloatColumn column, float[] values) {
        double deviation = column.deviation();
        if (column.spread() > 0 && Math.abs(column.mean()) > MAX_OFFSET * deviation) {
            throw bad(String.format(
                    Locale.ROOT,
                    "column \"%s\" varies by only %.3g around %.9g, and a float keeps 7 digits: subtract an offset,"
                            + " such as %.9g",
                    name,
                    deviation,
                    column.mean(),
                    column.mean()));
        }
        for (float value : values) {
            if (value != values[0]) {
                return;
            }
        }
        throw bad("column \"" + name + "\" is constant (" + values[0] + "): it has no density, leave it out");
    }
}
