package io.fluvial.bench;

import java.time.Duration;

/// How long one launch takes.
///
/// @param warmUp the least time to warm up, for all work together
/// @param patience the most time to warm up
/// @param window time for one measurement of one kind of work
/// @param rounds measurements of every kind, whose median counts
/// @param rows scored or drawn in one call, at most
record Pace(Duration warmUp, Duration patience, Duration window, int rounds, int rows) {

    /// Some 25 s for a flow on one thread and two.
    static final Pace STANDARD =
            new Pace(Duration.ofSeconds(6), Duration.ofSeconds(30), Duration.ofMillis(200), 5, 8192);
}
