package io.fluvial.cli;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/// Log records as one plain line each on standard error, warnings only unless debugging: standard output belongs to
/// results.
final class Logging {

    private Logging() {}

    static void quiet() {
        LogManager.getLogManager().reset();
        Logger root = Logger.getLogger("");
        root.setLevel(Level.INFO);
        root.addHandler(new OneLine());
    }

    private static final class OneLine extends Handler {

        private final SimpleFormatter formatter = new SimpleFormatter();

        OneLine() {
            setLevel(Level.INFO);
        }

        @Override
        public void publish(LogRecord entry) {
            if (isLoggable(entry)) {
                Console.writer(System.err).println("fluvial: " + formatter.formatMessage(entry));
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
