package io.fluvial.examples.tenfold;

import io.fluvial.BaseDistribution;
import io.fluvial.Conditioner;
import io.fluvial.Flow;
import io.fluvial.base.StandardNormal;
import io.fluvial.base.StudentT;
import io.fluvial.flows.AutoregressiveFlow;
import io.fluvial.flows.CouplingFlow;
import io.fluvial.flows.Flows;
import io.fluvial.nn.Activation;
import io.fluvial.nn.MaskedMlp;
import io.fluvial.nn.Mlp;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Makes a flow of a size. A flow that can be asked for by name is one line in [#ALL].
@FunctionalInterface
interface Preset {

    /// What all presets are told.
    record Size(int dim, int layers, List<Integer> hidden, double dropout, Base base) {

        /// Networks of this size.
        Conditioner.Factory networks() {
            return Mlp.factory(hidden, Activation.RELU, dropout);
        }

        /// The base distribution of this name.
        BaseDistribution distribution() {
            return switch (base) {
                case NORMAL -> StandardNormal.of(dim);
                case STUDENT -> StudentT.of(dim);
            };
        }

        /// These sizes for a flow of autoregressive layers.
        Flow of(AutoregressiveFlow layered) {
            return layered.withLayers(layers)
                    .withNetwork(MaskedMlp.factory(hidden, Activation.RELU, dropout))
                    .withBase(distribution())
                    .build();
        }

        /// These sizes for a flow of couplings.
        Flow of(CouplingFlow couplings) {
            return couplings
                    .withLayers(layers)
                    .withNetwork(networks())
                    .withBase(distribution())
                    .build();
        }
    }

    /// The base distributions.
    enum Base {
        NORMAL,
        /// Heavy tails, for tables with outliers: a smooth flow cannot make them out of a normal.
        STUDENT
    }

    Flow build(Size size);

    Map<String, Preset> ALL = new TreeMap<>(Map.of(
            "maf", s -> s.of(Flows.mafWith(s.dim())),
            "nice", s -> s.of(Flows.niceWith(s.dim())),
            "nsf", s -> s.of(Flows.nsfCouplingWith(s.dim())),
            "nsf-ar", s -> s.of(Flows.nsfAutoregressiveWith(s.dim())),
            "realnvp", s -> s.of(Flows.realNvpWith(s.dim()))));

    static Flow build(String name, Size size) {
        Preset preset = ALL.get(name);
        if (preset == null) {
            throw new IllegalArgumentException(
                    "there is no flow \"" + name + "\"; --flow takes one of " + String.join(", ", ALL.keySet()));
        }
        return preset.build(size);
    }
}
