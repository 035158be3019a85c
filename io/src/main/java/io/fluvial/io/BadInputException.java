package io.fluvial.io;

/// Something that was given from outside – a table, a model file, a description – cannot be used. The message is one
/// line for the person who gave it: what, where, what to do.
public final class BadInputException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public BadInputException(String message) {
        super(message);
    }

    public BadInputException(String message, Throwable cause) {
        super(message, cause);
    }
}
