package io.fluvial;

/// What a walk leaves behind for the pullback that follows: the hidden values of every layer, or only what they can be
/// computed from again. A matter of memory and time; results are the same to the bit.
public enum Activations {

    /// Every layer has buffers of its own. Memory grows with the number of layers.
    KEPT,

    /// All parts of a [io.fluvial.bijector.Chain] share one set of buffers. Of each part only its
    /// input is kept, a row per feature; the pullback computes each part once more before it goes
    /// back through it: gradient checkpointing (Chen et al. 2016, arXiv:1604.06174) with a checkpoint
    /// at each part. Measured: 14 to 20 % more time per training step with 5 layers, none with 50, whose
    /// hidden values would not stay in the caches (docs/decisions/0010).
    RECOMPUTED
}
