package io.fluvial.peers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/// An [AffineFlow] with LibTorch's tensors.
///
/// For training all numbers are one tensor, which is split anew in every pass: its gradient comes back as one, and Adam
/// and the norm are a few operations instead of a few for every matrix.
final class TorchFlow {

    private record Linear(Tensor weight, Tensor bias) {

        Tensor of(Tensor x) {
            return torch.linear(x, weight, bias);
        }
    }

    private final AffineFlow flow;
    private final Scalar bound;
    private final Scalar inverseBound;
    private final Scalar half = new Scalar(-0.5f);
    private final Scalar constant;
    private final long[] sizes;
    private final Tensor numbers;
    private final @Nullable Tensor mask;
    private final @Nullable List<Linear> fixed;

    TorchFlow(AffineFlow flow, boolean training) {
        this.flow = flow;
        bound = new Scalar((float) flow.bound());
        inverseBound = new Scalar((float) (1 / flow.bound()));
        constant = new Scalar((float) (-0.5 * flow.dim() * Math.log(2 * Math.PI)));
        List<Dense> dense = flow.layers().stream()
                .flatMap(layer -> layer.network().stream())
                .toList();
        sizes = dense.stream()
                .flatMapToLong(d -> LongStream.of(d.weight.length, d.rows))
                .toArray();
        float[] values = new float[(int) LongStream.of(sizes).sum()];
        float[] left = new float[values.length];
        Arrays.fill(left, 1);
        int at = 0;
        for (Dense d : dense) {
            System.arraycopy(d.weight, 0, values, at, d.weight.length);
            System.arraycopy(d.bias, 0, values, at + d.weight.length, d.rows);
            if (d.mask != null) {
                System.arraycopy(d.mask, 0, left, at, d.weight.length);
            }
            at += d.weight.length + d.rows;
        }
        numbers = Tensor.create(values).set_requires_grad(training);
        // weights outside the mask are zero already and stay so where nothing moves them
        mask = training && dense.getFirst().mask != null ? Tensor.create(left) : null;
        fixed = training
                ? null
                : dense.stream()
                        .map(d -> new Linear(Tensor.create(d.weight, d.rows, d.depth), Tensor.create(d.bias, d.rows)))
                        .toList();
    }

    /// What training moves.
    Tensor numbers() {
        return numbers;
    }

    private List<Linear> split() {
        TensorVector parts = (mask == null ? numbers : numbers.mul(mask)).split_with_sizes(sizes);
        List<Linear> split = new ArrayList<>();
        int at = 0;
        for (AffineFlow.Layer layer : flow.layers()) {
            for (Dense d : layer.network()) {
                split.add(new Linear(parts.get(at).view(d.rows, d.depth), parts.get(at + 1)));
                at += 2;
            }
        }
        return split;
    }

    /// Log-densities `[n]`.
    ///
    /// @param x `[n × width]` for each part; the array is overwritten
    Tensor logProb(Tensor... x) {
        List<Linear> linear = fixed == null ? split() : fixed;
        int at = 0;
        Tensor[] logDet = new Tensor[x.length];
        for (AffineFlow.Layer layer : flow.layers()) {
            Tensor h = x[layer.from()];
            for (int k = 0; k < layer.network().size() - 1; k++) {
                h = linear.get(at++).of(h).relu_();
            }
            TensorVector phi = linear.get(at++).of(h).chunk(2, 1);
            Tensor s = phi.get(1).mul(inverseBound).tanh_().mul(bound);
            int to = layer.to();
            x[to] = torch.addcmul(phi.get(0), x[to], s.exp());
            logDet[to] = logDet[to] == null ? s : logDet[to].add(s);
        }
        Tensor sum = torch.addcmul(logDet[0], x[0], x[0], half).sum(1);
        for (int part = 1; part < x.length; part++) {
            sum = sum.add(torch.addcmul(logDet[part], x[part], x[part], half).sum(1));
        }
        return sum.add(constant);
    }
}
