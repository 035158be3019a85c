package io.fluvial.peers;

import io.fluvial.Samples;
import io.fluvial.bench.Peer;
import java.nio.FloatBuffer;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// What [LibTorch] does: data lie in tensors before the clock starts, and what a call makes is released with its scope.
@SuppressWarnings("try") // scopes and guards work by being open
final class TorchWork implements Peer.Work {

    /// Rows of one pass in scoring: of 256 to 4096 the fastest or nearly so at widths 64 and 256.
    private static final int CHUNK = 1024;

    private final int threads;
    private final int batch;
    private final AffineFlow flow;
    private final TorchFlow scorer;
    private final TorchFlow learner;
    private final TensorVector parameters;
    private final Adam adam;
    private final Tensor[] scored;
    private final float[] densities;
    private final Tensor[] trained;
    private final Tensor order;
    private final int count;
    private final FloatBuffer[] rowBuffers;
    private final Tensor[] row;
    private int from;

    TorchWork(Peer.Task task) {
        threads = task.threads();
        batch = task.size().batch();
        flow = AffineFlow.of(task.flow(), task.theta());
        scorer = new TorchFlow(flow, false);
        learner = new TorchFlow(flow, true);
        parameters = new TensorVector(learner.numbers());
        adam = new Adam(parameters, new AdamOptions(1e-5));
        densities = new float[task.rows()];
        scored = parts(task.scored());
        trained = parts(task.trained());
        order = Tensor.create(IntStream.of(task.order()).asLongStream().toArray());
        count = task.order().length;
        rowBuffers = new FloatBuffer[flow.parts().size()];
        row = new Tensor[rowBuffers.length];
        for (int part = 0; part < row.length; part++) {
            FloatPointer memory = new FloatPointer(flow.width(part));
            rowBuffers[part] = memory.asBuffer();
            row[part] = torch.from_blob(memory, 1, flow.width(part));
        }
    }

    private Tensor[] parts(Samples samples) {
        Tensor[] parts = new Tensor[flow.parts().size()];
        for (int part = 0; part < parts.length; part++) {
            parts[part] = torch.empty(samples.count(), flow.width(part));
            Columns.copy(samples, flow.parts().get(part), parts[part].createBuffer());
        }
        return parts;
    }

    @Override
    public float[] logProb() {
        LibTorch.use(threads);
        for (int at = 0; at < densities.length; at += CHUNK) {
            int n = Math.min(CHUNK, densities.length - at);
            try (PointerScope scope = new PointerScope();
                    InferenceMode guard = new InferenceMode(true)) {
                Tensor[] x = new Tensor[scored.length];
                for (int part = 0; part < x.length; part++) {
                    x[part] = scored[part].narrow(0, at, n);
                }
                scorer.logProb(x).data_ptr_float().get(densities, at, n);
            }
        }
        return densities;
    }

    @Override
    public float logProb(float[] values) {
        LibTorch.use(threads);
        for (int part = 0; part < row.length; part++) {
            Columns.copy(values, flow.parts().get(part), rowBuffers[part]);
        }
        try (PointerScope scope = new PointerScope();
                InferenceMode guard = new InferenceMode(true)) {
            return scorer.logProb(row.clone()).item_float();
        }
    }

    @Override
    public boolean trains() {
        return true;
    }

    @Override
    public double train() {
        LibTorch.use(threads);
        try (PointerScope scope = new PointerScope()) {
            Tensor numbers = order.narrow(0, from, batch);
            from = (from + batch) % count;
            Tensor[] x = new Tensor[trained.length];
            for (int part = 0; part < x.length; part++) {
                x[part] = trained[part].index_select(0, numbers);
            }
            Tensor loss = learner.logProb(x).mean().neg();
            adam.zero_grad();
            loss.backward();
            torch.clip_grad_norm_(parameters, 5);
            adam.step();
            return -(double) loss.item_float() * batch;
        }
    }

    /// The tensors of the work go with the process.
    @Override
    public void close() {}
}
