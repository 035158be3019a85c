package io.fluvial.io;

import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.function.Executable;

/// The line with which something is refused.
final class Refusal {

    private Refusal() {}

    static String of(Executable action) {
        return of(BadInputException.class, action);
    }

    static String of(Class<? extends Throwable> type, Executable action) {
        return String.valueOf(assertThrows(type, action).getMessage());
    }
}
