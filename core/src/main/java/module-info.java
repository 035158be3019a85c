/// Exact densities by normalizing flows; no dependencies, no flags.
@SuppressWarnings("module") // the modules named in "exports … to" are built after this one
module io.fluvial {
    requires static org.jspecify;

    exports io.fluvial;
    exports io.fluvial.bijector;
    exports io.fluvial.base;
    exports io.fluvial.flows;
    exports io.fluvial.kernel;
    exports io.fluvial.nn;
    exports io.fluvial.scalar;
    exports io.fluvial.internal to
            io.fluvial.distributions,
            io.fluvial.train,
            io.fluvial.io;

    uses io.fluvial.kernel.Kernels;
}
