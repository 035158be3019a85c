package io.fluvial.flows;

import io.fluvial.Flow;
import io.fluvial.scalar.Affine;
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
}
