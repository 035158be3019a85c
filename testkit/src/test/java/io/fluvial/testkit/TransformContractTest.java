package io.fluvial.testkit;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Shape;
import io.fluvial.constraint.Sphere;
import io.fluvial.transform.StickBreaking;
import io.fluvial.transform.Transform;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The contracts of transforms and constraints find mistakes: each of these makes a certain test fail, by a millionth.
class TransformContractTest {

    private static final double OFF = 1 + 1e-6;

    enum Mistake {
        NONE,
        LOG_DET,
        INVERSE,
        AGAIN,
        GRADIENT,
        GRADIENT_OF_LOG_DET,
        GRADIENT_BACK,
        INVERTED,
        CODOMAIN,
        ALIAS,
        NAN,
        FAR_OUT;

        /// The test that is to find it.
        void find(TransformContract contract) {
            switch (this) {
                case LOG_DET -> contract.logDetIsThatOfDifferences();
                case INVERSE -> contract.inverseOfForwardIsIdentity();
                case AGAIN -> contract.forwardOfInverseIsIdentity();
                case NONE, GRADIENT, GRADIENT_OF_LOG_DET -> contract.pullbackIsThatOfDifferences();
                case GRADIENT_BACK -> contract.inversePullbackIsThatOfTheInverse();
                case INVERTED -> contract.invertedIsTheInverse();
                case CODOMAIN -> contract.imagesLieInTheCodomain();
                case ALIAS -> contract.argumentsAreRead();
                case NAN -> contract.nanStaysNan();
                case FAR_OUT -> contract.extremesDoNotBecomeNan();
            }
        }
    }

    /// Stick breaking with a mistake.
    private record Wrong(Mistake mistake, Transform right) implements Transform {

        private double off(Mistake... mistakes) {
            return List.of(mistakes).contains(mistake) ? OFF : 1;
        }

        @Override
        public Constraint domain() {
            return right.domain();
        }

        @Override
        public Constraint codomain() {
            return mistake == Mistake.CODOMAIN ? new Sphere(3) : right.codomain();
        }

        @Override
        public void forward(double[] x, double[] y) {
            if (mistake == Mistake.NAN && Double.isNaN(x[1])) {
                right.forward(new double[] {x[0], 0}, y);
            } else {
                right.forward(x, y);
            }
        }

        @Override
        public void inverse(double[] y, double[] x) {
            right.inverse(y, x);
            x[1] *= off(Mistake.INVERSE, Mistake.AGAIN, Mistake.INVERTED);
            if (mistake == Mistake.ALIAS) {
                y[0] = 0;
            }
        }

        @Override
        public double logDet(double[] x, double[] y) {
            double logDet = off(Mistake.LOG_DET) * right.logDet(x, y);
            return mistake == Mistake.FAR_OUT && x[0] > 700 ? Double.NaN : logDet;
        }

        @Override
        public void pullback(double[] x, double[] y, double[] gY, double gLogDet, double[] gX) {
            right.pullback(x, y, gY, gLogDet * off(Mistake.GRADIENT_OF_LOG_DET), gX);
            gX[0] *= off(Mistake.GRADIENT);
        }

        @Override
        public void inversePullback(double[] x, double[] y, double[] gX, double[] gY) {
            right.inversePullback(x, y, gX, gY);
            gY[1] *= off(Mistake.GRADIENT_BACK);
        }

        @Override
        public Transform inverted() {
            return mistake == Mistake.INVERTED ? right.inverted() : Transform.super.inverted();
        }
    }

    private static TransformContract contract(Mistake mistake) {
        return new TransformContract() {
            @Override
            protected Transform subject() {
                return new Wrong(mistake, new StickBreaking(3));
            }

            @Override
            protected int[] freeNumbers() {
                return new int[] {0, 1};
            }
        };
    }

    @ParameterizedTest
    @EnumSource(value = Mistake.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void mistakesAreFound(Mistake mistake) {
        assertThrows(AssertionError.class, () -> mistake.find(contract(mistake)));
    }

    @ParameterizedTest
    @EnumSource(value = Mistake.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void withoutMistakesTheTestsPass(Mistake mistake) {
        mistake.find(contract(Mistake.NONE));
    }

    /// A set that forgets a bound, refuses without words, and takes NaN.
    private record Careless() implements Constraint {

        @Override
        public Shape shape() {
            return Shape.of(2);
        }

        @Override
        public @Nullable String violation(double[] event) {
            return event[0] < 0 ? "no" : null;
        }
    }

    @Test
    void carelessConstraintsAreFound() {
        ConstraintContract contract = new ConstraintContract() {
            @Override
            protected Constraint subject() {
                return new Careless();
            }

            @Override
            protected List<double[]> members() {
                return List.of(new double[] {1, 1});
            }

            @Override
            protected List<double[]> outsiders() {
                return List.of(new double[] {-1, 1});
            }
        };
        contract.membersAreContained();
        assertThrows(AssertionError.class, contract::outsidersAreRefusedInOneGoodLine);
        assertThrows(AssertionError.class, contract::nanAndInfinityAreRefused);
        assertThrows(Throwable.class, contract::wrongSizesAreRefused);
        assertThrows(IllegalArgumentException.class, contract::bijectionLeadsIntoTheSet);
    }
}
