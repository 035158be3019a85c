package io.fluvial.io;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// How the lines of a text end. DuckDB refuses a text in which they do not all end alike, but does not say so.
final class LineEnds {

    private LineEnds() {}

    /// Where a line ends otherwise than the first does, as in `line 3 ends with LF, the first line with CRLF`, or null
    /// for nowhere. Ends within quotes do not count, but the lines that they make do.
    ///
    /// @param in is buffered
    static @Nullable String difference(InputStream in) throws IOException {
        String first = null;
        boolean quoted = false;
        long line = 1;
        int next;
        for (int c = in.read(); c >= 0; c = next) {
            next = in.read();
            if (c == '"') {
                quoted = !quoted;
            } else if (c == '\n' || c == '\r') {
                String end = c == '\n' ? "LF" : "CR";
                if (c == '\r' && next == '\n') {
                    end = "CRLF";
                    next = in.read();
                }
                if (!quoted && first == null) {
                    first = end;
                } else if (!quoted && !end.equals(first)) {
                    return "line " + line + " ends with " + end + ", the first line with " + first;
                }
                line++;
            }
        }
        return null;
    }
}
