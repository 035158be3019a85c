package io.fluvial.peers;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// An [AffineFlow] as an ONNX model, `x [n × dim]` to `logProb [n]`. Shift and log-scale have a product each, so
/// that nothing has to be split, and the bound's reciprocal is in the weights.
final class OnnxFlow {

    static final String X = "x";
    static final String LOG_PROB = "logProb";

    private static final AttributeProto TRANSPOSED = Graph.attribute("transB", 1);

    private final AffineFlow flow;
    private final Graph graph = new Graph();

    private OnnxFlow(AffineFlow flow) {
        this.flow = flow;
    }

    static byte[] of(AffineFlow flow) {
        OnnxFlow model = new OnnxFlow(flow);
        model.build();
        return model.graph.model();
    }

    private void build() {
        graph.input(X, -1, flow.dim());
        String[] x = new String[flow.parts().size()];
        for (int part = 0; part < x.length; part++) {
            x[part] = x.length == 1 ? X : part(flow.parts().get(part));
        }
        String bound = graph.constant(new float[] {(float) flow.bound()});
        String[] logDet = new String[x.length];
        for (AffineFlow.Layer layer : flow.layers()) {
            String h = x[layer.from()];
            int last = layer.network().size() - 1;
            for (int k = 0; k < last; k++) {
                h = graph.node("Relu", linear(h, layer.network().get(k)));
            }
            int to = layer.to();
            int width = flow.width(to);
            String shift = linear(h, layer.network().get(last).part(0, width, 1));
            String raw = linear(h, layer.network().get(last).part(width, 2 * width, (float) (1 / flow.bound())));
            String s = graph.node("Mul", graph.node("Tanh", raw), bound);
            x[to] = graph.node("Add", graph.node("Mul", x[to], graph.node("Exp", s)), shift);
            logDet[to] = logDet[to] == null ? s : graph.node("Add", logDet[to], s);
        }
        finish(x, logDet);
    }

    /// One sum over all features.
    private void finish(String[] x, String[] logDet) {
        String minusHalf = graph.constant(new float[] {-0.5f});
        String[] terms = new String[x.length];
        for (int part = 0; part < x.length; part++) {
            String squares = graph.node("Mul", graph.node("Mul", x[part], x[part]), minusHalf);
            terms[part] = graph.node("Add", logDet[part], squares);
        }
        String all = terms.length == 1 ? terms[0] : graph.node("Concat", List.of(Graph.attribute("axis", 1)), terms);
        String sum = graph.node("ReduceSum", List.of(Graph.attribute("keepdims", 0)), all, graph.constant(1L));
        float constant = (float) (-0.5 * flow.dim() * Math.log(2 * Math.PI));
        graph.node(LOG_PROB, "Add", List.of(), sum, graph.constant(new float[] {constant}));
        graph.output(LOG_PROB, -1);
    }

    private String part(int[] features) {
        long[] columns = IntStream.of(features).asLongStream().toArray();
        return graph.node("Gather", List.of(Graph.attribute("axis", 1)), X, graph.constant(columns));
    }

    private String linear(String x, Dense dense) {
        String weight = graph.constant(dense.weight, dense.rows, dense.depth);
        String bias = graph.constant(Arrays.copyOf(dense.bias, dense.rows), dense.rows);
        return graph.node("Gemm", List.of(TRANSPOSED), x, weight, bias);
    }
}
