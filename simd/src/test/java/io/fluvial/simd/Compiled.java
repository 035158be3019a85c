package io.fluvial.simd;

import static org.junit.jupiter.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/// Runs a kernel until C2 has compiled it. Before that the Vector API computes lane by lane with scalar code,
/// so a test that calls a kernel a few times would look at other instructions, and other elementary
/// functions, than those in use.
///
/// The sign is that calls stop allocating: interpreted vectors are objects. A kernel that never gets there
/// fails, and should: that is the mistake the module's short methods are there to avoid.
///
/// Kernels are given one by one, every pass of a map by itself: C2 compiles what a caller does in one piece and stops
/// inlining where that grows past its limit of nodes, in the middle of an expression of vectors too, for good.
final class Compiled {

    private static final long PATIENCE = 60_000_000_000L; // ns: on a busy machine C2 has to wait for its turn
    private static final int WINDOW = 50;

    private Compiled() {}

    static void run(Runnable... kernels) {
        for (Runnable kernel : kernels) {
            run(kernel);
        }
    }

    private static void run(Runnable kernel) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long start = System.nanoTime();
        while (System.nanoTime() - start < PATIENCE) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < WINDOW; i++) {
                kernel.run();
            }
            if (threads.getCurrentThreadAllocatedBytes() == before) {
                return;
            }
        }
        fail("still allocates after a minute of calls");
    }
}
