/// `fluvial bench`: how fast this machine is, in a few minutes.
///
/// `Bench` is the command. It starts a JVM for every [Group] several times over (`Fork`), in which `Launch` measures
/// and prints `Reading`s; `Results` gathers them, `Table` and `ResultsJson` print.
@NullMarked
package io.fluvial.bench;

import org.jspecify.annotations.NullMarked;
