package io.fluvial.testkit;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.ScalarConstraint;
import io.fluvial.distribution.Gamma;
import io.fluvial.distribution.Parameterized;
import io.fluvial.distribution.ScalarDistribution;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The contract finds what is wrong: one small fault at a time, in a gamma distribution that is right otherwise.
class ScalarDistributionContractTest {

    /// Faults, each with the part of the contract that has to find it.
    enum Fault {
        DENSITY_A_LITTLE_HIGH(ScalarDistributionContract::densityIntegratesToOne),
        CDF_OFF_IN_THE_TAIL(ScalarDistributionContract::distributionFunctionIsTheIntegralOfTheDensity),
        SURVIVAL_BY_SUBTRACTION(ScalarDistributionContract::distributionFunctionIsTheIntegralOfTheDensity),
        SURVIVAL_OFF(ScalarDistributionContract::cdfAndSurvivalAddToOne),
        QUANTILE_OFF(ScalarDistributionContract::quantileOfCdfIsIdentity),
        QUANTILE_OFF_TOO(ScalarDistributionContract::quantileIsTheSmallestThatReachesItsProbability),
        QUANTILE_OUTSIDE(ScalarDistributionContract::quantilesAtTheEndsAndOutside),
        DENSITY_OUTSIDE(ScalarDistributionContract::densityOutsideOfTheSupportIsZero),
        GRADIENT_OUTSIDE(ScalarDistributionContract::densityOutsideOfTheSupportIsZero),
        PARAMETER_GRADIENT_OUTSIDE(ScalarDistributionContract::densityOutsideOfTheSupportIsZero),
        NAN_LOST(ScalarDistributionContract::nanStaysNan),
        MEAN_OFF(ScalarDistributionContract::meanIsTheIntegral),
        VARIANCE_OFF(ScalarDistributionContract::varianceIsTheIntegral),
        ENTROPY_OFF(ScalarDistributionContract::entropyIsTheIntegral),
        MODE_OFF(ScalarDistributionContract::densityIsHighestAtTheMode),
        GRADIENT_OFF(ScalarDistributionContract::gradientIsTheDerivative),
        PARAMETER_GRADIENT_OFF(ScalarDistributionContract::parameterGradientIsTheDerivative),
        BATCH_DIFFERS(ScalarDistributionContract::batchAndSingleFormsAgree),
        DRAWS_OUTSIDE(ScalarDistributionContract::drawsAreInTheSupportAndDependOnTheSeedAlone),
        DRAWS_SCALED(ScalarDistributionContract::drawsFollowTheDistributionFunction);

        @SuppressWarnings("ImmutableEnumChecker") // method references without state
        private final Consumer<ScalarDistributionContract> finds;

        Fault(Consumer<ScalarDistributionContract> finds) {
            this.finds = finds;
        }
    }

    /// A gamma distribution with one fault.
    private record Faulty(Gamma right, Fault fault) implements ScalarDistribution, Parameterized<Faulty> {

        private boolean is(Fault which) {
            return fault == which;
        }

        @Override
        public ScalarConstraint support() {
            return right.support();
        }

        @Override
        public double logProb(double x) {
            if (is(Fault.DENSITY_OUTSIDE) && x < 0) {
                return -700;
            }
            if (is(Fault.NAN_LOST) && Double.isNaN(x)) {
                return Double.NEGATIVE_INFINITY;
            }
            return right.logProb(x) + (is(Fault.DENSITY_A_LITTLE_HIGH) ? 1e-8 : 0);
        }

        @Override
        public void logProb(double[] x, int lanes, double[] out) {
            for (int i = 0; i < lanes; i++) {
                out[i] = logProb(x[i]) + (is(Fault.BATCH_DIFFERS) && i == 1 ? 1e-12 : 0);
            }
        }

        @Override
        public double gradient(double x) {
            if (is(Fault.GRADIENT_OUTSIDE) && x == Double.POSITIVE_INFINITY) {
                return -right.rate();
            }
            return right.gradient(x) * (is(Fault.GRADIENT_OFF) ? 1 + 1e-5 : 1);
        }

        @Override
        public double cdf(double x) {
            return right.cdf(x) * (is(Fault.CDF_OFF_IN_THE_TAIL) && x < 1e-3 ? 1 + 1e-6 : 1);
        }

        @Override
        public double survival(double x) {
            if (is(Fault.SURVIVAL_BY_SUBTRACTION)) {
                return 1 - right.cdf(x);
            }
            return right.survival(x) * (is(Fault.SURVIVAL_OFF) ? 1 - 1e-11 : 1);
        }

        @Override
        public double quantile(double p) {
            if (is(Fault.QUANTILE_OUTSIDE) && p > 1) {
                return Double.POSITIVE_INFINITY;
            }
            boolean off = is(Fault.QUANTILE_OFF) || is(Fault.QUANTILE_OFF_TOO);
            return right.quantile(p) * (off ? 1 + 1e-10 : 1);
        }

        @Override
        public double sample(RandomGenerator random) {
            double x = right.sample(random);
            return is(Fault.DRAWS_OUTSIDE) && x < 0.2 ? -x : is(Fault.DRAWS_SCALED) ? 1.03 * x : x;
        }

        @Override
        public double mean() {
            return right.mean() * (is(Fault.MEAN_OFF) ? 1 + 1e-7 : 1);
        }

        @Override
        public double variance() {
            return right.variance() * (is(Fault.VARIANCE_OFF) ? 1 + 1e-7 : 1);
        }

        @Override
        public double mode() {
            return right.mode() * (is(Fault.MODE_OFF) ? 1.5 : 1);
        }

        @Override
        public double entropy() {
            return right.entropy() + (is(Fault.ENTROPY_OFF) ? 1e-7 : 0);
        }

        @Override
        public double[] parameters() {
            return right.parameters();
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
            if (is(Fault.PARAMETER_GRADIENT_OUTSIDE) && x[0] < 0) {
                gTheta[0] = 0;
            }
            gTheta[1] *= is(Fault.PARAMETER_GRADIENT_OFF) ? 1 + 1e-5 : 1;
        }
    }

    private static ScalarDistributionContract contract(Fault fault) {
        return new ScalarDistributionContract() {
            @Override
            protected ScalarDistribution subject() {
                return new Faulty(Gamma.ofShapeRate(2.5, 3), fault);
            }
        };
    }

    @ParameterizedTest
    @EnumSource
    void faultIsFound(Fault fault) {
        assertThrows(AssertionError.class, () -> fault.finds.accept(contract(fault)));
    }

    /// A moment that is finite may not be declared away.
    @Test
    void absentMomentMustBeAbsent() {
        ScalarDistributionContract contract = new ScalarDistributionContract() {
            @Override
            protected ScalarDistribution subject() {
                return Gamma.ofShapeRate(2.5, 3);
            }

            @Override
            protected Set<Moment> without() {
                return EnumSet.of(Moment.MEAN);
            }
        };
        assertThrows(AssertionError.class, contract::meanIsTheIntegral);
    }
}
