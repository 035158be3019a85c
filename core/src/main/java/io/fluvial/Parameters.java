package io.fluvial;

import java.util.Arrays;

/// All numbers of a flow: one flat array and the layout that names its parts. Immutable.
public final class Parameters {

    private final ParameterLayout layout;
    private final float[] values;

    private Parameters(ParameterLayout layout, float[] values) {
        this.layout = layout;
        this.values = values;
    }

    /// @param values `layout.size()` numbers. *Read*, copied.
    public static Parameters of(ParameterLayout layout, float[] values) {
        if (values.length != layout.size()) {
            throw new IllegalArgumentException(
                    "the layout has " + layout.size() + " parameters, the array " + values.length);
        }
        return new Parameters(layout, values.clone());
    }

    public ParameterLayout layout() {
        return layout;
    }

    public int size() {
        return values.length;
    }

    /// A copy of all values.
    public float[] toArray() {
        return values.clone();
    }

    /// A copy of the values of one slice.
    public float[] get(String name) {
        ParameterLayout.Slice slice = layout.slice(name);
        return Arrays.copyOfRange(values, slice.offset(), slice.offset() + slice.size());
    }

    /// The array itself, for passes, which only read it.
    float[] shared() {
        return values;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Parameters that && layout.equals(that.layout) && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "Parameters[" + values.length + " in " + layout.slices().size() + " slices]";
    }
}
