package io.fluvial.cli;

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
        subcommands = {
            DemoCommand.class,
            FitCommand.class,
            ScoreCommand.class,
            SampleCommand.class,
            EvaluateCommand.class,
            InfoCommand.class
        },
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

    /// Runs one command line; the exit code.
    static int run(String... args) {
        Logging.quiet();
        CommandLine line = new CommandLine(new Fluvial());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpWidth(100);
        line.setUsageHelpAutoWidth(false);
        line.setOut(Console.writer(System.out));
        line.setErr(Console.writer(System.err));
        line.setParameterExceptionHandler(Failure::ofArguments);
        line.setExecutionExceptionHandler(Failure::ofExecution);
        try {
            return line.execute(args);
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
