package io.fluvial.testkit;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.DoubleUnaryOperator;

/// Integrals over finite intervals in double precision: the 15-point rule of Kronrod with the 7-point rule of Gauss
/// inside it as its check, halving the worst interval until the whole is good (Piessens et al. 1983, QUADPACK,
/// section 2.2). Kinks, jumps and integrable singularities cost halvings, not accuracy.
///
/// An interval that reaches over orders of magnitude of the distance from an end of the support is integrated over
/// the logarithm of that distance.
final class GaussKronrod {

    /// Relative to ∫ |f|: a hundredth of what the contract allows.
    private static final double TOLERANCE = 1e-12;

    private static final int MOST_INTERVALS = 4000;

    /// Nodes on the positive side and weights, from the roots of P₇ and of Stieltjes' E₈, computed to 50 digits.
    private static final double[] NODE = {
        0.99145537112081263921,
        0.94910791234275852453,
        0.86486442335976907279,
        0.74153118559939443986,
        0.58608723546769113029,
        0.40584515137739716691,
        0.20778495500789846760,
        0
    };

    private static final double[] KRONROD = {
        0.022935322010529224964,
        0.063092092629978553291,
        0.10479001032225018384,
        0.14065325971552591875,
        0.16900472663926790283,
        0.19035057806478540991,
        0.20443294007529889241,
        0.20948214108472782801
    };

    /// Of nodes 1, 3, 5 and 7.
    private static final double[] GAUSS = {
        0.12948496616886969327, 0.2797053914892766679, 0.38183005050511894495, 0.41795918367346938776
    };

    private record Piece(double low, double high, double value, double size, double error) {}

    private final DoubleUnaryOperator f;

    private GaussKronrod(DoubleUnaryOperator f) {
        this.f = f;
    }

    /// ∫ f from `low` to `high`, both finite.
    ///
    /// @param lower end of the support of f, may be −∞
    /// @param upper end of the support of f, may be ∞
    static double integrate(DoubleUnaryOperator f, double low, double high, double lower, double upper) {
        double from = Double.isInfinite(lower) && low > 0 ? 0 : lower;
        double to = Double.isInfinite(upper) && high < 0 ? 0 : upper;
        if (Double.isFinite(from) && low > from && (high - from) / 8 > low - from) {
            DoubleUnaryOperator above = t -> f.applyAsDouble(from + Math.exp(t)) * Math.exp(t);
            return new GaussKronrod(above).integrate(Math.log(low - from), Math.log(high - from));
        }
        if (Double.isFinite(to) && high < to && (to - low) / 8 > to - high) {
            DoubleUnaryOperator below = t -> f.applyAsDouble(to - Math.exp(t)) * Math.exp(t);
            return new GaussKronrod(below).integrate(Math.log(to - high), Math.log(to - low));
        }
        return new GaussKronrod(f).integrate(low, high);
    }

    private double integrate(double low, double high) {
        PriorityQueue<Piece> pieces =
                new PriorityQueue<>(Comparator.comparingDouble(Piece::error).reversed());
        Piece whole = piece(low, high);
        pieces.add(whole);
        double size = whole.size();
        double error = whole.error();
        while (error > TOLERANCE * size && pieces.size() < MOST_INTERVALS) {
            Piece worst = pieces.remove();
            double middle = 0.5 * (worst.low() + worst.high());
            Piece left = piece(worst.low(), middle);
            Piece right = piece(middle, worst.high());
            pieces.add(left);
            pieces.add(right);
            size += left.size() + right.size() - worst.size();
            error += left.error() + right.error() - worst.error();
        }
        double sum = 0;
        for (Piece piece : pieces) {
            sum += piece.value();
        }
        return sum;
    }

    private Piece piece(double low, double high) {
        double centre = 0.5 * (low + high);
        double half = 0.5 * (high - low);
        double middle = f.applyAsDouble(centre);
        double kronrod = KRONROD[7] * middle;
        double gauss = GAUSS[3] * middle;
        double size = Math.abs(kronrod);
        for (int k = 0; k < 7; k++) {
            double below = f.applyAsDouble(centre - half * NODE[k]);
            double above = f.applyAsDouble(centre + half * NODE[k]);
            kronrod += KRONROD[k] * (below + above);
            size += KRONROD[k] * (Math.abs(below) + Math.abs(above));
            if (k % 2 == 1) {
                gauss += GAUSS[k / 2] * (below + above);
            }
        }
        return new Piece(low, high, half * kronrod, half * size, half * Math.abs(kronrod - gauss));
    }
}
