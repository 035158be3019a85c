package io.fluvial.testkit;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fluvial.constraint.Constraint;
import io.fluvial.distribution.Dirichlet;
import io.fluvial.distribution.Distribution;
import io.fluvial.distribution.Parameterized;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The contract finds what is wrong: one fault at a time, in a Dirichlet distribution that is right otherwise.
class MultivariateDistributionContractTest {

    /// Faults, each with the part of the contract that has to find it.
    enum Fault {
        DENSITY_HIGH(MultivariateDistributionContract::densityIntegratesToOne),
        DENSITY_OUTSIDE(MultivariateDistributionContract::densityOutsideOfTheSupportIsZero),
        NAN_LOST(MultivariateDistributionContract::notANumberStaysNotANumber),
        GRADIENT_OFF(MultivariateDistributionContract::gradientIsTheSlopeOfTheDensity),
        PARAMETER_GRADIENT_OFF(MultivariateDistributionContract::parameterGradientIsTheSlopeOfTheDensity),
        PARAMETERS_OFF(MultivariateDistributionContract::parametersComeBack),
        BATCH_DIFFERS(MultivariateDistributionContract::batchesAreTheSameEventByEvent),
        DRAWS_OUTSIDE(MultivariateDistributionContract::drawsAreInTheSupportAndDependOnTheSeedAlone),
        DRAWS_OF_OTHER_CONCENTRATION(MultivariateDistributionContract::scoresOfDrawsHaveMeanZero),
        MEAN_OFF(MultivariateDistributionContract::drawsHaveTheMean),
        VARIANCE_OFF(MultivariateDistributionContract::drawsHaveTheVariance),
        ENTROPY_OFF(MultivariateDistributionContract::entropyIsTheMeanSurpriseOfDraws),
        MODE_OFF(MultivariateDistributionContract::noDrawBeatsTheMode);

        @SuppressWarnings("ImmutableEnumChecker") // a method reference
        private final Consumer<MultivariateDistributionContract> finds;

        Fault(Consumer<MultivariateDistributionContract> finds) {
            this.finds = finds;
        }
    }

    /// A Dirichlet distribution with one fault.
    private record Faulty(Dirichlet right, Fault fault) implements Parameterized<Faulty> {

        private double off(Fault which, double factor) {
            return fault == which ? factor : 1;
        }

        @Override
        public Constraint support() {
            return right.support();
        }

        @Override
        public double logProb(double[] x) {
            double value = right.logProb(x);
            if (fault == Fault.DENSITY_OUTSIDE && value == Double.NEGATIVE_INFINITY) {
                return -700;
            }
            if (fault == Fault.NAN_LOST && Double.isNaN(value)) {
                return Double.NEGATIVE_INFINITY;
            }
            return value + Math.log(off(Fault.DENSITY_HIGH, 1.05));
        }

        @Override
        public void logProb(double[] x, int lanes, double[] out) {
            right.logProb(x, lanes, out);
            out[lanes - 1] *= off(Fault.BATCH_DIFFERS, 1 + 1e-9);
        }

        @Override
        public void gradient(double[] x, double[] gX) {
            right.gradient(x, gX);
            gX[0] *= off(Fault.GRADIENT_OFF, 1 + 1e-5);
        }

        @Override
        public void sample(RandomGenerator random, double[] x) {
            if (fault == Fault.DRAWS_OF_OTHER_CONCENTRATION) {
                right.withParameters(new double[] {2.2, 1.1, 3.85}).sample(random, x); // the mean is the same
            } else {
                right.sample(random, x);
            }
            x[1] *= off(Fault.DRAWS_OUTSIDE, 1.01);
        }

        @Override
        public void mean(double[] out) {
            right.mean(out);
            out[2] *= off(Fault.MEAN_OFF, 1.03);
        }

        @Override
        public void variance(double[] out) {
            right.variance(out);
            out[1] *= off(Fault.VARIANCE_OFF, 1.12);
        }

        @Override
        public void mode(double[] out) {
            right.mode(out);
            out[0] *= off(Fault.MODE_OFF, 0.8);
            out[1] = 1 - out[0] - out[2];
        }

        @Override
        public double entropy() {
            return right.entropy() * off(Fault.ENTROPY_OFF, 1.05);
        }

        @Override
        public double[] parameters() {
            double[] theta = right.parameters();
            theta[0] *= off(Fault.PARAMETERS_OFF, 1.5);
            return theta;
        }

        @Override
        public Constraint parameterSpace() {
            return right.parameterSpace();
        }

        @Override
        public Faulty withParameters(double[] theta) {
            return new Faulty(right.withParameters(theta), fault);
        }

        @Override
        public void parameterGradient(double[] x, double[] gTheta) {
            right.parameterGradient(x, gTheta);
            gTheta[2] *= off(Fault.PARAMETER_GRADIENT_OFF, 1 + 1e-5);
        }
    }

    private static MultivariateDistributionContract contract(Distribution subject) {
        return new MultivariateDistributionContract() {
            @Override
            protected Distribution subject() {
                return subject;
            }
        };
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void faultIsFound(Fault fault) {
        Faulty faulty = new Faulty(Dirichlet.of(2, 1, 3.5), fault);
        assertThrows(AssertionError.class, () -> fault.finds.accept(contract(faulty)));
    }

    @Test
    void nothingIsFoundWhereNothingIsWrong() {
        for (Fault fault : Fault.values()) {
            fault.finds.accept(contract(Dirichlet.of(2, 1, 3.5)));
        }
    }
}
