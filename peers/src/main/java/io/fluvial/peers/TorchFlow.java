package io.fluvial.peers;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/// An [AffineFlow] with LibTorch's tensors.
final class TorchFlow {

    private record Linear(
            Tensor weight, Tensor bias, @Nullable Tensor mask) {

        Tensor of(Tensor x) {
            return torch.linear(x, mask == null ? weight : weight.mul(mask), bias);
        }
    }

    private record Layer(int from, int to, List<Linear> network) {}

    private final List<Layer> layers = new ArrayList<>();
    private final List<Tensor> parameters = new ArrayList<>();
    private final Scalar bound;
    private final Scalar inverseBound;
    private final Scalar half = new Scalar(-0.5f);
    private final Scalar constant;

    /// @param training whether weights are multiplied by their mask each time, since training moves those outside too
    TorchFlow(AffineFlow flow, boolean training) {
        bound = new Scalar((float) flow.bound());
        inverseBound = new Scalar((float) (1 / flow.bound()));
        constant = new Scalar((float) (-0.5 * flow.dim() * Math.log(2 * Math.PI)));
        for (AffineFlow.Layer layer : flow.layers()) {
            List<Linear> network = new ArrayList<>();
            for (Dense dense : layer.network()) {
                float[] mask = training ? dense.mask : null;
                network.add(new Linear(
                        parameter(training, dense.weight, dense.rows, dense.depth),
                        parameter(training, dense.bias, dense.rows),
                        mask == null ? null : Tensor.create(mask, dense.rows, dense.depth)));
            }
            layers.add(new Layer(layer.from(), layer.to(), network));
        }
    }

    private Tensor parameter(boolean training, float[] values, long... shape) {
        Tensor tensor = Tensor.create(values, shape);
        tensor.set_requires_grad(training);
        parameters.add(tensor);
        return tensor;
    }

    TensorVector parameters() {
        return new TensorVector(parameters.toArray(Tensor[]::new));
    }

    /// Log-densities `[n]`.
    ///
    /// @param x `[n × width]` for each part; the array is overwritten
    Tensor logProb(Tensor... x) {
        Tensor[] logDet = new Tensor[x.length];
        for (Layer layer : layers) {
            Tensor h = x[layer.from()];
            int last = layer.network().size() - 1;
            for (int k = 0; k < last; k++) {
                h = layer.network().get(k).of(h).relu_();
            }
            TensorVector phi = layer.network().get(last).of(h).chunk(2, 1);
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
