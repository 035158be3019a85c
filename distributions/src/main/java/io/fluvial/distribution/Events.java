package io.fluvial.distribution;

import io.fluvial.constraint.Shape;

/// Events in a batch `[size × lanes]`: number k of lane i stands at `k * lanes + i`.
final class Events {

    private Events() {}

    /// @throws IllegalArgumentException where `x` is no single event
    static void one(double[] x, Shape shape) {
        if (x.length != shape.size()) {
            throw new IllegalArgumentException(
                    "expected " + shape.size() + " numbers for an event of shape " + shape + ", got " + x.length);
        }
    }

    /// As [#checked(double\[\], Shape, int)], and that `out` takes a number for each.
    static int checked(double[] x, Shape shape, int lanes, double[] out) {
        int size = checked(x, shape, lanes);
        if (out.length != lanes) {
            throw new IllegalArgumentException("expected room for " + lanes + " log-densities, got " + out.length);
        }
        return size;
    }

    /// The size of one event, where `x` holds `lanes` of them.
    static int checked(double[] x, Shape shape, int lanes) {
        int size = shape.size();
        if (x.length != (long) size * lanes) {
            throw new IllegalArgumentException(
                    "expected " + size + " × " + lanes + " numbers for events of shape " + shape + ", got " + x.length);
        }
        return size;
    }

    static void read(double[] x, int lanes, int i, double[] event) {
        for (int k = 0; k < event.length; k++) {
            event[k] = x[k * lanes + i];
        }
    }

    static void write(double[] event, double[] x, int lanes, int i) {
        for (int k = 0; k < event.length; k++) {
            x[k * lanes + i] = event[k];
        }
    }
}
