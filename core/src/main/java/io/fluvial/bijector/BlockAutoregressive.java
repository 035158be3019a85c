package io.fluvial.bijector;

import io.fluvial.Bijector;
import io.fluvial.FeatureTrace;
import io.fluvial.ParameterLayout;
import io.fluvial.Pass;
import io.fluvial.Pullback;
import io.fluvial.Workspace;
import io.fluvial.internal.Rows;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// A block neural autoregressive layer (De Cao, Titov & Aziz 2019, arXiv:1904.04676, section 3): one network f of all
/// features, its weight matrices block lower triangular with positive blocks exp(·) on the diagonal, its activations
/// tanh, so that f_j is an increasing function of x_j given x_1 … x_{j−1} and the context. With a gate per feature,
///
///     y_j = (1 − α_j) · x_j + α_j · f_j(x_1 … x_j, c),   α = σ(γ),   ℓ = Σ_j log((1 − α_j) + α_j · ∂f_j/∂x_j)
///
/// (a gated residual connection; the authors have one gate for all features, and only between stacked networks). The
/// gate is not an option here: a network of tanh is bounded, so that alone it would not reach every y, and its density
/// would not integrate to 1. With it the map is onto ℝ, its slope is at least 1 − α_j, and ∂f_j/∂x_j, a product of
/// positive matrices, may underflow without harm: no logarithms of sums of exponentials are needed. There is no weight
/// normalisation.
///
/// The inverse goes feature by feature. Given the ones before, f_j lies between known bounds, which bracket x_j. Newton
/// steps that would leave the bracket, or do not halve the last step, are replaced by halving the bracket, until the
/// residual is rounding noise.
///
/// Starts near the identity, not at it (a positive block cannot be zero): α = σ(−2) ≈ 0.12, and slopes of f_j of about
/// 1 in the middle.
///
/// θ: for every layer weights and biases, then γ. Cost per sample: one multiply-add per weight, one more per weight of
/// a diagonal block, `layers · hiddenPerFeature · dim` tanh and dim logarithms forward; three times the multiply-adds
/// in either pullback; in the inverse twice those of forward and, per feature and step, its diagonal blocks again. Per
/// call one exponential per weight of a diagonal block.
///
/// @param hiddenPerFeature units of every hidden layer that belong to one feature
/// @param layers number of hidden layers, at least 1
public record BlockAutoregressive(int dim, int contextDim, int hiddenPerFeature, int layers) implements Bijector {

    private static final float GATE = -2;

    public BlockAutoregressive {
        LayerSizes.checkDim(dim);
        LayerSizes.checkContext(contextDim);
        if (hiddenPerFeature < 1 || layers < 1) {
            throw new IllegalArgumentException("a block autoregressive layer needs at least one hidden layer and one"
                    + " unit per feature, got " + layers + " and " + hiddenPerFeature);
        }
    }

    /// Without context.
    public static BlockAutoregressive of(int dim, int hiddenPerFeature, int layers) {
        return new BlockAutoregressive(dim, 0, hiddenPerFeature, layers);
    }

    // ---- sizes: layer l makes the units of level l + 1 from those of level l; level 0 is the context and the
    // features,
    // the last level one unit per feature

    /// Units per feature at a level.
    int width(int level) {
        return level == 0 || level > layers ? 1 : hiddenPerFeature;
    }

    /// Context columns, which come first in layer 0.
    int lead(int l) {
        return l == 0 ? contextDim : 0;
    }

    /// Inputs of feature j's units in layer l: the context, then the units of features 0 … j.
    int depth(int l, int j) {
        return lead(l) + (j + 1) * width(l);
    }

    /// Where feature j's weights start among those of layer l; for j = dim the number of all.
    int weights(int l, int j) {
        return width(l + 1) * (j * lead(l) + width(l) * (j * (j + 1) / 2));
    }

    /// Weights that connect a feature's units with its own.
    int ownWeights(int l) {
        return width(l + 1) * width(l);
    }

    /// Weights and biases of layer l.
    int size(int l) {
        return weights(l, dim) + dim * width(l + 1);
    }

    /// Where layer l starts in θ; for l = layers + 1 where γ starts.
    int theta(int l) {
        int at = 0;
        for (int k = 0; k < l; k++) {
            at += size(k);
        }
        return at;
    }

