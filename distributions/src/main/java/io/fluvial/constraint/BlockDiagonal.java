package io.fluvial.constraint;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Square matrices with square blocks along the diagonal, each in a constraint of its own, and zeros elsewhere.
///
/// @param parts of the blocks from the top, shapes `[m, m]`
public record BlockDiagonal(List<Constraint> parts) implements Constraint {

    public BlockDiagonal {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a block diagonal matrix needs at least one block");
        }
        for (int i = 0; i < parts.size(); i++) {
            Shape shape = parts.get(i).shape();
            if (shape.rank() != 2 || shape.axis(0) != shape.axis(1)) {
                throw new IllegalArgumentException(
                        "blocks along a diagonal are square matrices, got shape " + shape + " as number " + i);
            }
        }
    }

    public static BlockDiagonal of(Constraint... parts) {
        return new BlockDiagonal(List.of(parts));
    }

    /// Rows and columns of the matrix.
    public int n() {
        int n = 0;
        for (Constraint part : parts) {
            n += part.shape().axis(0);
        }
        return n;
    }

    @Override
    public Shape shape() {
        return SquareMatrix.shape(n());
    }

    @Override
    public boolean isDiscrete() {
        return parts.stream().allMatch(Constraint::isDiscrete);
    }

    @Override
    public @Nullable String violation(double[] event) {
        int n = n();
        String violation = SquareMatrix.notFinite(event, n);
        int from = 0;
        for (int part = 0; part < parts.size() && violation == null; part++) {
            int to = from + parts.get(part).shape().axis(0);
            violation = outside(event, n, from, to);
            if (violation == null) {
                violation = parts.get(part).violation(block(event, n, from, to));
                violation = violation == null ? null : "block " + part + ": " + violation;
            }
            from = to;
        }
        return violation;
    }

    /// What is not 0 in rows of a block but outside of it.
    private static @Nullable String outside(double[] a, int n, int from, int to) {
        for (int i = from; i < to; i++) {
            for (int j = 0; j < n; j++) {
                if ((j < from || j >= to) && a[i * n + j] != 0) {
                    return "row " + i + ", column " + j + ": expected 0 outside the blocks, got " + a[i * n + j];
                }
            }
        }
        return null;
    }

    private static double[] block(double[] a, int n, int from, int to) {
        int size = to - from;
        double[] block = new double[size * size];
        for (int i = 0; i < size; i++) {
            System.arraycopy(a, (from + i) * n + from, block, i * size, size);
        }
        return block;
    }
}
