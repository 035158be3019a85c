package io.fluvial.flows;

import io.fluvial.Bijector;
import io.fluvial.Conditioner;
import io.fluvial.Flow;
import io.fluvial.base.StandardNormal;
import io.fluvial.bijector.BlockAutoregressive;
import io.fluvial.bijector.Chain;
import io.fluvial.bijector.Elementwise;
import io.fluvial.bijector.Householder;
import io.fluvial.bijector.Orthogonal;
import io.fluvial.bijector.Permutation;
import io.fluvial.nn.Activation;
import io.fluvial.nn.Mlp;
import io.fluvial.scalar.Affine;
import io.fluvial.scalar.Bernstein;
import io.fluvial.scalar.DeepSigmoidal;
import io.fluvial.scalar.Gaussianization;
import io.fluvial.scalar.MixtureOfLogistics;
import io.fluvial.scalar.PositiveIntegral;
import io.fluvial.scalar.RationalQuadraticSpline;
import io.fluvial.scalar.Shift;
import io.fluvial.scalar.SumOfSquares;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Flows by the names of their papers. One line gives sensible defaults; the method with `With` gives the options
/// to change.
///
/// Three things differ from the papers on purpose, and can be switched off in the options: a trained linear map
/// stands between couplings (Kingma & Dhariwal 2018, arXiv:1807.03039), the flow starts at the full-covariance
/// Gaussian of the data, and networks see features only up to a bound, so that far from the data a layer goes on as one
/// fixed map.
public final class Flows {

    /// What networks see of a feature, in deviations: u(x) = x / √(1 + (x/5)²), see
    /// [io.fluvial.bijector.Coupling].
    static final double INPUT_BOUND = 5;

    /// Features up to which a rotation of all planes costs little beside the layers around it.
    private static final int MANY = 16;

    private Flows() {}

    /// Widths of the hidden layers where none are asked for: two of 64, from 16 features on of 256.
    public static List<Integer> hidden(int dim) {
        return Collections.nCopies(2, dim < 16 ? 64 : 256);
    }

    /// Real NVP (Dinh, Sohl-Dickstein & Bengio 2017, arXiv:1605.08803): affine couplings.
    public static Flow realNvp(int dim) {
        return realNvpWith(dim).build();
    }

    /// The options of [#realNvp].
    public static CouplingFlow realNvpWith(int dim) {
        return CouplingFlow.of(dim, Affine.bounded());
    }

    /// NICE (Dinh, Krueger & Bengio 2015, arXiv:1410.8516): additive couplings. Each keeps the volume; the linear
    /// maps scale.
    public static Flow nice(int dim) {
        return niceWith(dim).build();
    }

    /// The options of [#nice].
    public static CouplingFlow niceWith(int dim) {
        return CouplingFlow.of(dim, new Shift());
    }

    /// Masked autoregressive flow (Papamakarios, Pavlakou & Murray 2017, arXiv:1705.07057): affine autoregressive
    /// layers; densities cost one network pass each, samples about the same, feature by feature.
    public static Flow maf(int dim) {
        return mafWith(dim).build();
    }

    /// The options of [#maf].
    public static AutoregressiveFlow mafWith(int dim) {
        return AutoregressiveFlow.of(dim, Affine.bounded());
    }

    /// Inverse autoregressive flow (Kingma et al. 2016, arXiv:1606.04934): the layers of [#maf] inverted, so that it is
    /// samples that go through without waiting.
    public static Flow iaf(int dim) {
        return iafWith(dim).build();
    }

    /// The options of [#iaf].
    public static AutoregressiveFlow iafWith(int dim) {
        return mafWith(dim).withDirection(AutoregressiveFlow.Direction.SAMPLING);
    }

    /// Neural spline flow with couplings, RQ-NSF (C) of Durkan et al. 2019 (arXiv:1906.04032): rational-quadratic
    /// splines of 8 bins on [−3, 3], linear outside.
    public static Flow nsfCoupling(int dim) {
        return nsfCouplingWith(dim).build();
    }

    /// The options of [#nsfCoupling].
    public static CouplingFlow nsfCouplingWith(int dim) {
        return CouplingFlow.of(dim, spline());
    }

    /// Neural spline flow with autoregressive layers, RQ-NSF (AR) of Durkan et al. 2019 (arXiv:1906.04032).
    public static Flow nsfAutoregressive(int dim) {
        return nsfAutoregressiveWith(dim).build();
    }

    /// The options of [#nsfAutoregressive].
    public static AutoregressiveFlow nsfAutoregressiveWith(int dim) {
        return AutoregressiveFlow.of(dim, spline());
    }

    /// A stack of spline autoregressive layers that all keep the natural order, so that the flow
    /// answers exact marginals of the first features, exact conditionals given them, and splits a
    /// log-density into one term per feature.
    public static Flow sameOrder(int dim) {
        return sameOrderWith(dim).build();
    }

    /// The options of [#sameOrder].
    public static AutoregressiveFlow sameOrderWith(int dim) {
        return AutoregressiveFlow.of(dim, spline())
                .withMixing(Mixing.NONE)
                .withPreparation(Preparation.STANDARDIZE)
                .withOrders(AutoregressiveFlow.Orders.SAME)
                .withLayers(3);
    }