    // ---- the bijector

    /// Weights of a layer stand feature by feature, `[units × inputs]` of each, without the zeros of the full matrix;
    /// the last inputs, the feature's own, have the exponential of what stands there as their weight.
    @Override
    public ParameterLayout parameters() {
        ParameterLayout.Builder layout = ParameterLayout.builder();
        for (int l = 0; l <= layers; l++) {
            layout.add(l + ".weight", weights(l, dim)).add(l + ".bias", dim * width(l + 1));
        }
        return layout.add("gate", dim).build();
    }

    @Override
    public Pass place(Workspace w, int x, int y, int theta) {
        return w.pass(x, y, theta, BlockNetwork.place(this, w));
    }

    @Override
    public void forward(Pass p) {
        BlockNetwork.begin(this, p, p.x());
        float[] d = p.data();
        for (int j = 0; j < dim; j++) {
            BlockNetwork.evaluate(this, p, j);
            double keep = BlockNetwork.keep(this, p, j);
            double open = BlockNetwork.open(this, p, j);
            int f = BlockNetwork.value(this, p, layers, j);
            int x = p.x() + j * p.lanes();
            int y = p.y() + j * p.lanes();
            for (int i = 0; i < p.active(); i++) {
                d[y + i] = (float) (keep * d[x + i] + open * d[f + i]);
            }
            BlockNetwork.addLogDet(this, p, j);
        }
    }

    @Override
    public void inverse(Pass p) {
        BlockNetwork.begin(this, p, p.y()); // a feature's place is filled with x before it is read
        for (int j = 0; j < dim; j++) {
            BlockInverse.solve(this, p, j);
            int found = BlockNetwork.own(this, p, 0, j);
            System.arraycopy(p.data(), found, p.data(), p.x() + j * p.lanes(), p.active());
            BlockNetwork.evaluate(this, p, j);
            BlockNetwork.addLogDet(this, p, j);
        }
    }

    @Override
    public void forwardVjp(Pass p, Pullback g) {
        BlockPullback.slopes(this, p, g);
        for (int j = dim - 1; j >= 0; j--) {
            BlockPullback.values(this, p, g, j);
            BlockPullback.input(this, p, g, j);
        }
        BlockPullback.rest(this, p, g);
    }

    /// The forward pullback at u = −gY, where gY is found on the way: when feature j is reached, everything but its own
    /// u_j has come back to x_j, and −gX_j less that, divided by the slope, is u_j.
    @Override
    public void inverseVjp(Pass p, Pullback g) {
        BlockPullback.slopes(this, p, g);
        for (int j = dim - 1; j >= 0; j--) {
            BlockPullback.solve(this, p, g, j);
            BlockPullback.values(this, p, g, j);
        }
        BlockPullback.rest(this, p, g);
        Rows.negate(g.data(), p.y(), dim, p.lanes(), p.active());
    }

    /// First weights e^(0.3 z), all other positive blocks means of their inputs up to such factors; weights from other
    /// features of deviation 1/√inputs, in the last layer 0; biases of the first layer spread the units' middles.
    @Override
    public void initialize(float[] theta, int at, RandomGenerator random) {
        for (int l = 0; l <= layers; l++) {
            int next = at + theta(l);
            double middle = -Math.log(width(l)); // widths are at least 1
            for (int j = 0; j < dim; j++) {
                int others = depth(l, j) - width(l);
                double scale = l < layers ? 1 / Math.sqrt(depth(l, j)) : 0;
                for (int r = 0; r < width(l + 1); r++) {
                    for (int k = 0; k < depth(l, j); k++) {
                        double z = random.nextGaussian();
                        theta[next++] = (float) (k < others ? scale * z : middle + 0.3 * z);
                    }
                }
            }
            for (int k = 0; l == 0 && k < dim * width(1); k++) {
                theta[next++] = (float) random.nextGaussian();
            }
        }
        Arrays.fill(theta, at + theta(layers + 1), at + theta(layers + 1) + dim, GATE);
    }

    /// Every feature is transformed in its place.
    @Override
    public void trace(FeatureTrace trace) {
        for (int j = 0; j < dim; j++) {
            trace.transform(j);
        }
        trace.mixAll(); // its log-determinant is one sum, not split by feature
    }
}
