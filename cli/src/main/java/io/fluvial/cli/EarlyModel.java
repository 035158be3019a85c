package io.fluvial.cli;

import io.fluvial.io.ModelFile;
import io.fluvial.io.SavedModel;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/// A model that is read while the command line is still being taken apart: each takes a third of the
/// time of scoring one row. Which file it is, is a guess; a wrong one costs nothing but the reading.
final class EarlyModel {

    private final @Nullable Path path;
    private final FutureTask<SavedModel> reading;

    private EarlyModel(@Nullable Path path, FutureTask<SavedModel> reading) {
        this.path = path;
        this.reading = reading;
    }

    /// No guess.
    static EarlyModel none() {
        return new EarlyModel(null, new FutureTask<>(() -> {
            throw new IllegalStateException("nothing to read");
        }));
    }

    /// Begins to read what is probably a model's name.
    static EarlyModel begin(String name) {
        Path path;
        try {
            path = Path.of(name);
        } catch (InvalidPathException e) {
            return none();
        }
        FutureTask<SavedModel> reading = new FutureTask<>(() -> ModelFile.read(path));
        Thread.ofPlatform().daemon().name("fluvial-model").start(reading);
        return new EarlyModel(path, reading);
    }

    /// The model of this name, read early or now, with the same failures.
    SavedModel read(Path wanted) {
        if (!wanted.equals(path)) {
            return ModelFile.read(wanted);
        }
        try {
            return reading.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