    /// MAF MoG (Papamakarios, Pavlakou & Murray 2017, arXiv:1705.07057, section 4): [#maf] on a base that
    /// is itself an autoregressive mixture of 10 normals per feature. Here that base is the
    /// last layer: the mixture's distribution function, then the normal quantile, has the same density.
    public static Flow mafMog(int dim) {
        return mafMogWith(dim).build();
    }

    /// The options of [#mafMog].
    public static AutoregressiveFlow mafMogWith(int dim) {
        return mafWith(dim).withLayers(6).withLastMap(Gaussianization.of(10));
    }

    /// Neural autoregressive flow (Huang et al. 2018, arXiv:1804.00779): one deep sigmoidal map of 16 units in two
    /// layers.
    public static Flow naf(int dim) {
        return nafWith(dim).build();
    }

    /// The options of [#naf].
    public static AutoregressiveFlow nafWith(int dim) {
        return AutoregressiveFlow.of(dim, DeepSigmoidal.of(16)).withLayers(2);
    }

    /// Unconstrained monotonic networks (Wehenkel & Louppe 2019, arXiv:1908.05164): the integral of a positive network.
    public static Flow unaf(int dim) {
        return unafWith(dim).build();
    }

    /// The options of [#unaf].
    public static AutoregressiveFlow unafWith(int dim) {
        return AutoregressiveFlow.of(dim, PositiveIntegral.of(8, 32, 5));
    }

    /// Sum-of-squares polynomial flow (Jaini, Selby & Yu 2019, arXiv:1905.02325): 3 polynomials of degree 4.
    public static Flow sospf(int dim) {
        return sospfWith(dim).build();
    }

    /// The options of [#sospf].
    public static AutoregressiveFlow sospfWith(int dim) {
        return AutoregressiveFlow.of(dim, SumOfSquares.of(4, 3));
    }

    /// Bernstein polynomial flow (Ramasinghe et al. 2021, arXiv:2102.03509): degree 16 on [−5, 5].
    public static Flow bernstein(int dim) {
        return bernsteinWith(dim).build();
    }

    /// The options of [#bernstein].
    public static AutoregressiveFlow bernsteinWith(int dim) {
        return AutoregressiveFlow.of(dim, Bernstein.of(16, 5));
    }

    /// Flow++ couplings (Ho et al. 2019, arXiv:1902.00275): mixtures of 8 logistics.
    public static Flow flowPlusPlus(int dim) {
        return flowPlusPlusWith(dim).build();
    }

    /// The options of [#flowPlusPlus].
    public static CouplingFlow flowPlusPlusWith(int dim) {
        return CouplingFlow.of(dim, MixtureOfLogistics.of(8));
    }

    /// Block neural autoregressive flow (De Cao, Titov & Aziz 2019, arXiv:1904.04676): two layers of two hidden layers
    /// with 8 units per feature, in alternating order.
    public static Flow bnaf(int dim) {
        return bnaf(dim, 0, 2);
    }

    /// The same with a context and another number of layers.
    public static Flow bnaf(int dim, int contextDim, int layers) {
        if (layers < 1) {
            throw new IllegalArgumentException(
                    "a block neural autoregressive flow needs at least 1 layer, got " + layers);
        }
        List<Bijector> parts = new ArrayList<>();
        Preparation.WHITEN.addTo(parts, dim);
        for (int k = 0; k < layers; k++) {
            parts.add(new BlockAutoregressive(dim, contextDim, 8, 2));
            if (k < layers - 1) {
                parts.add(Permutation.reverse(dim));
            }
        }
        return new Flow(new Chain(parts), StandardNormal.of(dim));
    }

    /// Gaussianization flow (Meng et al. 2020, arXiv:2003.01941): every feature through the distribution function of a
    /// mixture of 8 normals and the normal quantile, then a trained rotation, eight times. Up to 16 features
    /// it is any rotation, beyond that a product of 16 Householder reflections, as in the paper.
    public static Flow gaussianization(int dim) {
        return gaussianization(dim, 0, 8, null);
    }

    /// The same with a context and other sizes.
    ///
    /// @param network makes the networks that look at the context; null for two hidden layers of 64
    public static Flow gaussianization(int dim, int contextDim, int layers, Conditioner.@Nullable Factory network) {
        if (layers < 1) {
            throw new IllegalArgumentException("a Gaussianization flow needs at least 1 layer, got " + layers);
        }
        Conditioner.Factory factory = network != null ? network : Mlp.factory(List.of(64, 64), Activation.RELU, 0);
        List<Bijector> parts = new ArrayList<>();
        Preparation.WHITEN.addTo(parts, dim);
        for (int k = 0; k < layers; k++) {
            parts.add(
                    contextDim == 0
                            ? Elementwise.of(dim, Gaussianization.of(8))
                            : Elementwise.conditional(dim, contextDim, Gaussianization.of(8), factory));
            if (dim > 1 && k < layers - 1) {
                parts.add(dim <= MANY ? new Orthogonal(dim) : new Householder(dim, MANY));
            }
        }
        return new Flow(new Chain(parts), StandardNormal.of(dim));
    }

    private static RationalQuadraticSpline spline() {
        return RationalQuadraticSpline.of(8, 3);
    }
}
