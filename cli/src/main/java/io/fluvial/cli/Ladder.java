package io.fluvial.cli;

import java.util.ArrayList;
import java.util.List;

/// The sizes that `--flow auto` tries for a table: small ones with dropout where rows are few, wider ones where there
/// are many. The most likely to win stands first, since a short time leaves no more than a few.
final class Ladder {

    /// A size of a flow.
    record Size(int layers, int width, double dropout) {

        List<Integer> hidden() {
            return List.of(width, width);
        }
    }

    private Ladder() {}

    /// @param columns features and context
    /// @param rows to train on
    static List<Size> sizes(int columns, int rows) {
        if (rows < 5_000) {
            return List.of(new Size(8, 64, 0.2), new Size(4, 32, 0.1), new Size(8, 128, 0.3));
        }
        if (rows < 50_000) {
            return List.of(new Size(8, 64, 0), new Size(8, 128, 0.1), new Size(4, 64, 0));
        }
        int width = columns < 16 ? 128 : 256;
        return List.of(new Size(8, width, 0), new Size(12, 2 * width, 0), new Size(6, width / 2, 0));
    }

    /// What to try: every kind's first size, then every kind's second one, and so on.
    static List<Candidate> candidates(int columns, int rows) {
        List<Size> sizes = sizes(columns, rows);
        List<Candidate> candidates = new ArrayList<>();
        for (int k = 0; k < sizes.size(); k++) {
            Size size = sizes.get(k);
            for (String kind : FlowKinds.kindsWithSizes(k + 1)) {
                candidates.add(new Candidate(kind, size.layers(), size.hidden(), size.dropout()));
            }
        }
        return candidates;
    }
}
