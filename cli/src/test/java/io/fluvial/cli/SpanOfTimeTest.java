package io.fluvial.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class SpanOfTimeTest {

    @ParameterizedTest
    @CsvSource({"90s, PT90S", "10m, PT10M", "1h30m, PT90M", "2h, PT2H", "1h2m3s, PT1H2M3S"})
    void readsWhatPeopleWrite(String text, Duration span) {
        assertEquals(span, new SpanOfTime().convert(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "m", "1.5h", "10 m", "30m1h", "0s"})
    void refusesWhatIsNotClear(String text) {
        assertThrows(TypeConversionException.class, () -> new SpanOfTime().convert(text));
    }

    @Test
    void writesTwoUnits() {
        assertEquals("1.2s", SpanOfTime.words(1.2));
        assertEquals("59s", SpanOfTime.words(59));
        assertEquals("3m20s", SpanOfTime.words(200));
        assertEquals("1h05m", SpanOfTime.words(3900));
    }
}
