package io.fluvial.cli;

import io.fluvial.Conditioner;
import io.fluvial.nn.Activation;
import io.fluvial.nn.AutoregressiveConditioner;
import io.fluvial.nn.MaskedMlp;
import io.fluvial.nn.Mlp;
import io.fluvial.nn.ResidualMaskedMlp;
import io.fluvial.nn.ResidualMlp;
import java.util.List;

/// The networks that the options ask for, as any kind of flow needs them.
///
/// @param widths of the hidden layers; equal and even in number where residual
record Network(List<Integer> widths, Activation activation, double dropout, Kind kind) {

    enum Kind {
        PLAIN,
        RESIDUAL
    }

    Conditioner.Factory coupling() {
        return switch (kind) {
            case PLAIN -> Mlp.factory(widths, activation, dropout);
            case RESIDUAL -> ResidualMlp.factory(widths.getFirst(), widths.size() / 2, activation, dropout);
        };
    }

    AutoregressiveConditioner.Factory autoregressive() {
        return switch (kind) {
            case PLAIN -> MaskedMlp.factory(widths, activation, dropout);
            case RESIDUAL -> ResidualMaskedMlp.factory(widths.getFirst(), widths.size() / 2, activation, dropout);
        };
    }
}
