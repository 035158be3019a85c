package io.fluvial.benchmarks;

import io.fluvial.FlowModel;
import io.fluvial.Parameters;
import io.fluvial.Samples;
import io.fluvial.Scorer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Time to the density of one row, each timed by itself: p50, p99, p99.9 and the longest of some hundred thousand a
/// launch. The clock's own reading, about 20 ns, is in every number.
@SuppressWarnings("NullAway.Init") // JMH sets parameters and calls setUp before anything else
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 5, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class ScorerBenchmark {

    private static final int ROWS = 1024;

    @Param({"D10_W64", "D43_W256"})
    private FlowSize size;

    @Param
    private FlowSize.Family family;

    private final float[][] rows = new float[ROWS][];
    private Scorer scorer;
    private int next;

    @Setup
    public void setUp() {
        var flow = size.flow(family);
        scorer = FlowModel.of(flow, Parameters.of(flow.parameters(), size.randomParameters(family)))
                .scorer();
        Samples samples = size.samples(ROWS);
        for (int i = 0; i < ROWS; i++) {
            rows[i] = samples.row(i);
        }
    }

    @Benchmark
    public double oneRow() {
        next = (next + 1) % ROWS;
        return scorer.logProb(rows[next]);
    }
}
