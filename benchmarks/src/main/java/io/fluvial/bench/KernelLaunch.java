package io.fluvial.bench;

import io.fluvial.benchmarks.FmaPeak;
import io.fluvial.kernel.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Measures every [KernelWork] in this JVM: each is warmed up until it allocates nothing – before the compiler has
/// seen enough of them, vectors are objects –, then come rounds in which each has a window of 30 ms, so that a slower
/// moment of the machine meets all alike; the median of the rounds counts.
final class KernelLaunch {

    static final String MARK = "kernel\t";

    /// What all others are compared with.
    static final String PEAK = "FMA peak";

    private static final long WARM_UP = 250_000_000L;
    private static final int MOST_WARM_UPS = 20;
    private static final long WINDOW = 30_000_000L;
    private static final int ROUNDS = 9;
    private static final int CALLS = 8;

    /// The sum of what the peak's loop returned, so that no compiler may leave it out.
    private static volatile float sink;

    private KernelLaunch() {}

    public static void main(String[] args) {
        List<KernelWork> works = new ArrayList<>();
        works.add(new KernelWork(PEAK, FmaPeak.flops(), 0, () -> sink = FmaPeak.run(0.5f, 1f)));
        String only = args.length == 0 ? "" : args[0];
        KernelWork.all(Kernels.best()).stream()
                .filter(work -> work.name().contains(only))
                .forEach(works::add);
        double[][] nanos = new double[works.size()][ROUNDS];
        for (KernelWork work : works) {
            warmUp(work.run());
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (int k = 0; k < nanos.length; k++) {
                nanos[k][round] =
                        1e9 / CALLS / window(works.get(k).run(), WINDOW).callsPerSecond();
            }
        }
        for (int k = 0; k < nanos.length; k++) {
            Arrays.sort(nanos[k]);
            KernelWork work = works.get(k);
            System.out.println(
                    MARK + work.name() + "\t" + work.flops() + "\t" + work.bytes() + "\t" + nanos[k][ROUNDS / 2]);
        }
    }

    private static void warmUp(Runnable run) {
        for (int k = 0; k < MOST_WARM_UPS; k++) {
            Window window = window(run, WARM_UP);
            if (k > 0 && window.bytesPerCall() < 1) {
                return;
            }
        }
    }

    /// The clock is read every [#CALLS] calls, which count as one.
    private static Window window(Runnable run, long nanos) {
        return Window.of(
                () -> {
                    for (int i = 0; i < CALLS; i++) {
                        run.run();
                    }
                    return 0;
                },
                nanos);
    }
}
