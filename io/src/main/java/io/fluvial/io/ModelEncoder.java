package io.fluvial.io;

import io.fluvial.ParameterLayout;
import io.fluvial.Parameters;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The bytes of a model file.
final class ModelEncoder {

    private ModelEncoder() {}

    static byte[] bytes(SavedModel model, Registry registry) {
        Parameters parameters = model.model().parameters();
        byte[] header = Json.write(header(model, registry)).getBytes(StandardCharsets.UTF_8);
        // Padded with blanks, so that the tensors start at a multiple of 8.
        byte[] padded = Arrays.copyOf(header, Math.ceilDiv(header.length, 8) * 8);
        Arrays.fill(padded, header.length, padded.length, (byte) ' ');
        long size = 8L + padded.length + 4L * parameters.size();
        if (size > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("the model has " + size + " bytes, model files end at 2 GiB");
        }
        ByteBuffer file = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(padded.length).put(padded);
        file.asFloatBuffer().put(parameters.toArray());
        byte[] bytes = file.array();
        int at = Checksum.find(bytes, 8, 8 + padded.length);
        byte[] checksum = Checksum.of(bytes, at).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(checksum, 0, bytes, at, checksum.length);
        return bytes;
    }

    private static ObjectNode header(SavedModel model, Registry registry) {
        ObjectNode header = JsonNodeFactory.instance.objectNode();
        header.set("__metadata__", metadata(model, registry));
        for (ParameterLayout.Slice slice : model.model().parameters().layout().slices()) {
            ObjectNode tensor = header.putObject(slice.name());
            tensor.put("dtype", "F32");
            ArrayNode shape = tensor.putArray("shape");
            slice.shape().forEach(shape::add);
            tensor.putArray("data_offsets").add(4L * slice.offset()).add(4L * (slice.offset() + (long) slice.size()));
        }
        return header;
    }

    private static ObjectNode metadata(SavedModel model, Registry registry) {
        ObjectNode metadata = JsonNodeFactory.instance.objectNode();
        metadata.put(ModelFile.FORMAT, Integer.toString(ModelFile.VERSION));
        metadata.put(ModelFile.CHECKSUM, ModelFile.NO_CHECKSUM);
        metadata.put(
                ModelFile.FLOW,
                FlowDescriptions.of(registry).toJson(model.model().flow()));
        metadata.put(ModelFile.SCHEMA, schema(model.schema()));
        ArrayNode preprocessing = JsonNodeFactory.instance.arrayNode();
        model.preprocessing().forEach(preprocessing::add);
        metadata.put(ModelFile.PREPROCESSING, Json.write(preprocessing));
        metadata.put(ModelFile.PROVENANCE, provenance(model.provenance()));
        ObjectNode metrics = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, Double> metric : model.metrics().entrySet()) {
            metrics.set(metric.getKey(), FlowDescriptions.number(metric.getValue()));
        }
        metadata.put(ModelFile.METRICS, Json.write(metrics));
        model.extra().forEach(metadata::put);
        return metadata;
    }

    private static String schema(Schema schema) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ArrayNode features = node.putArray("features");
        schema.features().forEach(features::add);
        ArrayNode context = node.putArray("context");
        schema.context().forEach(context::add);
        return Json.write(node);
    }

    private static String provenance(Provenance provenance) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("dataHash", provenance.dataHash());
        node.put("rows", provenance.rows());
        node.put("seed", provenance.seed());
        node.put("library", provenance.library());
        node.put("jvm", provenance.jvm());
        node.put("kernel", provenance.kernel());
        node.put("date", provenance.date());
        return Json.write(node);
    }
}
