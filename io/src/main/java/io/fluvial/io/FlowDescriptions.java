package io.fluvial.io;

import io.fluvial.Flow;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Flow descriptions as JSON and back: every record is an object with its registered name as `"type"` and its
/// components by name, in their order,
///
///     {"type":"Affine","logScale":{"type":"LogScale.Tanh","limit":3.0}}
///
/// Numbers keep their exact value; ±∞ and NaN, which JSON does not have, are the strings "Infinity", "-Infinity" and
/// "NaN". Reading constructs registered records through their canonical constructors, so that their own checks hold,
/// and runs nothing else.
public final class FlowDescriptions {

    /// How deep records and lists may stand in each other.
    public static final int MAX_DEPTH = 100;

    private final Registry registry;

    private FlowDescriptions(Registry registry) {
        this.registry = registry;
    }

    /// Of the shipped records.
    public static FlowDescriptions shipped() {
        return new FlowDescriptions(Registry.shipped());
    }

    /// Of these records.
    public static FlowDescriptions of(Registry registry) {
        return new FlowDescriptions(registry);
    }

    /// The description of a flow, or of any part of one, in one line of JSON.
    ///
    /// @throws IllegalArgumentException if a part is no registered record
    public String toJson(Record description) {
        return Json.write(object(description, "", 0));
    }

    /// The flow that a line of JSON describes.
    ///
    /// @throws BadInputException if it describes none; the message says where and why
    public Flow flow(String json) {
        return read(json, Flow.class);
    }

    /// The part of a flow that a line of JSON describes.
    ///
    /// @throws BadInputException if it describes none of this type; the message says where and why
    public <T> T read(String json, Class<T> type) {
        JsonNode node;
        try {
            node = Json.read(json);
        } catch (JacksonException e) {
            throw new BadInputException("the description is not JSON: " + firstLine(e), e);
        }
        return type.cast(record(node, type, ""));
    }

    static String firstLine(JacksonException e) {
        return String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("unreadable");
    }

    private ObjectNode object(Record description, String where, int depth) {
        String name = registry.name(description.getClass());
        if (name == null) {
            throw new IllegalArgumentException(
                    at(where) + description.getClass().getName()
                            + " is not registered: register it with Registry.with(name, type)");
        }
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put(DescriptionType.KEY, name);
        for (RecordComponent component : description.getClass().getRecordComponents()) {
            String path = path(where, component.getName());
            node.set(component.getName(), node(value(description, component, path), path, depth + 1));
        }
        return node;
    }

    private static Object value(Record description, RecordComponent component, String where) {
        try {
            component.getAccessor().trySetAccessible();
            return component.getAccessor().invoke(description);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalArgumentException(
                    at(where) + "cannot be read: make the record public and open or export its package", e);
        }
    }

    private JsonNode node(Object value, String where, int depth) {
        if (depth >= MAX_DEPTH) {
            throw new IllegalArgumentException(at(where) + "the description is deeper than " + MAX_DEPTH);
        }
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (value) {
            case Integer i -> json.numberNode(i);
            case Long l -> json.numberNode(l);
            case Double d -> number(d);
            // By way of its decimal: 0.1f is written 0.1.
            case Float f -> number(Double.parseDouble(Float.toString(f)));
            case Boolean b -> json.booleanNode(b);
            case String s -> json.stringNode(s);
            case Enum<?> e -> json.stringNode(e.name());
            case List<?> list -> {
                ArrayNode array = json.arrayNode();
                for (int k = 0; k < list.size(); k++) {
                    array.add(node(list.get(k), where + "[" + k + "]", depth + 1));
                }
                yield array;
            }
            case Record r -> object(r, where, depth);
            case null, default ->
                throw new IllegalArgumentException(at(where)
                        + (value == null ? "null" : value.getClass().getName())
                        + " cannot be described: parts of a flow are records");
        };
    }

