package io.fluvial.nn;

import java.util.BitSet;
import java.util.List;

/// Which features may look at which: the structure of an autoregressive layer. A closed choice: an [Order], or any
/// [Adjacency] without cycles.
///
/// Features fall into *steps*: those of one step look only at features of earlier steps, so that an inverse finds
/// them together.
public sealed interface Dependence permits Order, Adjacency {

    /// Number of features.
    int dim();

    /// Every feature once, those of earlier steps first. What stands at place q of this list is said to have
    /// *position* q.
    List<Integer> sequence();

    /// Number of steps, which is how many dependent stages an inverse has; 1 where no feature looks at another.
    int steps();

    /// The first position of every step, then [#dim()].
    List<Integer> starts();

    /// For every feature the features that it looks at.
    List<BitSet> seen();
}
