package io.fluvial;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Names, shapes and places of a flow's numbers in one flat array.
///
/// @param slices in the order of the array, without gaps
public record ParameterLayout(List<Slice> slices) {

    /// One named group of numbers, row-major.
    ///
    /// @param name unique in its layout; parts of parts are separated by dots
    /// @param offset where it starts
    /// @param shape its sizes
    /// @param trainable whether an optimiser may change it; standardisation is fixed once it is set
    public record Slice(String name, int offset, List<Integer> shape, boolean trainable) {
        public Slice {
            shape = List.copyOf(shape);
        }

        /// Number of values.
        public int size() {
            return shape.stream().reduce(1, Math::multiplyExact);
        }
    }

    private static final ParameterLayout NONE = new ParameterLayout(List.of());

    public ParameterLayout {
        slices = List.copyOf(slices);
        Set<String> names = new HashSet<>();
        int next = 0;
        for (Slice slice : slices) {
            if (slice.offset() != next) {
                throw new IllegalArgumentException(
                        "parameter " + slice.name() + " starts at " + slice.offset() + ", expected " + next);
            }
            if (!names.add(slice.name())) {
                throw new IllegalArgumentException("two parameters are named " + slice.name());
            }
            next = Math.addExact(next, slice.size());
        }
    }

    /// A layout without parameters.
    public static ParameterLayout none() {
        return NONE;
    }

    public static Builder builder() {
        return new Builder();
    }

    /// Number of values in all slices.
    public int size() {
        return slices.isEmpty()
                ? 0
                : slices.getLast().offset() + slices.getLast().size();
    }

    /// Number of values that an optimiser may change.
    public int trainableSize() {
        return slices.stream().filter(Slice::trainable).mapToInt(Slice::size).sum();
    }

    /// The slice of this name.
    public Slice slice(String name) {
        return slices.stream()
                .filter(s -> s.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no parameter is named " + name + "; there are "
                        + slices.stream().map(Slice::name).toList()));
    }

    /// Collects slices one after the other.
    public static final class Builder {
        private final List<Slice> slices = new ArrayList<>();
        private int next;

        private Builder() {}

        /// A trainable slice.
        public Builder add(String name, Integer... shape) {
            return add(name, true, List.of(shape));
        }

        /// A slice that training leaves alone.
        public Builder addFixed(String name, Integer... shape) {
            return add(name, false, List.of(shape));
        }

        /// All slices of a part, their names after `prefix` and a dot.
        public Builder addAll(String prefix, ParameterLayout part) {
            for (Slice slice : part.slices()) {
                add(prefix + "." + slice.name(), slice.trainable(), slice.shape());
            }
            return this;
        }

        private Builder add(String name, boolean trainable, List<Integer> shape) {
            Slice slice = new Slice(name, next, shape, trainable);
            next = Math.addExact(next, slice.size());
            slices.add(slice);
            return this;
        }

        public ParameterLayout build() {
            return new ParameterLayout(slices);
        }
    }
}
