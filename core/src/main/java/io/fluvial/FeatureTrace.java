package io.fluvial;

import java.util.ArrayList;
import java.util.List;

/// Follows features through the layers of a flow and notes which of them some layer transforms.
///
/// A chain of couplings whose masks never change moves half of the features only; its other half is modelled by the
/// base distribution alone. The trace makes that mistake visible when the flow is built.
public final class FeatureTrace {

    private static final int MIXED = -1;

    private int[] featureAt;
    private final boolean[] transformed;
    private boolean selective;

    FeatureTrace(int dim) {
        featureAt = new int[dim];
        transformed = new boolean[dim];
        for (int j = 0; j < dim; j++) {
            featureAt[j] = j;
        }
    }

    /// The layer makes every output a function of every input.
    public void mixAll() {
        for (int j = 0; j < featureAt.length; j++) {
            transformed[j] = true;
            featureAt[j] = MIXED;
        }
    }

    /// The layer transforms what stands at this position and leaves others alone.
    public void transform(int position) {
        if (featureAt[position] != MIXED) {
            transformed[featureAt[position]] = true;
        }
    }

    /// The layer is one that transforms only a part of the features, as a coupling does.
    public void selective() {
        selective = true;
    }

    /// The layer puts input `from[j]` at position j.
    public void permute(List<Integer> from) {
        int[] old = featureAt.clone();
        for (int j = 0; j < old.length; j++) {
            featureAt[j] = old[from.get(j)];
        }
    }

    /// Features that no layer transforms although some layer chooses among features.
    List<Integer> untransformed() {
        List<Integer> missing = new ArrayList<>();
        if (selective) {
            for (int j = 0; j < transformed.length; j++) {
                if (!transformed[j]) {
                    missing.add(j);
                }
            }
        }
        return missing;
    }
}
