package io.fluvial.bench;

import io.fluvial.benchmarks.FlowSize;
import java.util.List;

/// What one JVM measures: a flow of one size, with so many threads, one after the other.
record Group(FlowSize size, FlowSize.Family family, List<Integer> threads) {

    Group {
        threads = List.copyOf(threads);
        if (threads.isEmpty() || threads.getFirst() != 1) {
            throw new IllegalArgumentException("the first number of threads must be 1, got " + threads);
        }
    }

    /// Small flows on one thread and two, where the machine has two; larger ones on one thread.
    static Group of(FlowSize size, FlowSize.Family family, int processors) {
        return new Group(size, family, size == FlowSize.D10_W64 && processors > 1 ? List.of(1, 2) : List.of(1));
    }
}