    static JsonNode number(double d) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return Double.isFinite(d) ? json.numberNode(d) : json.stringNode(Double.toString(d));
    }

    private Object record(JsonNode node, Class<?> expected, String where) {
        if (!node.isObject()) {
            throw wrong(where, "an object that describes a " + expected.getSimpleName(), node);
        }
        JsonNode name = node.get(DescriptionType.KEY);
        if (name == null || !name.isString()) {
            throw new BadInputException(at(where) + "there is no \"type\" that says what is described");
        }
        Class<? extends Record> type = registry.type(name.stringValue());
        if (type == null) {
            throw new BadInputException(at(where) + "unknown type \"" + name.stringValue()
                    + "\": register it with Registry.with(name, type) if it is your own, or update Fluvial");
        }
        if (!expected.isAssignableFrom(type)) {
            throw new BadInputException(
                    at(where) + "expected a " + expected.getSimpleName() + ", \"" + name.stringValue() + "\" is none");
        }
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        for (int k = 0; k < components.length; k++) {
            JsonNode value = node.get(components[k].getName());
            String path = path(where, components[k].getName());
            if (value == null) {
                throw new BadInputException(at(path) + "missing in the description of a " + name.stringValue());
            }
            values[k] = value(value, components[k].getGenericType(), path);
        }
        checkNoOthers(node, components, name.stringValue(), where);
        return construct(type, components, values, where);
    }

    private static void checkNoOthers(JsonNode node, RecordComponent[] components, String name, String where) {
        if (node.size() == components.length + 1) {
            return;
        }
        List<String> extra = new ArrayList<>(node.propertyNames());
        extra.remove(DescriptionType.KEY);
        for (RecordComponent component : components) {
            extra.remove(component.getName());
        }
        throw new BadInputException(
                at(where) + "a " + name + " has no " + String.join(", ", extra) + ": update Fluvial");
    }

    private static Object construct(
            Class<? extends Record> type, RecordComponent[] components, Object[] values, String where) {
        try {
            Constructor<? extends Record> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.trySetAccessible();
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause();
            if (cause instanceof Error error && !(error instanceof StackOverflowError)) {
                throw error;
            }
            throw new BadInputException(
                    at(where) + type.getSimpleName() + " refuses the description: "
                            + (cause == null ? "?" : cause.getMessage()),
                    e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    type.getName() + " cannot be constructed: make the record public and open or export its package",
                    e);
        }
    }

    private Object value(JsonNode node, Type type, String where) {
        if (type instanceof ParameterizedType list) {
            if (!node.isArray()) {
                throw wrong(where, "a list", node);
            }
            List<Object> values = new ArrayList<>(node.size());
            for (int k = 0; k < node.size(); k++) {
                values.add(value(node.get(k), DescriptionType.element(list), where + "[" + k + "]"));
            }
            return List.copyOf(values);
        }
        Class<?> c = (Class<?>) type;
        if (c == int.class || c == Integer.class) {
            if (!node.isIntegralNumber() || !node.canConvertToInt()) {
                throw wrong(where, "an int", node);
            }
            return node.intValue();
        } else if (c == long.class || c == Long.class) {
            if (!node.isIntegralNumber() || !node.canConvertToLong()) {
                throw wrong(where, "a long", node);
            }
            return node.longValue();
        } else if (c == double.class || c == Double.class) {
            return real(node, where);
        } else if (c == float.class || c == Float.class) {
            return (float) real(node, where);
        } else if (c == boolean.class || c == Boolean.class) {
            if (!node.isBoolean()) {
                throw wrong(where, "true or false", node);
            }
            return node.booleanValue();
        } else if (c == String.class) {
            if (!node.isString()) {
                throw wrong(where, "a string", node);
            }
            return node.stringValue();
        } else if (c.isEnum()) {
            return constant(node, c, where);
        }
        return record(node, c, where);
    }

    static double real(JsonNode node, String where) {
        if (node.isNumber()) {
            return node.doubleValue();
        }
        return switch (node.isString() ? node.stringValue() : "") {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw wrong(where, "a number", node);
        };
    }

    private static Object constant(JsonNode node, Class<?> type, String where) {
        for (Object constant : type.getEnumConstants()) {
            if (node.isString() && ((Enum<?>) constant).name().equals(node.stringValue())) {
                return constant;
            }
        }
        throw wrong(
                where,
                "one of "
                        + Arrays.stream(type.getEnumConstants())
                                .map(e -> ((Enum<?>) e).name())
                                .collect(Collectors.joining(", ")),
                node);
    }

    private static BadInputException wrong(String where, String expected, JsonNode node) {
        String came = node.isContainer() ? (node.isArray() ? "a list" : "an object") : node.toString();
        return new BadInputException(String.format(Locale.ROOT, "%sexpected %s, got %s", at(where), expected, came));
    }

    private static String path(String where, String component) {
        return where.isEmpty() ? component : where + "." + component;
    }

    private static String at(String where) {
        return where.isEmpty() ? "" : where + ": ";
    }
}
