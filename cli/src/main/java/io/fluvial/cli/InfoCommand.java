package io.fluvial.cli;

import io.fluvial.Flow;
import io.fluvial.io.ModelFile;
import io.fluvial.io.Provenance;
import io.fluvial.io.SavedModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `fluvial info`.
@Command(
        name = "info",
        mixinStandardHelpOptions = true,
        customSynopsis = "fluvial info MODEL [OPTIONS]",
        sortOptions = false,
        description = "Shows what a model file holds: the flow layer by layer, its columns, where it comes from.",
        footerHeading = "%nFor example:%n",
        footer = "  fluvial info model.fluvial")
final class InfoCommand implements Callable<Integer> {

    @Parameters(paramLabel = "MODEL", description = "A model file, as fluvial fit writes it.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path model;

    @Mixin
    private Console console = new Console();

    @Override
    public Integer call() {
        SavedModel saved = ModelFile.read(model);
        Flow flow = saved.model().flow();
        List<FlowDrawing.Layer> layers = FlowDrawing.layers(flow);
        print(saved, layers);
        console.object(json(saved, layers));
        return 0;
    }

    private void print(SavedModel saved, List<FlowDrawing.Layer> layers) {
        Flow flow = saved.model().flow();
        console.result("%s", model);
        console.result("  columns     %s", String.join(", ", saved.schema().features()));
        if (flow.contextDim() > 0) {
            console.result("  given       %s", String.join(", ", saved.schema().context()));
        }
        console.result(
                "  parameters  %,d, of which training changes %,d",
                flow.parameters().size(), flow.parameters().trainableSize());
        console.result("");
        console.result("flow, from data to latent");
        int width = layers.stream().mapToInt(l -> l.name().length()).max().orElse(0);
        for (int k = 0; k < layers.size(); k++) {
            FlowDrawing.Layer layer = layers.get(k);
            String number = k < layers.size() - 1 ? String.valueOf(k + 1) : "=";
            String size = layer.parameters() == 0
                    ? ""
                    : String.format(Locale.ROOT, "%,d", layer.parameters()) + (layer.trainable() == 0 ? " fixed" : "");
            console.result(
                    "%s",
                    String.format("  %3s  %-" + width + "s  %14s  %s", number, layer.name(), size, layer.detail())
                            .stripTrailing());
        }
        for (String note : saved.preprocessing()) {
            console.result("  before it: %s", note);
        }
        provenance(saved.provenance());
        if (!saved.metrics().isEmpty()) {
            console.result("");
            console.result("training");
            for (Map.Entry<String, Double> metric : saved.metrics().entrySet()) {
                console.result("  %-24s %s", metric.getKey(), plain(metric.getValue()));
            }
        }
        List<String> choice = ChoiceNote.lines(saved);
        if (!choice.isEmpty()) {
            console.result("");
            console.result("chosen by the validation rows, * among");
            choice.forEach(line -> console.result("%s", line));
        }
    }

    private void provenance(Provenance p) {
        console.result("");
        console.result("where it comes from");
        console.result("  rows     %,d", p.rows());
        console.result("  data     %s", p.dataHash().isEmpty() ? "unknown" : p.dataHash());
        console.result("  seed     %d", p.seed());
        console.result("  made by  %s", p.library().isEmpty() ? "unknown" : "fluvial " + p.library());
        console.result("  on       %s, %s kernels", p.jvm(), p.kernel());
        console.result("  date     %s", p.date());
    }

    private static String plain(double value) {
        return Math.abs(value) >= 1000 || value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : Scores.number(value);
    }

    private ObjectNode json(SavedModel saved, List<FlowDrawing.Layer> layers) {
        ObjectNode object = Console.newObject();
        object.put("model", model.toString());
        saved.schema().features().forEach(object.putArray("columns")::add);
        saved.schema().context().forEach(object.putArray("context")::add);
        object.put("parameters", saved.model().flow().parameters().size());
        object.put("trainable", saved.model().flow().parameters().trainableSize());
        ArrayNode list = object.putArray("layers");
        for (FlowDrawing.Layer layer : layers) {
            list.addObject()
                    .put("name", layer.name())
                    .put("detail", layer.detail())
                    .put("parameters", layer.parameters());
        }
        Provenance p = saved.provenance();
        object.putObject("provenance")
                .put("dataHash", p.dataHash())
                .put("rows", p.rows())
                .put("seed", p.seed())
                .put("library", p.library())
                .put("jvm", p.jvm())
                .put("kernel", p.kernel())
                .put("date", p.date());
        ObjectNode metrics = object.putObject("metrics");
        saved.metrics().forEach((name, value) -> Console.put(metrics, name, value));
        ObjectNode choice = ChoiceNote.of(saved);
        if (choice != null) {
            object.set("choice", choice);
        }
        return object;
    }
}
