package io.fluvial.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Runs the command line as a process of its own in one folder, as a shell would.
final class Shell {

    /// What a process left.
    ///
    /// @param out standard output
    /// @param err standard error, without the JVM's own line about incubator modules and ours about kernels
    record Outcome(int code, String out, String err) {

        JsonNode json() {
            return JsonMapper.shared().readTree(out);
        }

        /// All of it, for the message of an assertion.
        @Override
        public String toString() {
            return "exit code " + code + "\n" + out + err;
        }
    }

    private final Path folder;
    private final boolean quick;

    private Shell(Path folder, boolean quick) {
        this.folder = folder;
        this.quick = quick;
    }

    /// Runs as the launcher does.
    static Shell in(Path folder) {
        return new Shell(folder, false);
    }

    /// With the quick compiler only, which saves half of a short run; the vector kernels refuse to work with it and
    /// the scalar ones take over.
    Shell quick() {
        return new Shell(folder, true);
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    Process start(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                quick ? "-XX:TieredStopAtLevel=1" : "-XX:+TieredCompilation",
                "-XX:+UseSerialGC",
                "-Djava.io.tmpdir=" + folder, // what is left there is seen
                "-cp",
                System.getProperty("java.class.path"),
                "io.fluvial.cli.Main"));
        command.addAll(List.of(arguments));
        try {
            return new ProcessBuilder(command).directory(folder.toFile()).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Outcome run(String... arguments) {
        return runWith("", arguments);
    }

    Outcome runWith(String input, String... arguments) {
        Process process = start(arguments);
        try (var in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It has ended without reading.
            assert e != null;
        }
        return outcome(process);
    }

    static Outcome outcome(Process process) {
        CompletableFuture<String> err =
                CompletableFuture.supplyAsync(() -> text(process.errorReader(StandardCharsets.UTF_8)));
        String out = text(process.inputReader(StandardCharsets.UTF_8));
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("no end after 60 s: " + out + err.join());
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        String remarks = "(?m)^(WARNING: Using incubator modules|fluvial: kernels: scalar).*\\R";
        return new Outcome(process.exitValue(), out, err.join().replaceAll(remarks, ""));
    }

    private static String text(BufferedReader reader) {
        StringWriter text = new StringWriter();
        try (reader) {
            reader.transferTo(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    void write(String name, String text) {
        try {
            Files.writeString(path(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> lines(String name) {
        try {
            return Files.readAllLines(path(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Names of all files, hidden ones too.
    List<String> files() {
        try (var all = Files.list(folder)) {
            return all.map(p -> p.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A table of a name, x, y near x² and a group that moves x by 3.
    void writeTable(String name, int rows) {
        SplittableRandom random = new SplittableRandom(1);
        StringBuilder text = new StringBuilder("name,x,y,group\n");
        for (int i = 0; i < rows; i++) {
            int group = i % 2;
            double x = random.nextGaussian();
            double y = x * x + 0.3 * random.nextGaussian();
            text.append("row ")
                    .append(i)
                    .append(',')
                    .append(x + 3 * group)
                    .append(',')
                    .append(y)
                    .append(',');
            text.append(group).append('\n');
        }
        write(name, text.toString());
    }
}
