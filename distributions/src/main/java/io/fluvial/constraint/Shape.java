package io.fluvial.constraint;

import java.util.Arrays;

/// The shape of an event: `[]` one number, `[n]` a vector, `[r, c]` a matrix stored row by row.
///
/// Events are flat arrays of [#size()] numbers; the last axis is contiguous.
public final class Shape {

    /// One number.
    public static final Shape SCALAR = new Shape(new int[0]);

    private final int[] axes;

    private Shape(int[] axes) {
        this.axes = axes;
    }

    /// @param axes lengths, each at least 1; none for a number
    public static Shape of(int... axes) {
        long size = 1;
        for (int axis : axes) {
            if (axis < 1) {
                throw new IllegalArgumentException("a shape needs axes of at least 1, got " + Arrays.toString(axes));
            }
            size *= axis;
            if (size > Integer.MAX_VALUE) {
                throw new IllegalArgumentException(Arrays.toString(axes) + " has more numbers than an array can hold");
            }
        }
        return axes.length == 0 ? SCALAR : new Shape(axes.clone());
    }

    /// Numbers in an event: the product of the axes, 1 for a scalar.
    public int size() {
        int size = 1;
        for (int axis : axes) {
            size *= axis;
        }
        return size;
    }

    /// Number of axes.
    public int rank() {
        return axes.length;
    }

    /// Length of axis i.
    public int axis(int i) {
        return axes[i];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && Arrays.equals(axes, shape.axes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(axes);
    }

    @Override
    public String toString() {
        return Arrays.toString(axes);
    }
}
