package io.fluvial.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fluvial.BaseDistribution;
import io.fluvial.Bijector;
import io.fluvial.Conditioner;
import io.fluvial.Flow;
import io.fluvial.ScalarBijector;
import io.fluvial.base.DensityFamily;
import io.fluvial.base.DiagonalNormal;
import io.fluvial.base.NormalMixture;
import io.fluvial.base.StudentT;
import io.fluvial.base.UniformBox;
import io.fluvial.bijector.Chain;
import io.fluvial.bijector.Inverted;
import io.fluvial.bijector.LuLinear;
import io.fluvial.bijector.Permutation;
import io.fluvial.nn.Activation;
import io.fluvial.nn.Mlp;
import io.fluvial.nn.ResidualMlp;
import io.fluvial.scalar.Affine;
import io.fluvial.scalar.LogScale;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlowDescriptionsTest {

    /// Every kind of component.
    public record Everything(
            int i,
            long l,
            double d,
            float f,
            boolean b,
            String s,
            LuLinear.Start e,
            List<Integer> list,
            List<List<String>> lists,
            LogScale part)
            implements Serializer {}

    /// An interface of the test's own.
    public interface Serializer {}

    private static final Everything EVERYTHING = new Everything(
            -1,
            Long.MAX_VALUE,
            Double.NEGATIVE_INFINITY,
            0.1f,
            true,
            "a \"quoted\"\nline \u0000 ü",
            LuLinear.Start.WHITENING,
            List.of(1, 2),
            List.of(List.of(), List.of("x")),
            new LogScale.Sigmoid(0.1, 1.5));

    private final FlowDescriptions own = FlowDescriptions.of(Registry.shipped().with("Everything", Everything.class));

    private static String refusal(String json) {
        return Refusal.of(
                BadInputException.class, () -> FlowDescriptions.shipped().read(json, Bijector.class));
    }

    @Test
    void affineReadsWell() {
        assertEquals(
                "{\"type\":\"Affine\",\"logScale\":{\"type\":\"LogScale.Tanh\",\"limit\":3.0}}",
                FlowDescriptions.shipped().toJson(Affine.bounded()));
    }

    @Test
    void everyKindOfComponentComesBack() {
        assertEquals(EVERYTHING, own.read(own.toJson(EVERYTHING), Serializer.class));
    }

    @Test
    void flowComesBack() {
        Flow flow = GoldenModel.model().model().flow();
        assertEquals(
                flow, FlowDescriptions.shipped().flow(FlowDescriptions.shipped().toJson(flow)));
    }

    @Test
    void otherShippedPartsComeBack() {
        for (Record part : List.of(
                LuLinear.whitening(3),
                new Inverted(Chain.of(Permutation.of(1, 0, 2))),
                ResidualMlp.of(2, 3, 4, 1),
                new LogScale.SoftClip(Math.log(1000)),
                new LogScale.Softplus(1e-3),
                DiagonalNormal.of(2),
                StudentT.conditional(2, 3, Mlp.factory(List.of(4), Activation.RELU, 0)),
                UniformBox.of(List.of(-0.1, 0.0), List.of(1.0, 1e-3)),
                UniformBox.conditional(1, 2, Mlp.factory(List.of(4), Activation.RELU, 0)),
                NormalMixture.of(2, 3))) {
            FlowDescriptions d = FlowDescriptions.shipped();
            assertEquals(part, d.read(d.toJson(part), Record.class));
        }
    }

    @Test
    void everyShippedPartIsRegistered() throws IOException, URISyntaxException {
        Path classes = Path.of(
                Flow.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<String> missing = new ArrayList<>();
        try (var zip = Files.isDirectory(classes) ? null : java.nio.file.FileSystems.newFileSystem(classes);
                var files = Files.walk(zip == null ? classes : zip.getPath("/"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
                String name = (zip == null ? classes : zip.getPath("/"))
                        .relativize(file)
                        .toString()
                        .replace('/', '.')
                        .replaceAll("\\.class$", "");
                if (!name.contains("-info") && isPart(name)) {
                    missing.add(name);
                }
            }
        }
        assertEquals(List.of(), missing, "one line each in Registry");
    }

    private static boolean isPart(String name) {
        try {
            Class<?> type = Class.forName(name, false, Flow.class.getClassLoader());
            boolean described = List.of(
                            Bijector.class,
                            ScalarBijector.class,
                            Conditioner.class,
                            BaseDistribution.class,
                            DensityFamily.class,
                            LogScale.class)
                    .stream()
                    .anyMatch(i -> i.isAssignableFrom(type));
            return described
                    && type.isRecord()
                    && Modifier.isPublic(type.getModifiers())
                    && Registry.shipped().name(type) == null;
        } catch (ClassNotFoundException e) {
            throw new AssertionError(name, e);
        }
    }

    @Test
    void unknownTypeIsNamed() {
        assertEquals(
                "parts[1]: unknown type \"MyMap\": register it with Registry.with(name, type) if it is your own, or"
                        + " update Fluvial",
                refusal("{\"type\":\"Chain\",\"parts\":[{\"type\":\"ActNorm\",\"dim\":2},{\"type\":\"MyMap\"}]}"));
        assertTrue(refusal("{\"type\":\"java.lang.Runtime\"}").startsWith("unknown type \"java.lang.Runtime\""));
    }

    @Test
    void badFieldsAreNamed() {
        assertEquals("dim: missing in the description of a ActNorm", refusal("{\"type\":\"ActNorm\"}"));
        assertEquals(
                "a ActNorm has no width, height: update Fluvial",
                refusal("{\"type\":\"ActNorm\",\"dim\":2,\"width\":1,\"height\":2}"));
        assertEquals("dim: expected an int, got 2.5", refusal("{\"type\":\"ActNorm\",\"dim\":2.5}"));
        assertEquals("dim: expected an int, got \"2\"", refusal("{\"type\":\"ActNorm\",\"dim\":\"2\"}"));
        assertEquals("dim: expected an int, got null", refusal("{\"type\":\"ActNorm\",\"dim\":null}"));
        assertEquals("dim: expected an int, got 3000000000", refusal("{\"type\":\"ActNorm\",\"dim\":3000000000}"));
        assertEquals(
                "start: expected one of IDENTITY, WHITENING, got \"whitening\"",
                refusal("{\"type\":\"LuLinear\",\"dim\":2,\"start\":\"whitening\"}"));
        assertEquals("parts: expected a list, got an object", refusal("{\"type\":\"Chain\",\"parts\":{}}"));
        assertEquals(
                "parts[0]: expected an object that describes a Bijector, got 1",
                refusal("{\"type\":\"Chain\",\"parts\":[1]}"));
        assertEquals(
                "parts[0]: expected a Bijector, \"Affine\" is none",
                refusal("{\"type\":\"Chain\",\"parts\":[{\"type\":\"Affine\"}]}"));
        assertEquals("there is no \"type\" that says what is described", refusal("{\"dim\":2}"));
        assertTrue(refusal("{\"type\":\"ActNorm\",\"dim\":2,\"dim\":3}").startsWith("the description is not JSON: "));
        assertTrue(refusal("{\"type\":\"ActNorm\",\"dim\":2} x").startsWith("the description is not JSON: "));
    }

    @Test
    void refusalOfAConstructorIsPassedOn() {
        assertEquals(
                "parts[0]: Permutation refuses the description: a permutation of 2 features names each of them once,"
                        + " got [0, 0]",
                refusal("{\"type\":\"Chain\",\"parts\":[{\"type\":\"Permutation\",\"from\":[0,0]}]}"));
    }

    @Test
    void depthIsLimitedBothWays() {
        assertTrue(refusal("{\"type\":\"Inverted\",\"inner\":".repeat(100_000))
                .startsWith("the description is not JSON: "));
        Bijector deep = Permutation.of(0);
        for (int k = 0; k < 200; k++) {
            deep = new Inverted(deep);
        }
        Record tooDeep = (Record) deep;
        assertTrue(Refusal.of(
                        IllegalArgumentException.class,
                        () -> FlowDescriptions.shipped().toJson(tooDeep))
                .endsWith("the description is deeper than 100"));
    }

    @Test
    void unregisteredRecordIsRefusedWhenWriting() {
        assertEquals(
                "io.fluvial.io.FlowDescriptionsTest$Everything is not registered: register it with Registry.with(name,"
                        + " type)",
                Refusal.of(
                        IllegalArgumentException.class,
                        () -> FlowDescriptions.shipped().toJson(EVERYTHING)));
    }

    record WithArray(int[] values) {}

    record WithType(int type) {}

    @Test
    void registryRefusesWhatItCannotWrite() {
        Registry shipped = Registry.shipped();
        assertTrue(message(() -> shipped.with("X", WithArray.class)).contains("int[] is no int"));
        assertTrue(message(() -> shipped.with("X", WithType.class)).contains("\"type\" is taken"));
        assertTrue(message(() -> shipped.with("Chain", Everything.class)).startsWith("\"Chain\" already names"));
        assertTrue(message(() -> shipped.with("Chain2", Chain.class)).contains("already registered as \"Chain\""));
        assertTrue(message(() -> shipped.with(" ", Everything.class)).endsWith("is blank"));
    }

    private static String message(Runnable action) {
        return Refusal.of(IllegalArgumentException.class, action::run);
    }

    @TempDir
    Path folder;

    @Test
    void modelFileKeepsARegisteredRecordOfTheUser() {
        Path path = folder.resolve("own.fluvial");
        Flow flow = new Flow(new Shift2(2), io.fluvial.base.StandardNormal.of(2));
        Registry registry = Registry.shipped().with("Shift2", Shift2.class);
        SavedModel saved = SavedModel.of(io.fluvial.FlowModel.of(flow, flow.initialize(1)), Schema.of("a", "b"));
        ModelFile.write(path, saved, registry);
        assertEquals(flow, ModelFile.read(path, registry).model().flow());
        assertTrue(Refusal.of(BadInputException.class, () -> ModelFile.read(path))
                .startsWith(path + ": bijector: unknown type \"Shift2\""));
    }

    /// A user's bijector: the identity, with a name of its own.
    public record Shift2(int dim) implements Bijector {
        @Override
        public int contextDim() {
            return 0;
        }

        @Override
        public io.fluvial.ParameterLayout parameters() {
            return io.fluvial.ParameterLayout.none();
        }

        @Override
        public void forward(io.fluvial.Pass p) {}

        @Override
        public void inverse(io.fluvial.Pass p) {}

        @Override
        public void forwardVjp(io.fluvial.Pass p, io.fluvial.Pullback g) {}
    }
}
