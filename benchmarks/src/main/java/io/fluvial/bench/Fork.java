package io.fluvial.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Runs a [Launch] in a JVM of its own, with this one's java, class path and options.
final class Fork {

    /// What a launch found.
    ///
    /// @param warm whether it was warm when it began to measure
    /// @param peers their names and versions, such as `libtorch 2.10.0`
    record Outcome(String kernels, boolean warm, List<String> peers, List<Reading> readings) {
        Outcome {
            peers = List.copyOf(peers);
            readings = List.copyOf(readings);
        }
    }

    private Fork() {}

    /// @throws IOException where the launch fails; the message is what it said last
    static Outcome run(Group group) throws IOException {
        return outcome(lines(Launch.class, Launch.arguments(group)));
    }

    /// What a program of ours prints.
    ///
    /// @throws IOException where it fails; the message is what it said last
    static List<String> lines(Class<?> main, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        Thread end = new Thread(process::destroy);
        Runtime.getRuntime().addShutdownHook(end);
        List<String> lines;
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            lines = reader.lines().toList();
            int code = process.waitFor();
            if (code != 0) {
                String last = lines.stream()
                        .filter(line -> !line.isBlank() && !line.startsWith("\tat "))
                        .reduce("nothing", (before, line) -> line);
                throw new IOException("a launch ended with exit code " + code + " and said: " + last);
            }
        } catch (InterruptedException e) {
            process.destroy();
            throw new IOException("interrupted", e);
        }
        Runtime.getRuntime().removeShutdownHook(end);
        return lines;
    }

    /// The options this JVM was started with.
    static List<String> options() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments();
    }

    private static Outcome outcome(List<String> lines) {
        String kernels = "unknown";
        boolean warm = true;
        List<String> peers = new ArrayList<>();
        List<Reading> readings = new ArrayList<>();
        for (String line : lines) {
            Reading reading = Reading.parse(line);
            if (reading != null) {
                readings.add(reading);
            } else if (line.startsWith(Launch.KERNELS)) {
                kernels = line.substring(Launch.KERNELS.length());
            } else if (line.startsWith(Launch.PEER)) {
                peers.add(line.substring(Launch.PEER.length()));
            } else if (line.equals(Launch.COLD)) {
                warm = false;
            }
        }
        return new Outcome(kernels, warm, peers, readings);
    }
}
