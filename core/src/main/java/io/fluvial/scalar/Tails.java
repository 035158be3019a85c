package io.fluvial.scalar;

/// What a spline does at the ends of its box and outside of it: the policy is part of the map.
///
/// A single value outside never stops a batch: where the policy knows no y, log f′ is −∞ and the
/// density exactly zero. Whoever wants an error instead checks the data where they come in.
public enum Tails {

    /// The identity outside, joined smoothly: the slope at either end of the box is exactly 1, not
    /// a learned number close to 1. Defined on all of R; the box is fixed (Durkan et al. 2019,
    /// arXiv:1906.04032, section 3.1).
    LINEAR,

    /// A straight line outside, joined smoothly, and a box of learned place and size in x and in y:
    /// the line is the box's diagonal, and the end slopes are exactly its slope. Defined on all of
    /// R.
    AFFINE,

    /// A circle: both ends of the box are the same point, a fixed point of the map, and have the
    /// same learned slope (Rezende et al. 2020, arXiv:2002.02428, section 2.1). Values outside are
    /// not wrapped (an angle off by a turn is more often an error than a request): log f′ = −∞
    /// there.
    CIRCULAR,

    /// Nothing outside: log f′ = −∞. The slopes at both ends are learned, so the density may jump
    /// to zero at the ends, as that of bounded data does.
    NONE
}
