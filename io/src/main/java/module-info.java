/// Model files and tables.
module io.fluvial.io {
    requires transitive io.fluvial;
    requires java.sql;
    requires tools.jackson.databind;
    requires static org.jspecify;
}
