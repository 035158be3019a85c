package io.fluvial.io;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A table that can be read column by column, whatever its format.
interface TableSource extends AutoCloseable {

    /// All columns' names, in order.
    List<String> columns();

    /// Adds the columns of these numbers, at most `limit` rows, to `to`, one for each.
    void read(int[] columns, int limit, FloatColumn[] to);

    /// What stands in this column in this row (from 0), as text.
    String text(int column, long row);

    /// The table where it is small and plain, so that no database is needed for it, or null.
    default @Nullable PlainText plain() {
        return null;
    }

    /// A query over a connection of this source's [#database()] that gives all columns, original types, in row order.
    ///
    /// @param textual whether the target is text, so that text can pass through as it is
    String query(boolean textual, int limit) throws SQLException;

    /// An expression over the columns of [#query] that gives this one as a DOUBLE, null or NaN where it
    /// is missing; once [#read] has found that all of it are numbers.
    String number(int column);

    /// The database that answers [#query].
    DuckDatabase database() throws SQLException;

    @Override
    void close();
}
