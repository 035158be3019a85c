/// Model files and tables.
@SuppressWarnings("requires-automatic") // DuckDB's jar names its module in the manifest only
module io.fluvial.io {
    requires transitive io.fluvial;
    requires duckdb.jdbc;
    requires java.sql;
    requires tools.jackson.databind;
    requires static org.jspecify;

    exports io.fluvial.io;
}
