package io.fluvial.transform;

import io.fluvial.constraint.BlockDiagonal;
import io.fluvial.constraint.Constraint;
import java.util.Arrays;
import java.util.List;

/// Square matrices of several transforms along the diagonal of one, zeros elsewhere: y = diag(f_0(x_0), f_1(x_1), …)
/// with x the vectors one after the other. ℓ is the sum.
///
/// @param parts of the blocks from the top; each gives square matrices
public record IntoBlockDiagonal(List<Transform> parts) implements Transform {

    public IntoBlockDiagonal {
        parts = List.copyOf(parts);
        new BlockDiagonal(parts.stream().map(Transform::codomain).toList()); // checks the shapes
    }

    public static IntoBlockDiagonal of(Transform... parts) {
        return new IntoBlockDiagonal(List.of(parts));
    }

    @Override
    public Constraint domain() {
        return blocks().domain();
    }

    @Override
    public BlockDiagonal codomain() {
        return new BlockDiagonal(parts.stream().map(Transform::codomain).toList());
    }

    /// From the vectors to the blocks one after the other.
    private Blocks blocks() {
        return new Free(parts, new CatTransform(parts).codomain());
    }

    /// Where the rows of the blocks, one after the other, stand in the matrix.
    @FunctionalInterface
    private interface Row {
        void at(int inBlocks, int inMatrix, int size);
    }

    private void eachRow(Row row) {
        int n = codomain().n();
        int at = 0;
        int from = 0;
        for (Transform part : parts) {
            int size = part.codomain().shape().axis(0);
            for (int i = 0; i < size; i++) {
                row.at(at, (from + i) * n + from, size);
                at += size;
            }
            from += size;
        }
    }

    private double[] packed(double[] matrix) {
        double[] blocks = new double[blocks().codomain().shape().size()];
        eachRow((inBlocks, inMatrix, size) -> System.arraycopy(matrix, inMatrix, blocks, inBlocks, size));
        return blocks;
    }

    private void unpack(double[] blocks, double[] matrix) {
        Arrays.fill(matrix, 0);
        eachRow((inBlocks, inMatrix, size) -> System.arraycopy(blocks, inBlocks, matrix, inMatrix, size));
    }

    @Override
    public boolean isBijective() {
        return blocks().isBijective();
    }

    @Override
    public void forward(double[] x, double[] y) {
        unpack(blocks().apply(x), y);
    }

    @Override
    public void inverse(double[] y, double[] x) {
        blocks().inverse(packed(y), x);
    }

    @Override
    public double logDet(double[] x, double[] y) {
        return blocks().logDet(x, packed(y));
    }

    @Override
    public void pullback(double[] x, double[] y, double[] gY, double gLogDet, double[] gX) {
        blocks().pullback(x, packed(y), packed(gY), gLogDet, gX);
    }

    @Override
    public void inversePullback(double[] x, double[] y, double[] gX, double[] gY) {
        double[] g = new double[blocks().codomain().shape().size()];
        blocks().inversePullback(x, packed(y), gX, g);
        unpack(g, gY);
    }
}
