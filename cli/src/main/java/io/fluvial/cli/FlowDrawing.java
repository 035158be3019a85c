package io.fluvial.cli;

import io.fluvial.Bijector;
import io.fluvial.Flow;
import io.fluvial.bijector.Chain;
import io.fluvial.bijector.Coupling;
import io.fluvial.bijector.Inverted;
import io.fluvial.bijector.Mask;
import io.fluvial.nn.Mlp;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/// A flow layer by layer, from data to latent, for people.
final class FlowDrawing {

    /// @param name of the layer's type
    /// @param detail what it does, in its own numbers
    /// @param parameters how many numbers it has
    /// @param trainable how many of them training changes
    record Layer(String name, String detail, int parameters, int trainable) {}

    private FlowDrawing() {}

    static List<Layer> layers(Flow flow) {
        List<Layer> layers = new ArrayList<>();
        add(flow.bijector(), layers);
        layers.add(new Layer(
                flow.base().getClass().getSimpleName(),
                flow.base() instanceof Record r ? components(r) : "",
                flow.base().parameters().size(),
                flow.base().parameters().trainableSize()));
        return layers;
    }

    private static void add(Bijector bijector, List<Layer> layers) {
        if (bijector instanceof Chain chain) {
            chain.parts().forEach(part -> add(part, layers));
            return;
        }
        String name = bijector instanceof Inverted inverted
                ? "Inverted " + inverted.inner().getClass().getSimpleName()
                : bijector.getClass().getSimpleName();
        layers.add(new Layer(
                name,
                detail(bijector),
                bijector.parameters().size(),
                bijector.parameters().trainableSize()));
    }

    private static String detail(Bijector bijector) {
        return switch (bijector) {
            case Coupling c ->
                moved(c.mask()) + (c.contextDim() > 0 ? " and context" : "") + " by " + value(c.map()) + ", "
                        + value(c.conditioner());
            case Inverted i -> detail(i.inner());
            case Record r -> components(r);
            default -> "";
        };
    }

    private static String moved(Mask mask) {
        return "moves " + numbers(mask.moved()) + " given " + numbers(mask.identity());
    }

    /// Column numbers from 1, at most six of them.
    private static String numbers(List<Integer> features) {
        String some = features.stream().limit(6).map(j -> String.valueOf(j + 1)).collect(Collectors.joining(","));
        return features.size() > 6 ? some + ",… (" + features.size() + ")" : some;
    }

    /// The components of a record that are not sizes which the whole flow shares.
    private static String components(Record record) {
        StringJoiner text = new StringJoiner(", ");
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            String name = component.getName();
            if (name.equals("dim") || name.equals("contextDim")) {
                continue;
            }
            try {
                Object value = component.getAccessor().invoke(record);
                text.add(value instanceof Number || value instanceof Boolean ? name + " " + value : value(value));
            } catch (ReflectiveOperationException e) {
                text.add(name);
            }
        }
        return text.toString();
    }

    private static String value(Object value) {
        return switch (value) {
            case Mlp m ->
                "network " + m.inputDim() + " → "
                        + m.hidden().stream().map(w -> w + " → ").collect(Collectors.joining())
                        + m.outputDim() + " " + value(m.activation())
                        + (m.dropout() > 0 ? " dropout " + m.dropout() : "");
            case Mask m -> moved(m);
            case Enum<?> e -> e.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            case List<?> list when list.size() > 8 -> list.size() + " values";
            case Record r -> {
                String inner = components(r);
                yield r.getClass().getSimpleName() + (inner.isEmpty() ? "" : "(" + inner + ")");
            }
            default -> String.valueOf(value);
        };
    }
}
