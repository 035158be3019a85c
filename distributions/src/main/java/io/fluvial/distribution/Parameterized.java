package io.fluvial.distribution;

import io.fluvial.constraint.Constraint;

/// A distribution with numbers θ that can be fitted: it tells them, where they live and how its density depends on
/// them. `θ` is flat, in the order of the factory's arguments; matrices row by row.
///
/// Whole-number arguments that are not estimated (a number of trials, a dimension) are no part of θ.
///
/// @param <D> the distribution itself
public interface Parameterized<D extends Distribution> extends Distribution {

    /// θ, in a new array.
    double[] parameters();

    /// Where θ lives; its shape is the length of θ.
    Constraint parameterSpace();

    /// The same distribution with other numbers.
    ///
    /// @param theta as [#parameters()], *Read*
    /// @throws IllegalArgumentException where they do not lie in the [#parameterSpace()]
    D withParameters(double[] theta);

    /// ∂log p(x)/∂θ, every number of θ as if it were free; all NaN outside the support, thus also at ±∞.
    ///
    /// @param x `[shape]`, *Read*
    /// @param gTheta `[θ]`, *Overwritten*
    void parameterGradient(double[] x, double[] gTheta);
}
