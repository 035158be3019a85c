package io.fluvial.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The page for those who come from torch.distributions names what there is, and leaves no row empty.
class FromTorchTest {

    private static final Path PAGE = Path.of("..", "docs", "from-torch.md");
    private static final List<String> PACKAGES =
            List.of("io.fluvial.distribution", "io.fluvial.transform", "io.fluvial.constraint");
    private static final Pattern NAME = Pattern.compile("`(?:new )?([A-Z][A-Za-z]*)(?:\\.([a-zA-Z_]+))?");

    private static List<String[]> rows() throws IOException {
        List<String[]> rows = new ArrayList<>();
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith("| `")) {
                rows.add(line.substring(1, line.length() - 1).split("\\|", -1));
            }
        }
        return rows;
    }

    @Test
    void noRowIsEmpty() throws IOException {
        List<String[]> rows = rows();
        assertTrue(rows.size() > 80, "rows: " + rows.size());
        for (String[] row : rows) {
            assertTrue(row.length == 3, String.join("|", row));
            boolean explained = row[1].strip().startsWith("–") && !row[2].isBlank();
            assertTrue(explained || row[1].contains("`"), "nothing stands for" + row[0]);
        }
    }

    @Test
    void namesExist() throws IOException {
        for (String[] row : rows()) {
            Matcher names = NAME.matcher(row[1]);
            while (names.find()) {
                Class<?> type = find(names.group(1));
                String member = names.group(2);
                assertFalse(type == Void.class, names.group(1) + " in the row of" + row[0]);
                assertTrue(member == null || has(type, member), names.group() + " in the row of" + row[0]);
            }
        }
    }

    private static Class<?> find(String name) {
        for (String place : PACKAGES) {
            try {
                return Class.forName(place + "." + name);
            } catch (ClassNotFoundException elsewhere) {
                continue;
            }
        }
        return Void.class;
    }

    private static boolean has(Class<?> type, String member) {
        for (var method : type.getMethods()) {
            if (method.getName().equals(member)) {
                return true;
            }
        }
        for (var field : type.getFields()) {
            if (field.getName().equals(member)) {
                return true;
            }
        }
        return false;
    }

    /// The public types of a package, by its sources: one of their own file each.
    private static final Pattern TYPE = Pattern.compile(
            "^public (?:final |sealed |abstract )*(?:class|record|interface|enum) (\\w+)", Pattern.MULTILINE);

    @Test
    void everyPublicTypeIsNamed() throws IOException {
        String page = Files.readString(PAGE);
        List<String> missing = new ArrayList<>();
        for (String place : PACKAGES) {
            Path sources = Path.of("..", "distributions", "src", "main", "java", place.replace('.', '/'));
            try (Stream<Path> files = Files.list(sources)) {
                for (Path file : files.sorted().toList()) {
                    Matcher type = TYPE.matcher(Files.readString(file));
                    if (type.find() && !names(page, type.group(1))) {
                        missing.add(type.group(1));
                    }
                }
            }
        }
        assertEquals(List.of(), missing, "types that the page does not name");
    }

    private static boolean names(String page, String type) {
        return Pattern.compile("`" + type + "\\b").matcher(page).find();
    }
}
