package io.fluvial.flows;

import io.fluvial.Flow;
import io.fluvial.scalar.Affine;
import io.fluvial.scalar.RationalQuadraticSpline;
import io.fluvial.scalar.Shift;

/// Flows by the names of their papers. One line gives sensible defaults; the method with `With` gives the options
/// to change.
///
/// Two things differ from the papers on purpose, and can be switched off in the options: a trained linear map
/// stands between couplings (Kingma & Dhariwal 2018, arXiv:1807.03039), and the flow starts at the full-covariance
/// Gaussian of the data.
public final class Flows {

    private Flows() {}

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

    /// A stack of spline autoregressive layers that all keep the natural order, so that the flow answers exact
    /// marginals
    /// of the first features, exact conditionals given them, and splits a log-density into one term per feature.
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

    private static RationalQuadraticSpline spline() {
        return RationalQuadraticSpline.of(8, 3);
    }
}
