package io.fluvial.train;

import io.fluvial.ParameterLayout;
import java.util.ArrayList;
import java.util.List;

/// The trainable parameters, cut into ranges of a size that suits a cache and a thread; each either decays or does
/// not.
final class TrainableRanges {

    /// A sixteenth of the parameters, so that threads get equal shares, between these.
    private static final int SHORTEST = 1_024;

    private static final int LONGEST = 16_384;
    private static final int PIECES = 16;

    private record Range(int from, int to, boolean decays) {}

    private final int longest;
    private final List<Range> ranges = new ArrayList<>();

    /// @param decay whether weights decay: then ranges end where weights do
    TrainableRanges(ParameterLayout layout, boolean decay) {
        this.longest = Math.clamp(layout.size() / PIECES & -PIECES, SHORTEST, LONGEST);
        int from = 0;
        int to = 0;
        boolean decays = false;
        for (ParameterLayout.Slice slice : layout.slices()) {
            boolean decaying = decay && slice.name().endsWith("weight");
            boolean joins = slice.trainable() && slice.offset() == to && (decaying == decays || from == to);
            if (!joins) {
                add(from, to, decays);
                from = slice.offset();
            }
            decays = decaying;
            to = slice.trainable() ? slice.offset() + slice.size() : from;
        }
        add(from, to, decays);
    }

    private void add(int from, int to, boolean decays) {
        for (int start = from; start < to; start += longest) {
            ranges.add(new Range(start, Math.min(to, start + longest), decays));
        }
    }

    int count() {
        return ranges.size();
    }

    int from(int range) {
        return ranges.get(range).from();
    }

    int to(int range) {
        return ranges.get(range).to();
    }

    boolean decays(int range) {
        return ranges.get(range).decays();
    }
}
