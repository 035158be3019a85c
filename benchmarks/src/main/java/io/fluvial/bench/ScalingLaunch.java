package io.fluvial.bench;

import io.fluvial.benchmarks.FmaPeak;
import io.fluvial.kernel.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;

/// Measures every [ScalingWork] in this JVM: each is run until its window is as fast as the fastest before, within a
/// tenth; then come rounds in which each has a window of 40 ms, and before it the FMA peak one of 10 ms, so that a
/// slower moment of the machine meets all alike. Shares of the peak are taken within a round; medians count.
final class ScalingLaunch {

    static final String MARK = "scaling\t";

    private static final int MOST_ROWS = 100_000;
    private static final int MOST_FEATURES = 1000;
    private static final int MOST_BATCH = 4096;

    private static final long WARM_UP = 100_000_000L;
    private static final int MOST_WARM_UPS = 10;
    private static final long WINDOW = 40_000_000L;
    private static final long PEAK_WINDOW = 10_000_000L;
    private static final int ROUNDS = 5;

    private ScalingLaunch() {}

    public static void main(String[] args) {
        measure(ScalingWork.all(
                        Kernels.best(),
                        Runtime.getRuntime().availableProcessors(),
                        MOST_ROWS,
                        MOST_FEATURES,
                        MOST_BATCH))
                .forEach(line -> System.out.println(line.text()));
        System.exit(0); // threads of training wait for more
    }

    static List<ScalingLine> measure(List<ScalingWork> works) {
        window(Launch::peak, 3 * WARM_UP);
        for (ScalingWork work : works) {
            double best = 0;
            for (int k = 0; k < MOST_WARM_UPS; k++) {
                double speed = window(work.run(), WARM_UP);
                if (k > 1 && speed < 1.1 * best) {
                    break;
                }
                best = Math.max(best, speed);
            }
        }
        double[][] rates = new double[works.size()][ROUNDS];
        double[][] shares = new double[works.size()][ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            for (int k = 0; k < rates.length; k++) {
                ScalingWork work = works.get(k);
                double peak = FmaPeak.flops() * window(Launch::peak, PEAK_WINDOW);
                double calls = window(work.run(), WINDOW);
                rates[k][round] = work.rows() * calls;
                shares[k][round] = work.flops() * calls / peak;
            }
        }
        List<ScalingLine> lines = new ArrayList<>();
        for (int k = 0; k < rates.length; k++) {
            ScalingWork work = works.get(k);
            lines.add(new ScalingLine(work.series(), work.threads(), work.size(), median(rates[k]), median(shares[k])));
        }
        return lines;
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private static double window(DoubleSupplier work, long nanos) {
        Window window = Window.of(work, nanos);
        if (Double.isNaN(window.sum())) { // also looks at what was computed, so that no compiler leaves it out
            throw new IllegalStateException("a density or a training step was not a number");
        }
        return window.callsPerSecond();
    }
}
