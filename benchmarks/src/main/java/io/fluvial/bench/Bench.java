package io.fluvial.bench;

import io.fluvial.benchmarks.FlowSize;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The command `fluvial bench`.
@Command(
        name = "fluvial bench",
        abbreviateSynopsis = true,
        description = {
            "Measures how fast this machine scores, samples and trains, beside its own peak. About five minutes;",
            "the machine must be otherwise idle. The table goes to standard output, progress to standard error.",
            "With --peers other libraries do the same work in turns with ours, which takes twice as long."
        },
        footerHeading = "%nFor example:%n",
        footer = {
            "  fluvial bench                                 four flows of a small size",
            "  fluvial bench --only maf --size D63_W512      one flow of one size",
            "  fluvial bench --launches 10 --json > mine.json",
            "  fluvial bench --peers --only realnvp,maf      beside LibTorch and ONNX Runtime",
            "  fluvial bench kernels                         what a training step is made of, kernel by kernel",
            "  fluvial bench scaling                         what happens when batches, features or tables grow"
        },
        subcommands = {KernelTable.class, ScalingTable.class})
final class Bench implements Callable<Integer> {

    /// Processors that may be busy with something else before we complain.
    private static final double IDLE = 0.2;

    /// Starts one launch of a group.
    @FunctionalInterface
    interface Launcher {
        Fork.Outcome run(Group group) throws IOException;
    }

    @Option(names = "--launches", paramLabel = "N", description = "JVM launches of every group; 3 unless given.")
    private int launches = 3;

    @Option(
            names = "--only",
            paramLabel = "FAMILY",
            split = ",",
            description = "Only these flows: realnvp, maf, nsf, nsf-ar.")
    private List<String> only = List.of();

    @Option(
            names = "--size",
            paramLabel = "SIZE",
            split = ",",
            description = "These sizes (features, width): D6_W64, D10_W64, D21_W128, D43_W256, D63_W512, D200_W256;"
                    + " D10_W64 unless given, which runs on one and two threads, others on one.")
    private List<String> sizes = List.of("D10_W64");

    @Option(
            names = "--peers",
            description = "Measure LibTorch and ONNX Runtime too. From a source checkout: the first time this gets some"
                    + " 170 MB from Maven Central.")
    private boolean peers;

    @Option(names = "--json", description = "Print one JSON object with the values of every launch.")
    private boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean help;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private final Launcher launcher;
    private final Duration look;

    private Bench(Launcher launcher, Duration look) {
        this.launcher = launcher;
        this.look = look;
    }

    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), true);
        PrintWriter err = new PrintWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8), true);
        System.exit(run(out, err, Fork::run, Duration.ofMillis(300), args));
    }

    /// One command line; the exit code is 0 for success, 2 for what a caller can mend, 1 for a fault of ours.
    ///
    /// @param look how long to watch before each launch what else the machine does
    static int run(PrintWriter out, PrintWriter err, Launcher launcher, Duration look, String... args) {
        CommandLine line = new CommandLine(new Bench(launcher, look));
        line.setUsageHelpWidth(100);
        line.setOut(out);
        line.setErr(err);
        line.setParameterExceptionHandler((e, given) -> {
            err.println("fluvial bench: " + e.getMessage() + " (see fluvial bench --help)");
            return 2;
        });
        line.setExecutionExceptionHandler((e, command, parsed) -> {
            err.println("fluvial bench: " + (e instanceof IOException ? e.getMessage() : e.toString()));
            return 1;
        });
        return line.execute(args);
    }

    @Override
    public Integer call() throws IOException {
        if (launches < 1) {
            throw bad("--launches must be at least 1, got " + launches);
        }
        if (peers && Rival.peers().isEmpty()) {
            throw bad("--peers needs module peers on the class path, which ./fluvial in a source checkout puts there");
        }
        List<Group> groups = groups();
        Results results =
                new Results(Machine.here(), ZonedDateTime.now().truncatedTo(ChronoUnit.SECONDS), launches, groups);
        measure(groups, results);
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? ResultsJson.of(results) + "\n" : Table.of(results));
        out.flush();
        return 0;
    }

    /// Launch after launch of all groups, so that a slower minute of the machine does not meet one group alone.
    private void measure(List<Group> groups, Results results) throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        boolean warned = false;
        for (int launch = 1; launch <= launches; launch++) {
            for (Group group : groups) {
                double busy = Machine.busy(look);
                if (busy > IDLE && !warned) {
                    err.printf(
                            Locale.ROOT,
                            "fluvial bench: %.1f processors are busy with something else; the numbers will be too low%n",
                            busy);
                    warned = true;
                }
                err.println("launch " + launch + " of " + launches + ": "
                        + group.family().flow() + " " + group.size());
                Fork.Outcome outcome = launcher.run(group);
                if (!outcome.warm()) {
                    err.println(
                            "fluvial bench: this launch was still warming up when it began to measure: its numbers are"
                                    + " too low; is the machine busy?");
                }
                results.add(group, outcome, busy);
            }
        }
    }

    private List<Group> groups() {
        List<FlowSize.Family> families = only.isEmpty()
                ? List.of(FlowSize.Family.values())
                : named(only, "flow", "--only", FlowSize.Family.values(), FlowSize.Family::flow);
        List<Group> groups = new ArrayList<>();
        for (FlowSize size : named(sizes, "size", "--size", FlowSize.values(), FlowSize::name)) {
            for (FlowSize.Family family : families) {
                groups.add(Group.of(size, family, Runtime.getRuntime().availableProcessors()));
            }
        }
        return groups;
    }

    private <T> List<T> named(List<String> given, String what, String option, T[] all, Function<T, String> name) {
        List<T> found = new ArrayList<>();
        for (String word : given) {
            found.add(Arrays.stream(all)
                    .filter(t -> name.apply(t).equalsIgnoreCase(word))
                    .findFirst()
                    .orElseThrow(() -> bad("there is no " + what + " \"" + word + "\"; " + option + " takes "
                            + Arrays.stream(all).map(name).collect(Collectors.joining(", ")))));
        }
        return found.stream().distinct().toList();
    }

    private ParameterException bad(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
