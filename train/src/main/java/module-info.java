/// Fitting flows to data.
module io.fluvial.train {
    requires transitive io.fluvial;
    requires static org.jspecify;

    exports io.fluvial.train;
}
