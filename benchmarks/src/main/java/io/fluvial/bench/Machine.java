package io.fluvial.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Where the numbers come from.
record Machine(String processor, int processors, String os, String java, List<String> javaOptions) {

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    static Machine here() {
        return new Machine(
                processorName(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                Fork.options());
    }

    /// Linux tells; elsewhere the architecture must do.
    private static String processorName() {
        Path file = Path.of("/proc/cpuinfo");
        if (Files.isReadable(file)) {
            try {
                for (String line : Files.readAllLines(file)) {
                    if (line.startsWith("model name")) {
                        return line.substring(line.indexOf(':') + 1).strip();
                    }
                }
            } catch (IOException e) {
                return System.getProperty("os.arch");
            }
        }
        return System.getProperty("os.arch");
    }

    /// How many processors are busy while this process sleeps for so long.
    static double busy(Duration time) {
        SYSTEM.getCpuLoad(); // the next call tells what happened since this one
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Math.max(0, SYSTEM.getCpuLoad()) * SYSTEM.getAvailableProcessors();
    }
}
