package io.fluvial.testkit;

import io.fluvial.BaseDistribution;
import io.fluvial.Bijector;
import io.fluvial.Conditioner;
import io.fluvial.ParameterLayout;
import io.fluvial.Pass;
import io.fluvial.Pullback;
import io.fluvial.Workspace;

/// What bijectors, conditioners and distributions have in common for a test: rows in, rows out, one number per lane
/// that is added up, and a pullback of both.
interface Stage {

    int inputs();

    int outputs();

    int contextDim();

    ParameterLayout parameters();

    Pass place(Workspace w, int x, int y, int theta);

    void forward(Pass p);

    void forwardVjp(Pass p, Pullback g);

    default void inverse(Pass p) {
        throw new UnsupportedOperationException("only a bijector has an inverse");
    }

    default void inverseVjp(Pass p, Pullback g) {
        throw new UnsupportedOperationException("only a bijector has an inverse");
    }

    static Stage of(Bijector bijector) {
        return new OfBijector(bijector);
    }

    static Stage of(Conditioner conditioner) {
        return new OfConditioner(conditioner);
    }

    static Stage of(BaseDistribution distribution) {
        return new OfDistribution(distribution);
    }

    record OfBijector(Bijector bijector) implements Stage {
        @Override
        public int inputs() {
            return bijector.dim();
        }

        @Override
        public int outputs() {
            return bijector.dim();
        }

        @Override
        public int contextDim() {
            return bijector.contextDim();
        }

        @Override
        public ParameterLayout parameters() {
            return bijector.parameters();
        }

        @Override
        public Pass place(Workspace w, int x, int y, int theta) {
            return bijector.place(w, x, y, theta);
        }

        @Override
        public void forward(Pass p) {
            bijector.forward(p);
        }

        @Override
        public void forwardVjp(Pass p, Pullback g) {
            bijector.forwardVjp(p, g);
        }

        @Override
        public void inverse(Pass p) {
            bijector.inverse(p);
        }

        @Override
        public void inverseVjp(Pass p, Pullback g) {
            bijector.inverseVjp(p, g);
        }
    }

    record OfConditioner(Conditioner conditioner) implements Stage {
        @Override
        public int inputs() {
            return conditioner.inputDim();
        }

        @Override
        public int outputs() {
            return conditioner.outputDim();
        }

        @Override
        public int contextDim() {
            return 0;
        }

        @Override
        public ParameterLayout parameters() {
            return conditioner.parameters();
        }

        @Override
        public Pass place(Workspace w, int x, int y, int theta) {
            return conditioner.place(w, x, y, theta);
        }

        @Override
        public void forward(Pass p) {
            conditioner.forward(p);
        }

        @Override
        public void forwardVjp(Pass p, Pullback g) {
            conditioner.forwardVjp(p, g);
        }
    }

    record OfDistribution(BaseDistribution distribution) implements Stage {
        @Override
        public int inputs() {
            return distribution.dim();
        }

        @Override
        public int outputs() {
            return 0;
        }

        @Override
        public int contextDim() {
            return distribution.contextDim();
        }

        @Override
        public ParameterLayout parameters() {
            return distribution.parameters();
        }

        @Override
        public Pass place(Workspace w, int x, int y, int theta) {
            return distribution.place(w, x, theta);
        }

        @Override
        public void forward(Pass p) {
            distribution.logProb(p);
        }

        @Override
        public void forwardVjp(Pass p, Pullback g) {
            distribution.logProbVjp(p, g);
        }
    }
}
