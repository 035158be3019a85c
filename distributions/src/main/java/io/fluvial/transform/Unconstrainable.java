package io.fluvial.transform;

import io.fluvial.constraint.Constraint;

/// A constraint that knows how free numbers lead into it: the way to give a set of your own its transforms.
/// [Constraints] asks it, also where the set is a part of a [io.fluvial.constraint.Cat] or a
/// [io.fluvial.constraint.Stack]. `OwnConstraint` of the examples is one, in a page.
public interface Unconstrainable extends Constraint {

    /// A bijection from R^(degrees of freedom) onto the set, up to points of measure zero.
    Transform bijection();

    /// A map of free numbers into the set that optimizers like better, several to one event if need be.
    default Transform transform() {
        return bijection();
    }
}
