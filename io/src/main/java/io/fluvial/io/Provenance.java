package io.fluvial.io;

/// Where a model comes from. All of it is given by the caller: nothing here asks a clock or the machine, so that the
/// same training writes the same file.
///
/// @param dataHash hash of the training data, with the name of its algorithm, `sha256:…`
/// @param rows rows that were trained on
/// @param seed of the training
/// @param library Fluvial's version
/// @param jvm what ran it
/// @param kernel name of the kernels
/// @param date as the caller writes it, ISO 8601 by preference
public record Provenance(
        String dataHash, long rows, long seed, String library, String jvm, String kernel, String date) {

    /// Of a model whose origin is not known.
    public static Provenance unknown() {
        return new Provenance("", 0, 0, "", "", "", "");
    }

    /// The same with this JVM's name and version.
    public Provenance withThisJvm() {
        return new Provenance(
                dataHash,
                rows,
                seed,
                library,
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                kernel,
                date);
    }
}
