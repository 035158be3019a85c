package io.fluvial.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Spans of time as people write them: `90s`, `10m`, `1h30m`.
final class SpanOfTime implements ITypeConverter<Duration> {

    private static final Pattern FORM = Pattern.compile("(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?");

    @Override
    public Duration convert(String value) {
        Matcher m = FORM.matcher(value);
        if (!m.matches() || value.isEmpty()) {
            throw new TypeConversionException(
                    "\"" + value + "\" is no span of time: write hours, minutes and seconds as in 1h30m, 10m or 90s");
        }
        Duration span = Duration.ofHours(part(m, 1)).plusMinutes(part(m, 2)).plusSeconds(part(m, 3));
        if (span.isZero()) {
            throw new TypeConversionException("the span of time must be longer than 0");
        }
        return span;
    }

    private static long part(Matcher m, int group) {
        String digits = m.group(group);
        return digits == null ? 0 : Long.parseLong(digits);
    }

    /// Two units: `1h05m`, `3m20s`, `12.3s`.
    static String words(double seconds) {
        if (seconds < 60) {
            return String.format(Locale.ROOT, seconds < 10 ? "%.1fs" : "%.0fs", seconds);
        }
        long s = Math.round(seconds);
        return s < 3600
                ? String.format(Locale.ROOT, "%dm%02ds", s / 60, s % 60)
                : String.format(Locale.ROOT, "%dh%02dm", s / 3600, s / 60 % 60);
    }
}
