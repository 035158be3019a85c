package io.fluvial.peers;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.fluvial.Samples;
import io.fluvial.bench.Peer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// What [OnnxRuntime] does: inputs and outputs are tensors over memory of ours that is used again in every call.
final class OnnxWork implements Peer.Work {

    /// Rows of one run in scoring: of 256 to 4096 the fastest or nearly so at widths 64 and 256.
    private static final int CHUNK = 1024;

    /// Tensors for so many rows.
    private record Run(Map<String, OnnxTensor> in, Map<String, OnnxTensor> out, FloatBuffer densities) {}

    private final OrtSession session;
    private final List<Run> runs = new ArrayList<>();
    private final float[] densities;
    private final FloatBuffer rowBuffer;
    private final Run row;
    private final int[] features;

    OnnxWork(Peer.Task task) throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
        options.setIntraOpNumThreads(task.threads());
        options.setInterOpNumThreads(1);
        // its threads must not spin in the next one's turn
        options.addConfigEntry("session.force_spinning_stop", "1");
        session = OrtEnvironment.getEnvironment()
                .createSession(OnnxFlow.of(AffineFlow.of(task.flow(), task.theta())), options);
        Samples samples = task.scored();
        features = IntStream.range(0, samples.dim()).toArray();
        densities = new float[samples.count()];
        for (int at = 0; at < samples.count(); at += CHUNK) {
            Samples chunk = samples.range(at, Math.min(at + CHUNK, samples.count()));
            FloatBuffer buffer = buffer(chunk.count() * chunk.dim());
            Columns.copy(chunk, features, buffer);
            runs.add(run(buffer, chunk.count(), chunk.dim()));
        }
        rowBuffer = buffer(samples.dim());
        row = run(rowBuffer, 1, samples.dim());
    }

    private static FloatBuffer buffer(int count) {
        return ByteBuffer.allocateDirect(Float.BYTES * count)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    private static Run run(FloatBuffer x, int rows, int dim) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        FloatBuffer result = buffer(rows);
        return new Run(
                Map.of(OnnxFlow.X, OnnxTensor.createTensor(environment, x, new long[] {rows, dim})),
                Map.of(OnnxFlow.LOG_PROB, OnnxTensor.createTensor(environment, result, new long[] {rows})),
                result);
    }

    private void go(Run run) {
        try {
            session.run(run.in(), Set.of(), run.out()).close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime failed: " + e.getMessage(), e);
        }
    }

    @Override
    public float[] logProb() {
        int at = 0;
        for (Run run : runs) {
            go(run);
            int n = run.densities().capacity();
            run.densities().get(0, densities, at, n);
            at += n;
        }
        return densities;
    }

    @Override
    public float logProb(float[] values) {
        Columns.copy(values, features, rowBuffer);
        go(row);
        return row.densities().get(0);
    }

    @Override
    public boolean trains() {
        return false;
    }

    @Override
    public double train() {
        throw new UnsupportedOperationException("ONNX Runtime does not train");
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }
}
