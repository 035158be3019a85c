package io.fluvial.transform;

import java.util.Arrays;
import java.util.List;

/// Transforms side by side: each takes the next numbers of x and gives the next of y, so that the Jacobian is block
/// diagonal and ℓ is the sum. What is made of them differs in the shape of events only.
sealed interface Blocks extends Transform permits CatTransform, StackTransform, Free {

    List<Transform> parts();

    /// One part with its slices of x and y.
    @FunctionalInterface
    interface Look {
        void at(Transform part, int fromX, int toX, int fromY, int toY);
    }

    private void each(Look look) {
        int fromX = 0;
        int fromY = 0;
        for (Transform part : parts()) {
            int toX = fromX + part.domain().shape().size();
            int toY = fromY + part.codomain().shape().size();
            look.at(part, fromX, toX, fromY, toY);
            fromX = toX;
            fromY = toY;
        }
    }

    @Override
    default boolean isBijective() {
        return parts().stream().allMatch(Transform::isBijective);
    }

    @Override
    default void forward(double[] x, double[] y) {
        Transform.checkSize("x", x, domain().shape());
        each((part, fromX, toX, fromY, toY) ->
                System.arraycopy(part.apply(Arrays.copyOfRange(x, fromX, toX)), 0, y, fromY, toY - fromY));
    }

    @Override
    default void inverse(double[] y, double[] x) {
        Transform.checkSize("y", y, codomain().shape());
        each((part, fromX, toX, fromY, toY) ->
                System.arraycopy(part.invert(Arrays.copyOfRange(y, fromY, toY)), 0, x, fromX, toX - fromX));
    }

    @Override
    default double logDet(double[] x, double[] y) {
        double[] sum = new double[1];
        each((part, fromX, toX, fromY, toY) ->
                sum[0] += part.logDet(Arrays.copyOfRange(x, fromX, toX), Arrays.copyOfRange(y, fromY, toY)));
        return sum[0];
    }

    @Override
    default void pullback(double[] x, double[] y, double[] gY, double gLogDet, double[] gX) {
        each((part, fromX, toX, fromY, toY) -> {
            double[] g = new double[toX - fromX];
            part.pullback(
                    Arrays.copyOfRange(x, fromX, toX),
                    Arrays.copyOfRange(y, fromY, toY),
                    Arrays.copyOfRange(gY, fromY, toY),
                    gLogDet,
                    g);
            System.arraycopy(g, 0, gX, fromX, g.length);
        });
    }

    @Override
    default void inversePullback(double[] x, double[] y, double[] gX, double[] gY) {
        each((part, fromX, toX, fromY, toY) -> {
            double[] g = new double[toY - fromY];
            part.inversePullback(
                    Arrays.copyOfRange(x, fromX, toX),
                    Arrays.copyOfRange(y, fromY, toY),
                    Arrays.copyOfRange(gX, fromX, toX),
                    g);
            System.arraycopy(g, 0, gY, fromY, g.length);
        });
    }
}
