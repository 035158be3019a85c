package io.fluvial.io;

import io.fluvial.Flow;
import io.fluvial.FlowModel;
import io.fluvial.ParameterLayout;
import io.fluvial.Parameters;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Reads the bytes of a model file. Everything is checked before anything is built, the checksum before the content.
final class ModelDecoder {

    private static final String METADATA = "__metadata__";

    private final byte[] bytes;
    private final String name;
    private final int headerEnd;
    private final JsonNode header;

    private ModelDecoder(byte[] bytes, String name) {
        this.bytes = bytes;
        this.name = name;
        if (bytes.length < 10) {
            throw bad("is no model file: it has only " + bytes.length + " bytes");
        }
        long length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        boolean ours = mentionsUs();
        if (length < 2 || length > bytes.length - 8) {
            throw bad(
                    ours
                            ? "is truncated or corrupted: its header should have " + Long.toUnsignedString(length)
                                    + " bytes, " + (bytes.length - 8) + " are there; get the file again"
                            : "is no model file (foreign): it does not start like a safetensors file");
        }
        headerEnd = 8 + (int) length;
        try {
            // Explicitly as UTF-8: Jackson would guess others.
            header = Json.read(new String(bytes, 8, (int) length, StandardCharsets.UTF_8));
        } catch (JacksonException e) {
            throw bad(
                    ours
                            ? "is corrupted: its header is damaged; get the file again"
                            : "is no model file (foreign): it does not start like a safetensors file");
        }
    }

    static SavedModel model(byte[] bytes, String name, Registry registry) {
        ModelDecoder decoder = new ModelDecoder(bytes, name);
        JsonNode metadata = decoder.metadata();
        decoder.checkVersion(metadata);
        decoder.checkSize();
        if (!Checksum.holds(bytes, Checksum.find(bytes, 8, decoder.headerEnd))) {
            throw decoder.bad("is corrupted: its checksum does not match its content; get the file again");
        }
        try {
            return decoder.saved(metadata, registry);
        } catch (BadInputException | IllegalArgumentException e) {
            throw new BadInputException(name + ": " + e.getMessage(), e);
        }
    }

    private boolean mentionsUs() {
        String start = new String(bytes, 8, Math.min(bytes.length - 8, 64), StandardCharsets.ISO_8859_1);
        return start.contains(ModelFile.FORMAT) || start.contains(ModelFile.CHECKSUM);
    }

    private BadInputException bad(String what) {
        return new BadInputException(name + ": " + what);
    }

    private JsonNode metadata() {
        JsonNode metadata = header.isObject() ? header.get(METADATA) : null;
        if (metadata == null || !metadata.isObject() || metadata.get(ModelFile.FORMAT) == null) {
            throw bad("is a safetensors file but no model of Fluvial (foreign): it has no \"" + ModelFile.FORMAT
                    + "\" in its metadata");
        }
        return metadata;
    }

    private void checkVersion(JsonNode metadata) {
        JsonNode format = metadata.get(ModelFile.FORMAT);
        String version = format.isString() ? format.stringValue() : "";
        if (version.equals(Integer.toString(ModelFile.VERSION))) {
            return;
        }
        throw bad(
                version.matches("[1-9][0-9]{0,8}")
                        ? "has format version " + version + ", this library reads up to " + ModelFile.VERSION
                                + ": update Fluvial"
                        : "is corrupted: its format version is " + format);
    }

    /// The tensors end where the file ends.
    private void checkSize() {
        long end = 0;
        for (Map.Entry<String, JsonNode> tensor : header.properties()) {
            JsonNode offsets = tensor.getValue().path("data_offsets").path(1);
            if (!tensor.getKey().equals(METADATA) && offsets.isIntegralNumber() && offsets.canConvertToLong()) {
                end = Math.max(end, offsets.longValue());
            }
        }
        long expected = headerEnd + end;
        if (bytes.length < expected) {
            throw bad("is truncated: expected " + expected + " bytes, it has " + bytes.length + "; get the file again");
        } else if (bytes.length > expected) {
            throw bad("is corrupted: expected " + expected + " bytes, it has " + bytes.length + "; get the file again");
        }
    }

    private SavedModel saved(JsonNode metadata, Registry registry) {
        Flow flow = FlowDescriptions.of(registry).flow(text(metadata, ModelFile.FLOW));
        Parameters parameters = parameters(flow.parameters());
        JsonNode schema = json(metadata, ModelFile.SCHEMA);
        Map<String, Double> metrics = new TreeMap<>();
        for (Map.Entry<String, JsonNode> metric :
                json(metadata, ModelFile.METRICS).properties()) {
            metrics.put(metric.getKey(), FlowDescriptions.real(metric.getValue(), metric.getKey()));
        }
        Map<String, String> extra = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : metadata.properties()) {
            if (!entry.getKey().startsWith(ModelFile.PREFIX)) {
                extra.put(entry.getKey(), text(metadata, entry.getKey()));
            }
        }
        return new SavedModel(
                FlowModel.of(flow, parameters),
                new Schema(strings(schema.path("features")), strings(schema.path("context"))),
                strings(json(metadata, ModelFile.PREPROCESSING)),
                provenance(json(metadata, ModelFile.PROVENANCE)),
                metrics,
                extra);
    }

    private Parameters parameters(ParameterLayout layout) {
        if (layout.slices().size() != header.size() - 1) {
            throw unfit();
        }
        for (ParameterLayout.Slice slice : layout.slices()) {
            JsonNode tensor = header.path(slice.name());
            JsonNode offsets = tensor.path("data_offsets");
            List<Integer> shape = new ArrayList<>();
            tensor.path("shape").forEach(size -> shape.add(size.asInt(-1)));
            if (!tensor.path("dtype").asString("").equals("F32")
                    || !shape.equals(slice.shape())
                    || offsets.path(0).asLong(-1) != 4L * slice.offset()
                    || offsets.path(1).asLong(-1) != 4L * (slice.offset() + (long) slice.size())) {
                throw unfit();
            }
        }
        float[] values = new float[layout.size()];
        ByteBuffer.wrap(bytes, headerEnd, bytes.length - headerEnd)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return Parameters.of(layout, values);
    }

    private static BadInputException unfit() {
        return new BadInputException("its tensors do not fit its description: written by another version of its parts;"
                + " read it with that version");
    }

    private static Provenance provenance(JsonNode node) {
        return new Provenance(
                node.path("dataHash").asString(""),
                node.path("rows").asLong(0),
                node.path("seed").asLong(0),
                node.path("library").asString(""),
                node.path("jvm").asString(""),
                node.path("kernel").asString(""),
                node.path("date").asString(""));
    }

    private static String text(JsonNode metadata, String key) {
        JsonNode node = metadata.get(key);
        if (node == null || !node.isString()) {
            throw new BadInputException("its metadata has no text \"" + key + "\"");
        }
        return node.stringValue();
    }

    private static JsonNode json(JsonNode metadata, String key) {
        try {
            return Json.read(text(metadata, key));
        } catch (JacksonException e) {
            throw new BadInputException("its metadata \"" + key + "\" is not JSON", e);
        }
    }

    private static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        array.forEach(s -> strings.add(s.asString("")));
        return strings;
    }
}
