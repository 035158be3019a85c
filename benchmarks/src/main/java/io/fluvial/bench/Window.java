package io.fluvial.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.DoubleSupplier;

/// Some work, repeated for a while.
///
/// @param bytesPerCall what the calling thread allocated
/// @param sum of what the work returned, so that no compiler may leave it out
record Window(double callsPerSecond, double bytesPerCall, double sum) {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /// At least one call, and calls until `nanos` have passed.
    static Window of(DoubleSupplier work, long nanos) {
        long calls = 0;
        double sum = 0;
        long bytes = THREADS.getCurrentThreadAllocatedBytes();
        long start = System.nanoTime();
        long spent;
        do {
            sum += work.getAsDouble();
            calls++;
            spent = System.nanoTime() - start;
        } while (spent < nanos);
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - bytes;
        return new Window(calls * 1e9 / spent, (double) allocated / calls, sum);
    }
}
