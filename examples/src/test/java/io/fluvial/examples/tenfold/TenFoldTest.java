package io.fluvial.examples.tenfold;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fluvial.Flow;
import io.fluvial.Moments;
import io.fluvial.Samples;
import io.fluvial.base.StudentT;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The study on tables that are made up here.
class TenFoldTest {

    @Test
    void everyRowIsTestedOnce() {
        float[][] numbered = new float[1][103];
        for (int i = 0; i < 103; i++) {
            numbered[0][i] = i;
        }
        Folds folds = new Folds(Samples.wrap(numbered), 10, 3);

        TreeSet<Integer> tested = new TreeSet<>();
        for (int k = 0; k < 10; k++) {
            Samples train = folds.fold(k).train();
            Samples test = folds.fold(k).test();
            assertEquals(103, train.count() + test.count());
            assertTrue(test.count() == 10 || test.count() == 11, "sizes differ by one at most: " + test.count());
            // Undo the standardisation: the rows that are not in train are those in test.
            double step = 2.0;
            float[] sorted = train.column(0);
            java.util.Arrays.sort(sorted);
            for (int i = 1; i < sorted.length; i++) {
                step = Math.min(step, sorted[i] - sorted[i - 1]);
            }
            double least = Math.min(sorted[0], min(test));
            for (int i = 0; i < test.count(); i++) {
                int number = (int) Math.round((test.get(i, 0) - least) / step);
                assertTrue(tested.add(number), number + " is tested twice");
            }
        }
        assertEquals(103, tested.size());
        assertEquals(0, tested.first());
        assertEquals(102, tested.last());
    }

