package io.fluvial.bench;

import java.util.List;

/// The values of several launches, in their order.
record Spread(List<Double> values) {

    Spread {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("there are no values");
        }
    }

    /// The middle value, or the mean of the two middle ones.
    double median() {
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    double lowest() {
        return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    double highest() {
        return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }
}
