package io.fluvial.io;

import io.fluvial.Flow;
import io.fluvial.base.AdaptiveBox;
import io.fluvial.base.DiagonalNormal;
import io.fluvial.base.NormalMixture;
import io.fluvial.base.Parametric;
import io.fluvial.base.StandardNormal;
import io.fluvial.base.StudentT;
import io.fluvial.base.UniformBox;
import io.fluvial.bijector.ActNorm;
import io.fluvial.bijector.Autoregressive;
import io.fluvial.bijector.BatchNorm;
import io.fluvial.bijector.BlockAutoregressive;
import io.fluvial.bijector.Chain;
import io.fluvial.bijector.Coupling;
import io.fluvial.bijector.Elementwise;
import io.fluvial.bijector.Householder;
import io.fluvial.bijector.Inverted;
import io.fluvial.bijector.LuLinear;
import io.fluvial.bijector.Mask;
import io.fluvial.bijector.Orthogonal;
import io.fluvial.bijector.Permutation;
import io.fluvial.bijector.QrLinear;
import io.fluvial.bijector.Standardization;
import io.fluvial.bijector.SvdLinear;
import io.fluvial.nn.Adjacency;
import io.fluvial.nn.FreeParameters;
import io.fluvial.nn.MaskedMlp;
import io.fluvial.nn.Mlp;
import io.fluvial.nn.Order;
import io.fluvial.nn.ResidualMaskedMlp;
import io.fluvial.nn.ResidualMlp;
import io.fluvial.scalar.Affine;
import io.fluvial.scalar.Bernstein;
import io.fluvial.scalar.CubicSpline;
import io.fluvial.scalar.DeepSigmoidal;
import io.fluvial.scalar.Exp;
import io.fluvial.scalar.Gaussianization;
import io.fluvial.scalar.InverseSoftplus;
import io.fluvial.scalar.LinearRationalSpline;
import io.fluvial.scalar.LinearSpline;
import io.fluvial.scalar.Log;
import io.fluvial.scalar.LogScale;
import io.fluvial.scalar.Logit;
import io.fluvial.scalar.MixtureOfLogistics;
import io.fluvial.scalar.PositiveIntegral;
import io.fluvial.scalar.QuadraticSpline;
import io.fluvial.scalar.RationalQuadraticSpline;
import io.fluvial.scalar.Shift;
import io.fluvial.scalar.Sigmoid;
import io.fluvial.scalar.SinhArcsinh;
import io.fluvial.scalar.Softplus;
import io.fluvial.scalar.SumOfSquares;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The records that a description may name, and nothing else is ever constructed from one. Immutable.
///
/// A record of your own takes part with `Registry.shipped().with("MyMap", MyMap.class)`, when writing and when reading.
public final class Registry {

    private static final Registry SHIPPED = new Registry(Map.of(), Map.of())
            .with("Flow", Flow.class)
            // bijectors
            .with("ActNorm", ActNorm.class)
            .with("Autoregressive", Autoregressive.class)
            .with("BatchNorm", BatchNorm.class)
            .with("BlockAutoregressive", BlockAutoregressive.class)
            .with("Chain", Chain.class)
            .with("Coupling", Coupling.class)
            .with("Elementwise", Elementwise.class)
            .with("Householder", Householder.class)
            .with("Inverted", Inverted.class)
            .with("LuLinear", LuLinear.class)
            .with("Mask", Mask.class)
            .with("Orthogonal", Orthogonal.class)
            .with("Permutation", Permutation.class)
            .with("QrLinear", QrLinear.class)
            .with("Standardization", Standardization.class)
            .with("SvdLinear", SvdLinear.class)
            // scalar maps
            .with("Affine", Affine.class)
            .with("Bernstein", Bernstein.class)
            .with("DeepSigmoidal", DeepSigmoidal.class)
            .with("CubicSpline", CubicSpline.class)
            .with("Exp", Exp.class)
            .with("Gaussianization", Gaussianization.class)
            .with("InverseSoftplus", InverseSoftplus.class)
            .with("LinearRationalSpline", LinearRationalSpline.class)
            .with("LinearSpline", LinearSpline.class)
            .with("Log", Log.class)
            .with("Logit", Logit.class)
            .with("MixtureOfLogistics", MixtureOfLogistics.class)
            .with("PositiveIntegral", PositiveIntegral.class)
            .with("QuadraticSpline", QuadraticSpline.class)
            .with("RationalQuadraticSpline", RationalQuadraticSpline.class)
            .with("Shift", Shift.class)
            .with("Sigmoid", Sigmoid.class)
            .with("SinhArcsinh", SinhArcsinh.class)
            .with("SumOfSquares", SumOfSquares.class)
            .with("Softplus", Softplus.class)
            .with("LogScale.Sigmoid", LogScale.Sigmoid.class)
            .with("LogScale.SoftClip", LogScale.SoftClip.class)
            .with("LogScale.Softplus", LogScale.Softplus.class)
            .with("LogScale.Tanh", LogScale.Tanh.class)
            // networks
            .with("Adjacency", Adjacency.class)
            .with("Order", Order.class)
            .with("FreeParameters", FreeParameters.class)
            .with("MaskedMlp", MaskedMlp.class)
            .with("Mlp", Mlp.class)
            .with("ResidualMaskedMlp", ResidualMaskedMlp.class)
            .with("ResidualMlp", ResidualMlp.class)
            // base distributions
            .with("AdaptiveBox", AdaptiveBox.class)
            .with("DiagonalNormal", DiagonalNormal.class)
            .with("NormalMixture", NormalMixture.class)
            .with("Parametric", Parametric.class)
            .with("StandardNormal", StandardNormal.class)
            .with("StudentT", StudentT.class)
            .with("UniformBox", UniformBox.class);

    private final Map<String, Class<? extends Record>> byName;
    private final Map<Class<? extends Record>, String> byType;

    private Registry(Map<String, Class<? extends Record>> byName, Map<Class<? extends Record>, String> byType) {
        this.byName = byName;
        this.byType = byType;
    }

    /// Everything that Fluvial ships.
    public static Registry shipped() {
        return SHIPPED;
    }

    /// This registry and one more record. Names and types are each used once.
    ///
    /// @param name how descriptions name it; it must not change as long as files with it are to be read
    public Registry with(String name, Class<? extends Record> type) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("the name of " + type.getName() + " is blank");
        }
        if (byName.containsKey(name)) {
            throw new IllegalArgumentException("\"" + name + "\" already names "
                    + byName.get(name).getName() + ": register " + type.getName() + " under another name");
        }
        if (byType.containsKey(type)) {
            throw new IllegalArgumentException(
                    type.getName() + " is already registered as \"" + byType.get(type) + "\"");
        }
        DescriptionType.checkComponents(type);
        Map<String, Class<? extends Record>> names = new LinkedHashMap<>(byName);
        Map<Class<? extends Record>, String> types = new LinkedHashMap<>(byType);
        names.put(name, type);
        types.put(type, name);
        return new Registry(names, types);
    }

    /// All names, in the order of their registration.
    public Collection<String> names() {
        return Collections.unmodifiableCollection(byName.keySet());
    }

    @Nullable
    Class<? extends Record> type(String name) {
        return byName.get(name);
    }

    @Nullable
    String name(Class<?> type) {
        return byType.get(type);
    }
}
