package io.fluvial.cli;

import io.fluvial.io.BadInputException;
import io.fluvial.train.TrainingDivergedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// What a caller reads when a command fails: one line, and the exit code.
final class Failure {

    /// The caller can mend it.
    static final int BAD_INPUT = 2;

    /// We have to mend it.
    static final int INTERNAL = 1;

    private Failure() {}

    static int ofArguments(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        String message = e instanceof UnmatchedArgumentException u && command.getParent() == null
                ? "there is no command \"" + u.getUnmatched().getFirst() + "\"; there are "
                        + String.join(", ", command.getSubcommands().keySet())
                : e.getMessage();
        command.getErr().println(name + ": " + oneLine(message) + " (see " + name + " --help)");
        return BAD_INPUT;
    }

    static int ofExecution(Exception e, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        boolean debug = System.getenv("FLUVIAL_DEBUG") != null;
        if (debug) {
            e.printStackTrace(err);
        }
        String message = messageForCaller(e);
        if (message != null) {
            err.println(command.getCommandSpec().qualifiedName() + ": " + oneLine(message));
            return BAD_INPUT;
        }
        err.println(command.getCommandSpec().qualifiedName() + ": this is a fault in fluvial, not in what you gave it: "
                + oneLine(e.toString()));
        if (!debug) {
            err.println("Set FLUVIAL_DEBUG=1 and run it again for the stack trace; please report it.");
        }
        return INTERNAL;
    }

    /// The message for a failure that the caller can mend, or null.
    private static @Nullable String messageForCaller(Exception e) {
        return switch (e) {
            case BadUsage b -> b.getMessage();
            case BadInputException b -> b.getMessage();
            case TrainingDivergedException d -> d.getMessage();
            case UncheckedIOException u -> ofDisk(u);
            case IOException i -> ofDisk(i);
            default -> null;
        };
    }

    /// Its own message, or its cause's where it has none.
    private static @Nullable String ofDisk(UncheckedIOException e) {
        IOException cause = e.getCause();
        boolean bare = e.getMessage() == null || e.getMessage().equals(String.valueOf(cause));
        return bare && cause != null ? ofDisk(cause) : e.getMessage();
    }

    private static String ofDisk(IOException e) {
        if (e instanceof NoSuchFileException n) {
            return n.getFile() + ": no such file";
        }
        if (e instanceof FileSystemException f) {
            return f.getFile() + ": " + (f.getReason() == null ? f.getClass().getSimpleName() : f.getReason());
        }
        return "reading or writing failed: " + e.getMessage();
    }

    private static String oneLine(@Nullable String message) {
        return message == null ? "no message" : message.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
