package io.fluvial.distribution;

import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Integers;
import io.fluvial.constraint.ScalarConstraint;
import io.fluvial.constraint.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The support of a mixture of components with different ones: their union.
record AnyOf(List<Constraint> parts) implements Constraint {

    /// The constraint itself where all are equal.
    static Constraint of(List<? extends Distribution> components) {
        List<Constraint> parts =
                components.stream().map(Distribution::support).distinct().collect(Collectors.toList());
        return parts.size() == 1 ? parts.getFirst() : new AnyOf(List.copyOf(parts));
    }

    static ScalarConstraint ofScalars(List<? extends ScalarDistribution> components) {
        List<ScalarConstraint> parts =
                components.stream().map(ScalarDistribution::support).distinct().collect(Collectors.toList());
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        Integers whole = wholeNumbers(parts);
        return whole == null ? new Scalars(List.copyOf(parts)) : whole;
    }

    /// The union of whole numbers where it has no gap, else null.
    private static @Nullable Integers wholeNumbers(List<ScalarConstraint> parts) {
        List<Integers> sorted = new ArrayList<>();
        for (ScalarConstraint part : parts) {
            if (!(part instanceof Integers integers)) {
                return null;
            }
            sorted.add(integers);
        }
        sorted.sort(Comparator.comparingDouble(Integers::lower));
        double upper = sorted.getFirst().upper();
        for (Integers next : sorted) {
            if (next.lower() > upper + 1) {
                return null;
            }
            upper = Math.max(upper, next.upper());
        }
        return Integers.between(sorted.getFirst().lower(), upper);
    }

    @Override
    public Shape shape() {
        return parts.getFirst().shape();
    }

    @Override
    public boolean isDiscrete() {
        return parts.stream().allMatch(Constraint::isDiscrete);
    }

    @Override
    public @Nullable String violation(double[] event) {
        String first = parts.getFirst().violation(event);
        return first == null || parts.stream().anyMatch(part -> part.contains(event)) ? null : first;
    }

    /// The same of numbers.
    record Scalars(List<ScalarConstraint> parts) implements ScalarConstraint {

        @Override
        public boolean contains(double x) {
            return parts.stream().anyMatch(part -> part.contains(x));
        }

        @Override
        public boolean isDiscrete() {
            return parts.stream().allMatch(Constraint::isDiscrete);
        }

        @Override
        public String description() {
            return parts.stream().map(ScalarConstraint::description).collect(Collectors.joining(", or "));
        }
    }
}
