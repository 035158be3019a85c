package io.fluvial.train;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class TrainingOptionsTest {

    @Test
    @SuppressWarnings("NullAway") // callers may compile without it
    void whatIsNullIsRefused() {
        TrainingOptions options = TrainingOptions.defaults();
        List<Supplier<TrainingOptions>> calls = List.of(
                () -> options.withOptimiser(null),
                () -> options.withSchedule(null),
                () -> options.withTime(null),
                () -> options.withActivations(null));
        for (Supplier<TrainingOptions> call : calls) {
            String message =
                    assertThrows(IllegalArgumentException.class, call::get).getMessage();
            assertTrue(message.startsWith("optimiser, schedule, time and activations must not be null, got "), message);
        }
    }
}
