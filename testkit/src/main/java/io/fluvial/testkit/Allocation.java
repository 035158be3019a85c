package io.fluvial.testkit;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/// Bytes that the present thread allocates.
final class Allocation {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int BATCH = 40;
    private static final long PATIENCE = 10_000_000_000L; // ns

    private Allocation() {}

    /// Runs `work` in batches until one whole batch allocates nothing, as the compiler removes short-lived objects
    /// once it has seen enough of the code; gives up after ten seconds (the compiler, on one
    /// thread, needs some for a kernel of many loops). Returns bytes per run of the best batch.
    static double bytesPerRun(Runnable work) {
        long best = Long.MAX_VALUE;
        long start = System.nanoTime();
        while (best > 0 && System.nanoTime() - start < PATIENCE) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < BATCH; i++) {
                work.run();
            }
            best = Math.min(best, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return best / (double) BATCH;
    }
}
