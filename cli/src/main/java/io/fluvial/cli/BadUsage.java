package io.fluvial.cli;

/// Something on the command line that the caller can mend; the message says how.
final class BadUsage extends RuntimeException {

    private static final long serialVersionUID = 1;

    BadUsage(String message) {
        super(message);
    }

    /// What the library refused.
    BadUsage(IllegalArgumentException cause) {
        super(cause.getMessage(), cause);
    }

    BadUsage(String message, Throwable cause) {
        super(message, cause);
    }
}
