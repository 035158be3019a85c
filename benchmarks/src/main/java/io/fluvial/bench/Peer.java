package io.fluvial.bench;

import io.fluvial.Flow;
import io.fluvial.Samples;
import io.fluvial.benchmarks.FlowSize;
import io.fluvial.train.TrainingStep;

/// Another library that takes part in `fluvial bench`: found by [java.util.ServiceLoader], it does the same work with
/// the same flow, numbers and data as ours, in the same JVM and in turns with it.
public interface Peer {

    /// One word, such as `libtorch`.
    String name();

    String version();

    /// Whether it has this flow.
    boolean knows(FlowSize size, FlowSize.Family family);

    Work work(Task task);

    /// What is to be done. Everything follows from the size and the family, so that all do the same.
    ///
    /// @param rows scored in one call
    /// @param threads as many as it may use; it must not use more
    record Task(FlowSize size, FlowSize.Family family, int rows, int threads) {

        public Flow flow() {
            return size.flow(family);
        }

        /// The numbers of the flow that scores, and those from which training starts.
        public float[] theta() {
            return size.randomParameters(family);
        }

        public Samples scored() {
            return size.samples(rows);
        }

        public Samples trained() {
            return size.samples(TrainingStep.ROWS);
        }

        /// Batches are `size.batch()` numbers after the other from here, again and again. They never straddle the end.
        public int[] order() {
            return TrainingStep.order();
        }
    }

    /// A task made ready. Used by one thread; calls take turns with those of others.
    interface Work extends AutoCloseable {

        /// The log-densities of all rows; the array may be the same every time.
        float[] logProb();

        float logProb(float[] row);

        boolean trains();

        /// One step on the next batch: the gradient of the mean log-density, cut to norm 5, and
        /// Adam with rate 1e-5 and its usual constants. Returns the batch's sum of log-densities
        /// before the step. Scoring does not see it.
        ///
        /// @throws UnsupportedOperationException where this peer does not train
        double train();

        @Override
        void close();
    }
}
