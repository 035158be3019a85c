package io.fluvial.cli;

/// Entry point of the command line.
public final class Main {
    private Main() {}

    /// Prints how to call it.
    public static void main(String[] args) {
        System.out.println("usage: fluvial COMMAND [OPTIONS]");
    }
}
