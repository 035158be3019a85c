package io.fluvial.cli;

import io.fluvial.io.TableReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// The command `fluvial` and how it ends: 0 for success, 2 for what a caller can mend, 1 for a fault of ours.
@Command(
        name = "fluvial",
        mixinStandardHelpOptions = true,
        versionProvider = Fluvial.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Fits an exact probability density to a table (a normalizing flow), then answers with it:",
            "how likely is this row, how good is the fit, draw me a thousand more."
        },
        footerHeading = "%nFor example:%n",
        footer = {
            "  fluvial demo                                  see all of it on a made-up data set",
            "  fluvial fit data.csv -o model.fluvial         learn the density of the numeric columns",
            "  fluvial score model.fluvial new.csv -o -      log-densities beside the rows",
            "  fluvial sample model.fluvial -n 1000 -o -     a thousand new rows",
            "",
            "Tables are CSV, TSV, Parquet or JSON lines, by their ending; fluvial COMMAND --help tells more."
        })
final class Fluvial implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    /// The commands, in the order of the help.
    private static final Map<String, Function<EarlyModel, Object>> COMMANDS = commands();

    private static final Set<String> READS_A_MODEL_FIRST = Set.of("score", "evaluate");

    private static Map<String, Function<EarlyModel, Object>> commands() {
        Map<String, Function<EarlyModel, Object>> commands = new LinkedHashMap<>();
        commands.put("demo", model -> new DemoCommand());
        commands.put("fit", model -> new FitCommand());
        commands.put("score", ScoreCommand::new);
        commands.put("sample", model -> new SampleCommand());
        commands.put("evaluate", EvaluateCommand::new);
        commands.put("info", model -> new InfoCommand());
        return commands;
    }

    /// Runs one command line; the exit code.
    static int run(String... args) {
        Logging.quiet();
        EarlyModel model = EarlyModel.none();
        if (args.length > 2 && READS_A_MODEL_FIRST.contains(args[0])) {
            TableReader.prepare(args[2]); // where the table usually stands; a guess that may be wrong
            model = EarlyModel.begin(args[1]);
        }
        CommandLine line = new CommandLine(new Fluvial());
        Function<EarlyModel, Object> asked = args.length == 0 ? null : COMMANDS.get(args[0]);
        if (asked != null) {
            line.addSubcommand(args[0], asked.apply(model)); // to look at all of them takes a quarter of a second
        } else {
            COMMANDS.forEach((name, command) -> line.addSubcommand(name, command.apply(EarlyModel.none())));
        }
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpWidth(100);
        line.setUsageHelpAutoWidth(false);
        line.setOut(Console.writer(System.out));
        line.setErr(Console.writer(System.err));
        line.setParameterExceptionHandler(Failure::ofArguments);
        line.setExecutionExceptionHandler(Failure::ofExecution);
        try {
            int code = line.execute(args);
            line.getOut().flush();
            if (code == 0 && System.out.checkError()) {
                line.getErr().println("fluvial: not all could be written: standard output is full or closed");
                return Failure.BAD_INPUT;
            }
            return code;
        } catch (OutOfMemoryError e) {
            line.getErr()
                    .println("fluvial: out of memory (" + e.getMessage()
                            + "): give java more with FLUVIAL_JAVA_OPTS=-Xmx8g, or use fewer rows");
            return Failure.BAD_INPUT;
        }
    }

    /// `fluvial` alone explains itself.
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut(), Ansi.AUTO);
    }

    /// The version of the jar; a build that runs from classes has none.
    static final class Version implements IVersionProvider {

        static String text() {
            String version = Fluvial.class.getPackage().getImplementationVersion();
            return version == null ? "development build" : version;
        }

        @Override
        public String[] getVersion() {
            return new String[] {
                "fluvial " + text(),
                "Java " + Runtime.version() + ", " + System.getProperty("os.name") + " "
                        + System.getProperty("os.arch") + ", "
                        + io.fluvial.kernel.Kernels.best().name() + " kernels"
            };
        }
    }
}
