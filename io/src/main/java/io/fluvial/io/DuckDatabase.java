package io.fluvial.io;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

/// A DuckDB database in memory: quiet, confined to files it is told of, without a temporary folder.
///
/// The first start in a process costs half a second where the native library must be unpacked, else a quarter;
/// [#prepare] does it while something else is done.
final class DuckDatabase implements AutoCloseable {

    private final DuckDBConnection connection;

    private DuckDatabase(DuckDBConnection connection) {
        this.connection = connection;
    }

    /// Starts and stops one in the background, so that the next start finds everything loaded; not for a
    /// file that hardly needs one.
    static void prepare(String location) {
        Thread.ofPlatform().daemon().name("fluvial-duckdb").start(() -> {
            try {
                if (!PlainText.suits(Path.of(location))) {
                    open().close();
                }
            } catch (IOException | InvalidPathException | SQLException | IllegalStateException | LinkageError e) {
                // Whoever needs the database meets the same and says so.
            }
        });
    }

    static DuckDatabase open() throws SQLException {
        Properties properties = new Properties();
        // Results come chunk by chunk; a table is never held twice.
        properties.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
        Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", properties);
        DuckDatabase database = new DuckDatabase(connection.unwrap(DuckDBConnection.class));
        // Nothing is loaded from elsewhere, nothing is spilled into a folder ".tmp" of the working directory, and half
        // of the memory is left to the JVM.
        database.execute("SET enable_progress_bar = false");
        database.execute("SET autoinstall_known_extensions = false");
        database.execute("SET autoload_known_extensions = false");
        database.execute("SET temp_directory = ''");
        database.execute("SET memory_limit = '50%'");
        database.execute("SET preserve_insertion_order = true");
        return database;
    }

    DuckDBConnection connection() {
        return connection;
    }

    /// Runs a statement and tells how many rows it changed or wrote.
    long execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.execute(sql) ? 0 : statement.getLargeUpdateCount();
        }
    }

    /// 'text' as an SQL literal.
    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /// "name" as an SQL identifier.
    static String identifier(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    /// A path as a literal that names this file only, not a pattern.
    static String path(Path path) {
        return literal(path.toAbsolutePath().toString().replaceAll("[\\[*?]", "[$0]"));
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB does not close", e);
        }
    }
}
