package io.fluvial.cli;

import io.fluvial.io.SavedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What a model file says about the flows that were tried before it.
final class ChoiceNote {

    /// Name of the note in the file's metadata.
    static final String KEY = "choice";

    private ChoiceNote() {}

    /// The note, or null where there is none that can be read.
    static @Nullable ObjectNode of(SavedModel saved) {
        String text = saved.extra().get(KEY);
        try {
            return text != null && JsonMapper.shared().readTree(text) instanceof ObjectNode note ? note : null;
        } catch (JacksonException e) {
            return null; // somebody else's note of the same name
        }
    }

    /// One line for every training, the chosen flow's with a star.
    static List<String> lines(SavedModel saved) {
        ObjectNode note = of(saved);
        List<String> lines = new ArrayList<>();
        if (note == null) {
            return lines;
        }
        JsonNode chosen = note.path("chosen");
        for (JsonNode t : note.path("tried")) {
            List<String> hidden = new ArrayList<>();
            t.path("hidden").forEach(w -> hidden.add(w.asString("")));
            boolean isChosen = List.of("flow", "layers", "hidden", "dropout").stream()
                    .allMatch(name -> Objects.equals(t.path(name), chosen.path(name)));
            lines.add(String.format(
                    Locale.ROOT,
                    "  %s %-46s %6s  validation %s",
                    isChosen ? "*" : " ",
                    t.path("flow").asString("") + ", " + t.path("layers").asInt(0) + " layers of "
                            + String.join(",", hidden) + ", dropout "
                            + t.path("dropout").asString(""),
                    SpanOfTime.words(t.path("seconds").asDouble(0)),
                    Scores.number(t.path("validationLogProb").asDouble(Double.NaN))));
        }
        return lines;
    }
}
