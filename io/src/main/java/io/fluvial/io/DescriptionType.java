package io.fluvial.io;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;

/// What a component of a described record may be: a number, a boolean, a string, an enum constant, another record
/// (perhaps behind an interface), or a list of those.
final class DescriptionType {

    /// The key that names a record's type.
    static final String KEY = "type";

    private DescriptionType() {}

    /// Refuses records that could not be written.
    static void checkComponents(Class<? extends Record> type) {
        for (RecordComponent component : type.getRecordComponents()) {
            String where = type.getName() + "." + component.getName();
            if (component.getName().equals(KEY)) {
                throw new IllegalArgumentException(where + " cannot be described: \"type\" is taken, rename it");
            }
            if (!describable(component.getGenericType())) {
                throw new IllegalArgumentException(
                        where + " cannot be described: "
                                + component.getGenericType().getTypeName()
                                + " is no int, long, double, float, boolean, String, enum, record, interface, or List of those");
            }
        }
    }

    private static boolean describable(Type type) {
        if (type instanceof ParameterizedType list) {
            return list.getRawType() == List.class && describable(list.getActualTypeArguments()[0]);
        }
        return type instanceof Class<?> c
                && (c == String.class
                        || c.isEnum()
                        || c.isRecord()
                        || c.isInterface() && c != List.class
                        || isNumber(c)
                        || c == boolean.class
                        || c == Boolean.class);
    }

    private static boolean isNumber(Class<?> c) {
        return c == int.class
                || c == Integer.class
                || c == long.class
                || c == Long.class
                || c == double.class
                || c == Double.class
                || c == float.class
                || c == Float.class;
    }

    /// The element type of a list.
    static Type element(ParameterizedType list) {
        return list.getActualTypeArguments()[0];
    }
}
