package io.fluvial.nn;

import io.fluvial.Conditioner;
import io.fluvial.Pass;
import io.fluvial.Pullback;

/// A conditioner whose outputs for one feature look only at the features that a [Dependence] allows (and at the
/// context), and which can therefore also work step by step, as the features become known.
///
/// Its input is `[context, then features by position]`, its output `[features by position, parameterCount each]`, both
/// `× lanes`; positions are those of [Dependence#sequence()].
///
/// All steps together cost what one [Conditioner#forward] costs and leave the same bits: every unit
/// is computed once, as soon as what it looks at is complete.
public interface AutoregressiveConditioner extends Conditioner {

    Dependence dependence();

    /// Conditioning inputs, which stand before the features.
    int contextDim();

    /// Fills the outputs of the features of one step from the context and the features of earlier steps. Steps come in
    /// order from 0; after the last the pass is as [Conditioner#forward] leaves it.
    void forward(Pass p, int step);

    /// Pulls the cotangents of the outputs of one step back to those of the input's rows of earlier steps, added. Steps
    /// come in falling order from the last, which first sets the cotangents of all inputs to zero: when step s is
    /// called, the cotangents of the features of step s that stand in the input are complete.
    void inputVjp(Pass p, Pullback g, int step);

    /// After the last [#inputVjp]: adds to gθ.
    void parameterVjp(Pass p, Pullback g);

    /// Makes an autoregressive conditioner once the layer that needs it knows its structure and sizes.
    @FunctionalInterface
    interface Factory {
        AutoregressiveConditioner of(Dependence dependence, int contextDim, int parametersPerFeature);
    }
}
