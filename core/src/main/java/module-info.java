/// Normalizing flows.
module io.fluvial {
    requires static org.jspecify;
}
