package io.fluvial.testkit;

import io.fluvial.ParameterLayout;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// Where a stage is looked at: samples `[dim][count]`, context `[contextDim][count]` and parameters. Also a direction
/// in that space. Immutable by agreement.
final class Point {

    final float[][] x;
    final float[][] context;
    final float[] theta;
    final int count;

    Point(int count, float[][] x, float[][] context, float[] theta) {
        this.count = count;
        this.x = x;
        this.context = context;
        this.theta = theta;
    }

    int count() {
        return count;
    }

    /// This + t · direction.
    Point moved(Point direction, double t) {
        return new Point(
                count,
                moved(x, direction.x, t),
                moved(context, direction.context, t),
                moved(new float[][] {theta}, new float[][] {direction.theta}, t)[0]);
    }

    private static float[][] moved(float[][] from, float[][] direction, double t) {
        float[][] to = new float[from.length][];
        for (int j = 0; j < from.length; j++) {
            to[j] = from[j].clone();
            for (int i = 0; i < to[j].length; i++) {
                to[j][i] = (float) (to[j][i] + t * direction[j][i]);
            }
        }
        return to;
    }

    /// The samples of these numbers.
    Point select(int... samples) {
        return new Point(samples.length, select(x, samples), select(context, samples), theta);
    }

    /// The first n samples.
    Point first(int n) {
        int[] samples = new int[n];
        Arrays.setAll(samples, i -> i);
        return select(samples);
    }

    static float[][] select(float[][] rows, int... samples) {
        float[][] chosen = new float[rows.length][samples.length];
        for (int j = 0; j < rows.length; j++) {
            for (int i = 0; i < samples.length; i++) {
                chosen[j][i] = rows[j][samples[i]];
            }
        }
        return chosen;
    }

    static Point draw(Stage stage, Domain domain, float[] theta, int count, double magnitude, RandomGenerator random) {
        float[][] x = new float[stage.inputs()][count];
        for (float[] row : x) {
            for (int i = 0; i < count; i++) {
                row[i] = domain.draw(random, magnitude);
            }
        }
        float[][] context = new float[stage.contextDim()][count];
        for (float[] row : context) {
            for (int i = 0; i < count; i++) {
                row[i] = Domain.real().draw(random, 0.67 * magnitude);
            }
        }
        return new Point(count, x, context, theta);
    }

    /// A direction that moves the samples only, inside of the domain.
    Point alongX(Domain domain, RandomGenerator random) {
        Point direction = zero();
        for (int j = 0; j < x.length; j++) {
            for (int i = 0; i < x[j].length; i++) {
                direction.x[j][i] = coarse(random.nextGaussian() * domain.room(x[j][i]));
            }
        }
        return direction;
    }

    /// A direction that moves feature j of every sample by 1, or by the room there is.
    Point alongFeature(int j, Domain domain) {
        Point direction = zero();
        for (int i = 0; i < x[j].length; i++) {
            direction.x[j][i] = Math.scalb(1, Math.getExponent(domain.room(x[j][i])));
        }
        return direction;
    }

    /// A direction that moves the context only.
    Point alongContext(RandomGenerator random) {
        Point direction = zero();
        for (float[] row : direction.context) {
            for (int i = 0; i < row.length; i++) {
                row[i] = coarse(random.nextGaussian());
            }
        }
        return direction;
    }

    /// A direction that moves the trainable parameters only, of length about 1.
    Point alongParameters(ParameterLayout layout, RandomGenerator random) {
        Point direction = zero();
        double scale = 1 / Math.sqrt(Math.max(1, layout.trainableSize()));
        for (ParameterLayout.Slice slice : layout.slices()) {
            for (int k = slice.offset(); k < slice.offset() + slice.size(); k++) {
                direction.theta[k] = slice.trainable() ? coarse(2 * scale * random.nextGaussian()) : 0f;
            }
        }
        return direction;
    }

    private Point zero() {
        return new Point(count, zero(x), zero(context), new float[theta.length]);
    }

    static float[][] zero(float[][] like) {
        float[][] zero = new float[like.length][];
        Arrays.setAll(zero, j -> new float[like[j].length]);
        return zero;
    }

    /// Clipped to ±2 and rounded to 1/64, so that steps of a power of two stay on the grid of the draws.
    private static float coarse(double value) {
        return (float) (Math.rint(Math.clamp(value, -2, 2) * 64) / 64);
    }
}
