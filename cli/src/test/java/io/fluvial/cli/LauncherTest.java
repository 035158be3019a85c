package io.fluvial.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The script `fluvial`, in a checkout that has a build already, with a Java that says what it is told and a Maven that
/// fails.
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {

    private static final Instant BUILT = Instant.parse("2026-01-02T00:00:00Z");

    @TempDir
    Path folder;

    private Path root = Path.of("");

    @BeforeEach
    void makesACheckout() throws IOException {
        root = Files.createDirectory(folder.resolve("checkout"));
        Path source = Path.of("..").toRealPath();
        copy(source, "fluvial");
        copy(source, ".mvn/find-jdk25.sh");
        copy(source, ".mvn/RenewClasses.java");
        write("pom.xml", "");
        write("cli/src/main/java/Main.java", "");
        for (String module : List.of("core", "simd", "train", "io")) {
            write(module + "/pom.xml", "");
        }
        program(
                "mvnw",
                "if ! mkdir building; then echo two builds; fi; sleep 0.3; rmdir building; echo no Maven; exit 1");
        program("jdk/bin/java", "printf '%s\\n' \"LC_ALL=${LC_ALL-}\" \"$@\"");
        program("jdk/bin/javac", "");
        write("jdk/release", "JAVA_VERSION=\"25.0.3\"\n");
        write("classes.jsa", "");
        write(".fluvial/classpath", "a.jar:b.jar\n" + root.resolve("classes.jsa") + "\n");
        try (var all = Files.walk(root)) {
            for (Path path : all.toList()) {
                Files.setLastModifiedTime(path, FileTime.from(BUILT));
            }
        }
    }

    private void copy(Path source, String name) throws IOException {
        Files.createDirectories(root.resolve(name).getParent());
        Files.copy(source.resolve(name), root.resolve(name));
    }

    private void write(String name, String text) throws IOException {
        Files.createDirectories(root.resolve(name).getParent());
        Files.writeString(root.resolve(name), text);
    }

    private void program(String name, String script) throws IOException {
        write(name, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(root.resolve(name), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void edit(String name) throws IOException {
        Files.setLastModifiedTime(root.resolve(name), FileTime.from(BUILT.plusSeconds(60)));
    }

    private Process start(Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(root.resolve("fluvial").toString(), "info");
        for (String name :
                List.of("FLUVIAL_JAVA_OPTS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "LC_ALL", "LC_CTYPE")) {
            builder.environment().remove(name);
        }
        builder.environment().put("JAVA_HOME", root.resolve("jdk").toString());
        builder.environment().put("LANG", "en_US.UTF-8");
        builder.environment().putAll(environment);
        return builder.redirectErrorStream(true).start();
    }

    /// All that it says.
    private List<String> run(Map<String, String> environment) throws IOException {
        Process process = start(environment);
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    @Test
    void javaGetsOurOptionsThenTheUsersThenTheArguments() throws IOException {
        List<String> told = run(Map.of("FLUVIAL_JAVA_OPTS", "-Xmx1g -Da=b"));

        assertTrue(told.contains("-XX:+UseParallelGC"), told::toString);
        assertTrue(told.contains("-XX:SharedArchiveFile=" + root.resolve("classes.jsa")), told::toString);
        assertEquals(
                List.of("-Xmx1g", "-Da=b", "-cp", "a.jar:b.jar", "io.fluvial.cli.Main", "info"),
                told.subList(told.size() - 6, told.size()));
    }

    @Test
    void buildIsRenewedWhereSomethingItIsMadeOfIsNewer() throws IOException {
        for (String name :
                List.of("fluvial", ".mvn/RenewClasses.java", "pom.xml", "io/pom.xml", "cli/src/main/java/Main.java")) {
            assertFalse(run(Map.of()).toString().contains("building"), name);
            FileTime before = Files.getLastModifiedTime(root.resolve(name));
            edit(name);
            assertTrue(run(Map.of()).getFirst().equals("fluvial: building (a source has changed)..."), name);
            Files.setLastModifiedTime(root.resolve(name), before);
        }
    }

    /// The lock of an owner who is dead is taken over by one of them at a time.
    @Test
    void manyThatWaitBuildOneAfterTheOther() throws IOException, InterruptedException {
        edit("pom.xml");
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        write(".fluvial/lock/pid", dead.pid() + "\n");
        List<Process> all = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            all.add(start(Map.of()));
        }
        for (Process process : all) {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(said.contains("no Maven\n"), said);
            assertFalse(said.contains("two builds"), said);
        }
        assertFalse(Files.exists(root.resolve(".fluvial/lock")));
        assertFalse(Files.exists(root.resolve(".fluvial/lock.dead")));
    }

    @Test
    void localeOfAsciiOnlyIsReplaced() throws IOException {
        assertEquals("LC_ALL=", run(Map.of()).getFirst()); // LANG is en_US.UTF-8
        assertEquals("LC_ALL=C.UTF-8", run(Map.of("LANG", "")).getFirst());
        assertEquals("LC_ALL=C.UTF-8", run(Map.of("LANG", "C")).getFirst());
        assertEquals("LC_ALL=C.UTF-8", run(Map.of("LC_CTYPE", "POSIX")).getFirst());
        assertEquals("LC_ALL=C.UTF-8", run(Map.of("LC_ALL", "C")).getFirst());
        assertEquals(
                "LC_ALL=", run(Map.of("LC_CTYPE", "de_DE.UTF-8", "LANG", "C")).getFirst());
        assertEquals(
                "LC_ALL=de_DE.UTF-8",
                run(Map.of("LC_ALL", "de_DE.UTF-8", "LANG", "C")).getFirst());
    }

    @Test
    void collectorThatTheUserChoosesIsTheOnlyOne() throws IOException {
        for (String variable : List.of("FLUVIAL_JAVA_OPTS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS")) {
            for (String collector : List.of("-XX:+UseSerialGC", "-XX:+UseZGC", "-XX:+UseParallelGC")) {
                List<String> told = run(Map.of(variable, "-Xmx1g " + collector));

                List<String> ours = new ArrayList<>(told);
                if (variable.equals("FLUVIAL_JAVA_OPTS")) {
                    assertTrue(ours.remove(collector), told::toString);
                }
                assertFalse(ours.toString().contains("GC"), told::toString);
            }
        }
        assertTrue(run(Map.of("FLUVIAL_JAVA_OPTS", "-Xlog:gc")).contains("-XX:+UseParallelGC"));
    }
}
