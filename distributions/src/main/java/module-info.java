/// Distributions, constraints and transforms: the vocabulary for building densities by hand.
module io.fluvial.distributions {
    requires transitive io.fluvial;
    requires org.apache.commons.numbers.gamma;
    requires org.apache.commons.rng.api;
    requires org.apache.commons.rng.sampling;
    requires static org.jspecify;

    exports io.fluvial.constraint;
    exports io.fluvial.distribution;
    exports io.fluvial.transform;
}
