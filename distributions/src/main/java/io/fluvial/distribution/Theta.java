package io.fluvial.distribution;

import io.fluvial.constraint.Cat;
import io.fluvial.constraint.Constraint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The parameters of a distribution made of others: a head of its own, then those of every part that is
/// [Parameterized]. Other parts are fixed and contribute nothing.
final class Theta {

    private Theta() {}

    static double[] of(double[] head, List<? extends Distribution> parts) {
        double[] theta = head.clone();
        for (Distribution part : parts) {
            if (part instanceof Parameterized<?> p) {
                double[] own = p.parameters();
                int at = theta.length;
                theta = Arrays.copyOf(theta, at + own.length);
                System.arraycopy(own, 0, theta, at, own.length);
            }
        }
        return theta;
    }

    /// The space of the head, none where it is null, then those of the parts.
    static Constraint space(List<Constraint> head, List<? extends Distribution> parts) {
        List<Constraint> spaces = new ArrayList<>(head);
        for (Distribution part : parts) {
            if (part instanceof Parameterized<?> p) {
                spaces.add(p.parameterSpace());
            }
        }
        if (spaces.isEmpty()) {
            throw new UnsupportedOperationException("no part of " + parts + " has parameters");
        }
        return new Cat(spaces);
    }

    static int size(List<? extends Distribution> parts) {
        int size = 0;
        for (Distribution part : parts) {
            size += size(part);
        }
        return size;
    }

    static int size(Distribution part) {
        return part instanceof Parameterized<?> p ? p.parameters().length : 0;
    }

    /// The parts with new numbers, from place `at` of θ.
    ///
    /// @throws IllegalArgumentException where θ has too few or too many
    static <D extends Distribution> List<D> with(String where, List<D> parts, double[] theta, int at) {
        Parameter.length(where, "parameters", theta, at + size(parts));
        List<D> renewed = new ArrayList<>();
        int from = at;
        for (D part : parts) {
            int to = from + size(part);
            renewed.add(renew(part, Arrays.copyOfRange(theta, from, to)));
            from = to;
        }
        return renewed;
    }

    /// A part with other numbers is of the part's own type, as [Parameterized] promises.
    @SuppressWarnings("unchecked")
    static <D extends Distribution> D renew(D part, double[] theta) {
        return part instanceof Parameterized<?> p ? (D) p.withParameters(theta) : part;
    }

    /// ∂log p/∂θ of one part.
    static double[] gradient(Distribution part, double[] x) {
        double[] g = new double[size(part)];
        if (part instanceof Parameterized<?> p) {
            p.parameterGradient(x, g);
        }
        return g;
    }
}
