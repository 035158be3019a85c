package io.fluvial.distribution;

/// How far one distribution lies from another, in nats, and how well that is known. See [KullbackLeibler].
public sealed interface Divergence {

    double nats();

    /// A closed form or a sum that leaves out less than its rounding.
    record Exact(double nats) implements Divergence {}

    /// A mean over draws. Infinite where a draw of p lies outside the support of q.
    ///
    /// @param standardError of the mean, from the spread of the draws; it means something only where
    ///     log p − log q has a finite variance under p. NaN beside an infinite mean
    /// @param draws how many
    record Estimate(double nats, double standardError, int draws) implements Divergence {}
}
