package io.fluvial.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Where a command speaks. Without `--json` people read standard output; with it one JSON object stands there and
/// everything for people goes to standard error. Always UTF-8.
final class Console {

    @Option(
            names = "--json",
            description = "Print one JSON object to standard output, everything else to standard error.")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    private boolean outputIsTable;

    static PrintWriter writer(OutputStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    boolean json() {
        return json;
    }

    /// From now on standard output carries a table, and results for people go to standard error.
    void outputIsTable() {
        if (json) {
            throw new BadUsage("--json and a table both want standard output: give -o a file name");
        }
        outputIsTable = true;
    }

    /// A result, for people.
    void result(String format, Object... values) {
        PrintWriter to = json || outputIsTable ? err() : command.commandLine().getOut();
        to.println(String.format(Locale.ROOT, format, values));
    }

    /// A remark, always on standard error.
    void note(String format, Object... values) {
        err().println("fluvial: " + String.format(Locale.ROOT, format, values));
    }

    /// Prints the JSON object where `--json` was given.
    void object(ObjectNode object) {
        if (json) {
            command.commandLine()
                    .getOut()
                    .println(
                            JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(object));
        }
    }

    static ObjectNode newObject() {
        return JsonNodeFactory.instance.objectNode();
    }

    /// A number, or null where it is not finite: JSON has no NaN.
    static void put(ObjectNode object, String name, double value) {
        if (Double.isFinite(value)) {
            object.put(name, value);
        } else {
            object.putNull(name);
        }
    }

    PrintWriter err() {
        return command.commandLine().getErr();
    }

    /// Whether somebody watches standard error. Java knows this of standard output only, so Linux is asked itself.
    static boolean errorIsTerminal() {
        if ("dumb".equals(System.getenv("TERM"))) {
            return false;
        }
        Path stream = Path.of("/proc/self/fd/2");
        if (Files.isSymbolicLink(stream)) {
            try {
                String target = Files.readSymbolicLink(stream).toString();
                return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
            } catch (IOException e) {
                return false;
            }
        }
        java.io.Console console = System.console();
        return console != null && console.isTerminal();
    }
}
