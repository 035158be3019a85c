package io.fluvial.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Scores a table and one ten times as long with `fluvial score`, on a small heap, and watches the process: the rows
/// pass through, so both need the same memory.
final class StreamingScore {

    /// What one table took.
    ///
    /// @param bytes of the table
    /// @param peak resident memory at most, bytes; 0 where the system does not tell
    record Outcome(int rows, long bytes, double seconds, long peak) {}

    /// Heap of the process.
    static final String HEAP = "-Xmx256m";

    private static final int FEATURES = 10;
    private static final int LINES = 4096; // different ones
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s*(\\d+) kB");

    private final String command;
    private final PrintWriter err;

    /// @param command the program `fluvial`
    StreamingScore(String command, PrintWriter err) {
        this.command = command;
        this.err = err;
    }

    /// In a temporary folder that is gone afterwards.
    List<Outcome> run(int rows) throws IOException {
        Path folder = Files.createTempDirectory("fluvial-bench-");
        try {
            Path train = folder.resolve("train.csv");
            write(train, LINES);
            String model = folder.resolve("model.fluvial").toString();
            finish(start("fit", train.toString(), "-o", model, "--flow", "realnvp", "--layers", "5", "--epochs", "1"));
            List<Outcome> outcomes = new ArrayList<>();
            for (int count : new int[] {rows, 10 * rows}) {
                Path table = folder.resolve("table.csv");
                Path scored = folder.resolve("scored.csv");
                write(table, count);
                err.printf(Locale.ROOT, "streaming: fluvial score of %,d rows%n", count);
                long start = System.nanoTime();
                long peak = finish(start("score", model, table.toString(), "-o", scored.toString()));
                double seconds = (System.nanoTime() - start) * 1e-9;
                outcomes.add(new Outcome(count, Files.size(table), seconds, peak));
                Files.delete(table);
                Files.delete(scored);
            }
            return outcomes;
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void write(Path file, int rows) throws IOException {
        Random random = new Random(1);
        byte[][] lines = new byte[LINES][];
        for (int i = 0; i < LINES; i++) {
            StringBuilder line = new StringBuilder();
            for (int j = 0; j < FEATURES; j++) {
                line.append(j == 0 ? "" : ",").append(String.format(Locale.ROOT, "%.6f", random.nextGaussian()));
            }
            lines[i] = line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
        }
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            out.write("x0,x1,x2,x3,x4,x5,x6,x7,x8,x9\n".getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < rows; i++) {
                out.write(lines[(int) ((long) i * 7919 % LINES)]); // a prime: all of them, in some order
            }
        }
    }

    private Process start(String... arguments) throws IOException {
        List<String> words = new ArrayList<>(List.of(command));
        words.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().put("FLUVIAL_JAVA_OPTS", HEAP);
        return builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    }

    /// Waits for its end; how much memory it had at most.
    private static long finish(Process process) throws IOException {
        Thread end = new Thread(process::destroy);
        Runtime.getRuntime().addShutdownHook(end);
        long peak = 0;
        try {
            while (!process.waitFor(50, TimeUnit.MILLISECONDS)) {
                peak = Math.max(peak, peak(process.pid()));
            }
        } catch (InterruptedException e) {
            process.destroy();
            throw new IOException("interrupted", e);
        }
        Runtime.getRuntime().removeShutdownHook(end);
        if (process.exitValue() != 0) {
            throw new IOException("fluvial ended with exit code " + process.exitValue());
        }
        return peak;
    }

    private static long peak(long pid) {
        try {
            return peak(Files.readString(Path.of("/proc/" + pid + "/status")));
        } catch (IOException e) {
            return 0; // another system, or it has just ended
        }
    }

    /// The largest resident set that Linux tells of a process, bytes; 0 where it does not.
    static long peak(String status) {
        Matcher peak = PEAK.matcher(status);
        return peak.find() ? 1024 * Long.parseLong(peak.group(1)) : 0;
    }
}
