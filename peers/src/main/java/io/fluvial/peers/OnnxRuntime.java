package io.fluvial.peers;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.fluvial.bench.Peer;
import io.fluvial.benchmarks.FlowSize;

/// ONNX Runtime on the CPU, with a graph made by hand. It does not train.
public final class OnnxRuntime implements Peer {

    @Override
    public String name() {
        return "onnxruntime";
    }

    @Override
    public String version() {
        return OrtEnvironment.getEnvironment().getVersion();
    }

    @Override
    public boolean knows(FlowSize size, FlowSize.Family family) {
        return family.affine();
    }

    @Override
    public Work work(Task task) {
        try {
            return new OnnxWork(task);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime refused the graph: " + e.getMessage(), e);
        }
    }
}
