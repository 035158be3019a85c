package io.fluvial.io;

import io.fluvial.internal.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// The model file, `.fluvial`: a [safetensors](https://github.com/huggingface/safetensors) file whose metadata holds
/// the description of the flow, the columns it reads, where it comes from, and a checksum over all other bytes.
///
/// The same model always gives the same bytes. Reading runs nothing from the file: it constructs registered records
/// (see [Registry]) and fills one array. The layout is in `docs/model-file.md`.
public final class ModelFile {

    /// What Fluvial's metadata keys start with.
    static final String PREFIX = "fluvial.";

    static final String FORMAT = PREFIX + "format";
    static final String CHECKSUM = PREFIX + "sha256";
    static final String FLOW = PREFIX + "flow";
    static final String SCHEMA = PREFIX + "schema";
    static final String PREPROCESSING = PREFIX + "preprocessing";
    static final String PROVENANCE = PREFIX + "provenance";
    static final String METRICS = PREFIX + "metrics";

    /// The format that is written, and the newest that is read.
    static final int VERSION = 1;

    /// What stands in place of the checksum while it is computed.
    static final String NO_CHECKSUM = "0".repeat(64);

    private ModelFile() {}

    /// Writes a model of shipped parts. The file is replaced as a whole: whatever fails, the old file stays.
    ///
    /// @throws UncheckedIOException if it cannot be written
    public static void write(Path path, SavedModel model) {
        write(path, model, Registry.shipped());
    }

    /// Writes a model of these parts.
    ///
    /// @throws IllegalArgumentException if a part of the flow is not registered
    /// @throws UncheckedIOException if it cannot be written
    public static void write(Path path, SavedModel model, Registry registry) {
        byte[] bytes = ModelEncoder.bytes(model, registry);
        try {
            AtomicFile.write(path, out -> out.write(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(path + ": cannot be written: " + reason(e), e);
        }
    }

    /// Reads a model of shipped parts.
    ///
    /// @throws BadInputException if it is missing, no model file, newer than this library, truncated or corrupted
    public static SavedModel read(Path path) {
        return read(path, Registry.shipped());
    }

    /// Reads a model of these parts.
    ///
    /// @throws BadInputException if it is missing, no model file, newer than this library, truncated or corrupted
    public static SavedModel read(Path path, Registry registry) {
        return ModelDecoder.model(bytes(path), path.toString(), registry);
    }

    private static byte[] bytes(Path path) {
        if (Files.isDirectory(path)) {
            throw new BadInputException(path + ": is a folder, not a model file");
        }
        try {
            if (Files.size(path) > Integer.MAX_VALUE - 8) {
                throw new BadInputException(path + ": has " + Files.size(path) + " bytes, models end at 2 GiB");
            }
            return Files.readAllBytes(path);
        } catch (NoSuchFileException e) {
            throw new BadInputException(path + ": no such file", e);
        } catch (AccessDeniedException e) {
            throw new BadInputException(path + ": may not be read: check its permissions", e);
        } catch (IOException e) {
            throw new BadInputException(path + ": cannot be read: " + reason(e), e);
        }
    }

    private static String reason(IOException e) {
        String reason = e instanceof java.nio.file.FileSystemException f ? f.getReason() : e.getMessage();
        return reason != null ? reason : e.getClass().getSimpleName();
    }
}
