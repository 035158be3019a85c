package io.fluvial.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How a text table is laid out, told from its start: delimiter, header, names.
///
/// We tell it here because DuckDB's own detection may skip lines that do not fit, and rows must not vanish.
///
/// @param header whether the first line holds names; a first line of numbers does not
/// @param names of the columns; c0, c1, … where the first line has none for them
/// @param blankLines how many lines are blank before the first that is not
record CsvDialect(char delimiter, boolean header, int blankLines, List<String> names) {

    private static final int START = 1 << 20;
    private static final int RECORDS = 20;
    private static final char[] DELIMITERS = {',', '\t', ';', '|', ' '};
    private static final Pattern NUMBER = Pattern.compile(
            "\\s*[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?\\s*|\\s*[+-]?(nan|inf|infinity)\\s*",
            Pattern.CASE_INSENSITIVE);

    /// Reads the start of `in`.
    ///
    /// @param source how messages call the file
    /// @param given the delimiter where the format says it, or null
    /// @throws BadInputException for UTF-16
    static CsvDialect detect(InputStream in, String source, @Nullable Character given) throws IOException {
        byte[] start = in.readNBytes(START);
        if (isUtf16(start)) {
            throw new BadInputException(source + ": is UTF-16: convert it to UTF-8");
        }
        String text = new String(start, StandardCharsets.UTF_8);
        if (text.startsWith("\uFEFF")) {
            text = text.substring(1);
        }
        boolean whole = start.length < START;
        char delimiter = given != null ? given : delimiter(text, whole);
        List<List<String>> records = records(text, delimiter, whole, 1);
        List<String> first = records.isEmpty() ? List.of() : records.getFirst();
        boolean header = !first.stream().allMatch(f -> NUMBER.matcher(f).matches());
        List<String> names = new ArrayList<>();
        for (int j = 0; j < first.size(); j++) {
            String name = header ? first.get(j).strip() : "";
            names.add(name.isEmpty() ? "c" + j : name);
        }
        int blank = text.length() - text.stripLeading().length();
        return new CsvDialect(
                delimiter,
                header,
                (int) text.substring(0, blank).chars().filter(c -> c == '\n').count(),
                List.copyOf(names));
    }

    /// Whether a text begins with UTF-16's mark or, without one, has every other byte zero, as Latin letters and
    /// digits have.
    private static boolean isUtf16(byte[] start) {
        int length = Math.min(start.length, 64);
        if (length < 2) {
            return false;
        }
        int first = start[0] & 0xff;
        int second = start[1] & 0xff;
        boolean marked = first == 0xff && second == 0xfe || first == 0xfe && second == 0xff;
        int[] zeros = new int[2];
        for (int i = 0; i < length; i++) {
            zeros[i & 1] += start[i] == 0 ? 1 : 0;
        }
        return marked || Math.max(zeros[0], zeros[1]) == length / 2 && Math.min(zeros[0], zeros[1]) == 0;
    }

    /// The delimiter that cuts the first lines into the same number of fields, and most of them.
    private static char delimiter(String text, boolean whole) {
        char best = ',';
        int most = 1;
        for (char delimiter : DELIMITERS) {
            List<List<String>> records = records(text, delimiter, whole, RECORDS);
            int fields = records.isEmpty() ? 0 : records.getFirst().size();
            boolean even = records.stream().allMatch(r -> r.size() == fields);
            if (even && fields > most) {
                best = delimiter;
                most = fields;
            }
        }
        // No delimiter fits every line: the one in the first line, so that the reader names the line that differs.
        if (most == 1) {
            for (char delimiter : DELIMITERS) {
                List<List<String>> first = records(text, delimiter, whole, 1);
                if (delimiter != ' ' && !first.isEmpty() && first.getFirst().size() > most) {
                    best = delimiter;
                    most = first.getFirst().size();
                }
            }
        }
        return best;
    }

    /// The first records, at most `limit`, with quotes taken off; blank lines do not count, nor does a last line that
    /// may go on.
    private static List<List<String>> records(String text, char delimiter, boolean whole, int limit) {
        List<List<String>> records = new ArrayList<>();
        List<String> record = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        boolean atStart = true;
        for (int i = 0; i < text.length() && records.size() < limit; i++) {
            char c = text.charAt(i);
            if (quoted) {
                if (c != '"') {
                    field.append(c);
                } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    field.append('"');
                    i++;
                } else {
                    quoted = false;
                }
            } else if (c == '"' && atStart) {
                quoted = true;
                atStart = false;
            } else if (c == delimiter) {
                record.add(field.toString());
                field.setLength(0);
                atStart = true;
            } else if (c == '\n' || c == '\r') {
                end(records, record, field, atStart);
                record = new ArrayList<>();
                field.setLength(0);
                atStart = true;
            } else {
                field.append(c);
                atStart = false;
            }
        }
        if (records.size() < limit && (whole || records.isEmpty())) {
            end(records, record, field, atStart);
        }
        return records;
    }

    private static void end(List<List<String>> records, List<String> record, StringBuilder field, boolean atStart) {
        if (!record.isEmpty() || !atStart) {
            record.add(field.toString());
            records.add(record);
        }
    }
}