    private static double min(Samples samples) {
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < samples.count(); i++) {
            least = Math.min(least, samples.get(i, 0));
        }
        return least;
    }

    @Test
    void trainingFoldsStandardiseBothParts() {
        float[][] x = curved(200, 1);
        for (int i = 0; i < 200; i++) {
            x[0][i] = 5 + 3 * x[0][i];
        }
        Samples rows = Samples.wrap(x);

        Folds.Fold fold = new Folds(rows, 10, 3).fold(4);

        for (int j = 0; j < 2; j++) {
            Moments train = Moments.of(fold.train(), j);
            assertEquals(0, train.mean(), 1e-6); // the mean of 180 floats of size 1
            assertEquals(1, train.deviation(), 1e-6);
            assertTrue(Math.abs(Moments.of(fold.test(), j).mean()) > 1e-3, "test rows have a mean of their own");
        }
    }

    @Test
    void orderIsAPermutation() {
        int[] order = Folds.shuffled(1000, 5);

        boolean[] seen = new boolean[1000];
        for (int i : order) {
            assertFalse(seen[i]);
            seen[i] = true;
        }
    }

    @Test
    void densitiesAreAveragedNotTheirLogarithms() {
        double[] mixed = TenFold.mixture(List.of(
                new double[] {Math.log(0.1), -2000, Double.NEGATIVE_INFINITY, Double.NaN},
                new double[] {Math.log(0.3), -2000, Double.NEGATIVE_INFINITY, 0}));

        // (0.1 + 0.3) / 2; the second would underflow to 0 as a density.
        assertArrayEquals(new double[] {Math.log(0.2), -2000, Double.NEGATIVE_INFINITY, Double.NaN}, mixed, 1e-12);
    }

    @Test
    void gaussianColumnIsThatOfAGaussian() {
        // Standardised normal rows: −log(2π e) = −2.838 nats in two dimensions. n = 2 000 rows, each with deviation 1
        // (half a chi-square of two): five standard errors are 0.112, false alarm 6e-7.
        SplittableRandom random = new SplittableRandom(4);
        float[][] x = new float[2][2000];
        for (float[] column : x) {
            for (int i = 0; i < column.length; i++) {
                column[i] = (float) (100 + 7 * random.nextGaussian());
            }
        }

        List<TenFold.Report> reports =
                TenFold.run(Samples.wrap(x), options("--epochs", "1", "--hidden", "4", "--layers", "2"), line -> {});

        double mean =
                reports.stream().mapToDouble(TenFold.Report::gaussian).average().orElseThrow();
        assertEquals(-Math.log(2 * Math.PI * Math.E), mean, 0.112);
    }

    @Test
    void aFlowLearnsWhatIsCurvedAndThreadsChangeNothing() {
        Samples rows = Samples.wrap(curved(1000, 2));
        List<String> printed = new ArrayList<>();
        String[] small = {
            "--folds",
            "3",
            "--layers",
            "4",
            "--hidden",
            "16",
            "--dropout",
            "0",
            "--rate",
            "1e-2",
            "--epochs",
            "15",
            "--batch",
            "50",
            "--members",
            "2"
        };

        List<TenFold.Report> two = TenFold.run(rows, options(and(small, "--threads", "2")), printed::add);
        List<TenFold.Report> one = TenFold.run(rows, options(and(small, "--threads", "1")), line -> {});

        assertEquals(two, one);
        for (TenFold.Report r : two) {
            assertEquals(1000, r.train() + r.test());
            assertTrue(r.flow() - r.gaussian() > 0.3, r::toString); // log(deviation of x² / 2 over 0.3) is 0.86
        }
        assertTrue(
                printed.getFirst().startsWith("made-up: 1,000 rows of 2, 3 folds; log-likelihood of the standardised"),
                printed::toString);
        assertEquals(3 + 3 + 1, printed.size());
        assertTrue(
                printed.getLast()
                        .matches("mean ± standard error over the folds: realnvp -?[0-9.]+ ± [0-9.]+, Gaussian .* gain"
                                + " [0-9.]+ ± [0-9.]+"),
                printed.getLast());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            made-up --flow glow | there is no flow "glow"; --flow takes one of maf, nice, nsf, nsf-ar, realnvp
            made-up --layers two | --layers takes whole numbers, got two
            made-up --hidden 16, | --hidden takes whole numbers, got
            made-up --base cauchy | --base is normal or student, got cauchy
            made-up --members 0 | --members must be at least 1, got 0
            made-up --validation 1 | --validation must be in (0, 1), got 1.0
            made-up --dropout 2 | dropout must be in [0, 1), got 2.0
            made-up --colour red | there is no option --colour; usage: TenFold TABLE
            made-up --layers | usage: TenFold TABLE
            """)
    void whatIsWrongIsToldBeforeTheWork(String arguments, String start) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> StudyOptions.parse(arguments.split(" ")));

        assertTrue(e.getMessage() != null && e.getMessage().startsWith(start), e.getMessage());
    }

    @Test
    void tooFewRowsAreTold() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> new Folds(Samples.wrap(new float[1][19]), 10, 1));

        assertEquals("cannot cut 19 rows into 10 folds of at least 2", e.getMessage());
    }

    @Test
    void baseAndSizeReachTheFlow() {
        Flow flow = options("--base", "student", "--layers", "3").flow(2);

        assertTrue(flow.base().toString().contains(StudentT.class.getSimpleName()), flow::toString);
        assertEquals(3, flow.toString().split("Coupling\\[", -1).length - 1, flow::toString);
    }

    private static StudyOptions options(String... more) {
        return StudyOptions.parse(and(new String[] {"made-up"}, more));
    }

    private static String[] and(String[] first, String... more) {
        return Stream.concat(Stream.of(first), Stream.of(more)).toArray(String[]::new);
    }

    /// x₀ ~ N(0, 1), x₁ = x₀² / 2 + N(0, 0.3²).
    private static float[][] curved(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[][] x = new float[2][count];
        for (int i = 0; i < count; i++) {
            x[0][i] = (float) random.nextGaussian();
            x[1][i] = (float) (0.5 * x[0][i] * x[0][i] + 0.3 * random.nextGaussian());
        }
        return x;
    }
}
