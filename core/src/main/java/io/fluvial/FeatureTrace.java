package io.fluvial;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Follows features through the layers of a flow and notes which of them some layer transforms.
///
/// A chain of couplings whose masks never change moves half of the features only; its other half is modelled by the
/// base distribution alone. The trace makes that mistake visible when the flow is built.
public final class FeatureTrace {

    private static final int MIXED = -1;

    private int[] featureAt;
    private final boolean[] transformed;
    private boolean selective;
    private @Nullable List<BitSet> dependences;

    FeatureTrace(int dim) {
        featureAt = new int[dim];
        transformed = new boolean[dim];
        for (int j = 0; j < dim; j++) {
            featureAt[j] = j;
        }
    }

    /// Also follows which feature depends on which, for [#dependences()].
    FeatureTrace following() {
        dependences = new ArrayList<>();
        for (int j = 0; j < featureAt.length; j++) {
            BitSet own = new BitSet();
            own.set(j);
            dependences.add(own);
        }
        return this;
    }

    /// The layer makes every output a function of every input, or does not keep apart what each adds to the
    /// log-determinant.
    public void mixAll() {
        if (dependences != null) {
            dependences.forEach(all -> all.set(0, featureAt.length));
        }
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

    /// At every position the layer looks also at these other positions, and adds what the position contributes to the
    /// log-determinant to [Pass#logDet(int)].
    ///
    /// @param others asked for only where dependences are followed
    public void look(Supplier<List<BitSet>> others) {
        if (dependences == null) {
            return;
        }
        List<BitSet> seen = others.get();
        List<BitSet> now = new ArrayList<>();
        for (int p = 0; p < featureAt.length; p++) {
            BitSet union = (BitSet) dependences.get(p).clone();
            for (int o = seen.get(p).nextSetBit(0); o >= 0; o = seen.get(p).nextSetBit(o + 1)) {
                union.or(dependences.get(o));
            }
            now.add(union);
        }
        dependences = now;
    }

    /// For every feature those that its latent is a function of, itself included; everything where features have been
    /// moved to other places.
    List<BitSet> dependences() {
        List<BitSet> all = new ArrayList<>(Objects.requireNonNull(dependences, "not followed"));
        for (int j = 0; j < featureAt.length; j++) {
            if (featureAt[j] != j) {
                all.get(j).set(0, featureAt.length);
            }
        }
        return all;
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
        if (dependences != null) {
            List<BitSet> before = dependences;
            dependences = new ArrayList<>(from.stream().map(before::get).toList());
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
