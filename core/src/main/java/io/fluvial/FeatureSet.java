package io.fluvial;

import java.util.Arrays;
import java.util.BitSet;

/// Some features of a flow, of which nothing depends on a feature outside.
final class FeatureSet {

    private final int dim;
    private final int[] features;
    private final BitSet set = new BitSet();

    private FeatureSet(int dim, int[] features) {
        this.dim = dim;
        this.features = features.clone();
        for (int j : features) {
            set.set(j);
        }
    }

    static FeatureSet of(Flow flow, int... features) {
        for (int j : features) {
            if (j < 0 || j >= flow.dim()) {
                throw new IllegalArgumentException(
                        "there is no feature " + j + ", the flow has 0 to " + (flow.dim() - 1));
            }
        }
        FeatureSet known = new FeatureSet(flow.dim(), features);
        if (known.set.cardinality() < features.length) {
            throw new IllegalArgumentException("a feature is named twice: " + Arrays.toString(features));
        }
        var dependences = flow.dependences();
        for (int j : features) {
            BitSet outside = (BitSet) dependences.get(j).clone();
            outside.andNot(known.set);
            if (!outside.isEmpty()) {
                throw new IllegalArgumentException("feature " + j + " depends on " + outside + ", which "
                        + (outside.cardinality() == 1 ? "is" : "are") + " not among " + Arrays.toString(features)
                        + ": exact answers need all of them; with a common order, take its first features");
            }
        }
        return known;
    }

    BitSet set() {
        return set;
    }

    int size() {
        return features.length;
    }

    /// All features, these with their values and the others zero, which no term of these looks at.
    Samples complete(Samples values) {
        if (values.dim() != features.length) {
            throw new IllegalArgumentException("the values have " + values.dim() + " features, expected "
                    + features.length + ": " + Arrays.toString(features));
        }
        float[][] all = new float[dim][];
        for (int k = 0; k < features.length; k++) {
            all[features[k]] = values.column(k);
        }
        for (int j = 0; j < dim; j++) {
            if (!set.get(j)) {
                all[j] = new float[values.count()];
            }
        }
        return Samples.wrap(all);
    }

    /// The sum of the terms of these features, or of the others.
    double[] sum(double[][] terms, boolean others) {
        double[] sum = new double[terms[0].length];
        for (int j = 0; j < dim; j++) {
            if (set.get(j) != others) {
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += terms[j][i];
                }
            }
        }
        return sum;
    }

    /// These features of samples of all.
    Samples of(Samples all) {
        return all.features(features);
    }
}
