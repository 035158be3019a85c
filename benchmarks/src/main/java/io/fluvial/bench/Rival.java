package io.fluvial.bench;

import io.fluvial.FlowModel;
import io.fluvial.train.TrainingStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;

/// A [Peer]'s work for one number of threads, after it was found to compute what we compute.
record Rival(String name, Peer.Work work, OneRow oneRow) {

    /// Single precision: two correct libraries differ by a few units in the last place of every layer.
    private static final double ABSOLUTE = 1e-4;

    private static final double RELATIVE = 1e-5;

    /// The peers on the class path, by name.
    static List<Peer> peers() {
        List<Peer> peers = new ArrayList<>();
        ServiceLoader.load(Peer.class).forEach(peers::add);
        peers.sort((a, b) -> a.name().compareTo(b.name()));
        return peers;
    }

    /// Those that know the flow, compared with `model` and a first training step.
    ///
    /// @throws IllegalStateException where one finds other densities
    static List<Rival> of(List<Peer> peers, Peer.Task task, FlowModel model, TrainingStep step) {
        if (peers.isEmpty()) {
            return List.of();
        }
        double[] densities = model.logProb(task.scored());
        double sum = step.run();
        List<Rival> rivals = new ArrayList<>();
        for (Peer peer : peers) {
            if (peer.knows(task.size(), task.family())) {
                Peer.Work work = peer.work(task);
                Rival rival = new Rival(peer.name(), work, new OneRow(work::logProb, task.scored()));
                rival.check(peer, task, densities, sum);
                rivals.add(rival);
            }
        }
        return rivals;
    }

    /// Scores all rows, for the clock.
    double score() {
        float[] densities = work.logProb();
        return densities[densities.length - 1];
    }

    private void check(Peer peer, Peer.Task task, double[] densities, double sum) {
        float[] theirs = work.logProb();
        for (int i = 0; i < densities.length; i++) {
            agree(peer, task, "row " + i, densities[i], theirs[i], 1);
        }
        for (int i = 0; i < Math.min(8, densities.length); i++) {
            agree(
                    peer,
                    task,
                    "row " + i + " alone",
                    densities[i],
                    work.logProb(task.scored().row(i)),
                    1);
        }
        if (work.trains()) {
            // the error of a sum is at most the sum of the errors
            agree(peer, task, "the first batch", sum, work.train(), task.size().batch());
        }
    }

    private static void agree(Peer peer, Peer.Task task, String what, double ours, double theirs, int terms) {
        if (!(Math.abs(ours - theirs) <= ABSOLUTE * terms + RELATIVE * Math.abs(ours))) {
            throw new IllegalStateException(String.format(
                    Locale.ROOT,
                    "%s %s finds log-density %.6f of %s of %s %s, Fluvial %.6f",
                    peer.name(),
                    peer.version(),
                    theirs,
                    what,
                    task.family().flow(),
                    task.size(),
                    ours));
        }
    }
}
