package io.fluvial.examples.tenfold;

import io.fluvial.Activations;
import io.fluvial.Flow;
import io.fluvial.train.AdamW;
import io.fluvial.train.Schedule;
import io.fluvial.train.TrainingOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// The options of a study, `--name value`; the defaults are for some hundred to some thousand rows.
final class StudyOptions {

    static final String USAGE =
            "usage: TenFold TABLE [--flow NAME] [--base normal|student] [--layers N] [--hidden WIDTHS] [--dropout SHARE]"
                    + " [--weight-decay R] [--rate R] [--batch ROWS] [--epochs N] [--patience N] [--ema DECAY]"
                    + " [--validation SHARE] [--members N] [--folds N] [--seed N] [--threads N]";

    private final Map<String, String> values = new LinkedHashMap<>(Map.ofEntries(
            Map.entry("flow", "realnvp"),
            Map.entry("base", "student"),
            Map.entry("layers", "8"),
            Map.entry("hidden", "64,64"),
            Map.entry("dropout", "0.2"),
            Map.entry("weight-decay", "0.01"),
            Map.entry("rate", "1e-3"),
            Map.entry("batch", "100"),
            Map.entry("epochs", "300"),
            Map.entry("patience", "30"),
            Map.entry("ema", "0.99"),
            Map.entry("validation", "0.1"),
            Map.entry("members", "1"),
            Map.entry("folds", "10"),
            Map.entry("seed", "1"),
            Map.entry("threads", String.valueOf(Runtime.getRuntime().availableProcessors()))));

    private final String table;

    private StudyOptions(String table) {
        this.table = table;
    }

    /// @throws IllegalArgumentException with the line to print
    static StudyOptions parse(String... arguments) {
        if (arguments.length % 2 != 1 || arguments[0].startsWith("--")) {
            throw new IllegalArgumentException(USAGE);
        }
        StudyOptions options = new StudyOptions(arguments[0]);
        for (int k = 1; k < arguments.length; k += 2) {
            String name = arguments[k].startsWith("--") ? arguments[k].substring(2) : "";
            if (options.values.replace(name, arguments[k + 1]) == null) {
                throw new IllegalArgumentException("there is no option " + arguments[k] + "; " + USAGE);
            }
        }
        options.check();
        return options;
    }

    /// Whatever can be wrong is told before the work.
    private void check() {
        flow(2);
        training(0);
        share();
        seed();
        for (String name : List.of("members", "folds", "threads")) {
            if (integer(name) < 1) {
                throw new IllegalArgumentException("--" + name + " must be at least 1, got " + integer(name));
            }
        }
    }

    String table() {
        return table;
    }

    String flowName() {
        return text("flow");
    }

    Flow flow(int dim) {
        List<Integer> hidden = Stream.of(text("hidden").split(",", -1))
                .map(w -> integer("hidden", w))
                .toList();
        return Preset.build(flowName(), new Preset.Size(dim, integer("layers"), hidden, number("dropout"), base()));
    }

    private Preset.Base base() {
        try {
            return Preset.Base.valueOf(text("base").toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--base is normal or student, got " + text("base"), e);
        }
    }

    /// One thread: whole trainings run beside each other.
    TrainingOptions training(int member) {
        return new TrainingOptions(
                AdamW.adam(number("rate")).withWeightDecay(number("weight-decay")),
                new Schedule.WarmUp(100, new Schedule.Cosine(0.01)),
                integer("batch"),
                integer("epochs"),
                TrainingOptions.NO_LIMIT,
                5,
                integer("patience"),
                number("ema"),
                seed() + member,
                1,
                Activations.KEPT);
    }

    /// Share of the training folds that decides when to stop.
    double share() {
        double share = number("validation");
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("--validation must be in (0, 1), got " + share);
        }
        return share;
    }

    /// Flows per fold.
    int members() {
        return integer("members");
    }

    int folds() {
        return integer("folds");
    }

    int threads() {
        return integer("threads");
    }

    long seed() {
        return integer("seed");
    }

    private String text(String name) {
        return values.getOrDefault(name, "");
    }

    private int integer(String name) {
        return integer(name, text(name));
    }

    private static int integer(String name, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--" + name + " takes whole numbers, got " + value, e);
        }
    }

    private double number(String name) {
        try {
            return Double.parseDouble(text(name));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--" + name + " takes a number, got " + text(name), e);
        }
    }

    /// All of it in one line.
    @Override
    public String toString() {
        return Stream.of(USAGE.split("--", -1))
                .skip(1)
                .map(part -> part.substring(0, part.indexOf(' ')))
                .map(name -> name + " " + text(name))
                .reduce((a, b) -> a + ", " + b)
                .orElse("");
    }
}
