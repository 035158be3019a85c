package io.fluvial.scalar;

import io.fluvial.Lane;
import io.fluvial.ScalarBijector;

/// y = β + ∫₀ˣ g with g > 0 a network of one input: the unconstrained monotonic network (Wehenkel &
/// Louppe 2019, arXiv:1908.05164, eq. 1), with one hidden layer,
///
///     g(t) = exp(s(v₀ + Σ_{k=1}^{K} v_k tanh(a_k t + b_k))) .
///
/// The integral is the trapezoidal rule on N nodes equally spaced in [−B, B], and the map *is* that
/// rule: its derivative is g at the nodes, joined by straight lines, and constant outside, so that
///
///     f′(x) = (1 − r) g(t_i) + r g(t_{i+1}),   r = (x − t_i) / (t_{i+1} − t_i),
///
/// is exactly the derivative of y, and positive, for any number of nodes. The paper integrates over
/// [0, x] by Clenshaw–Curtis and takes g(x) for the derivative; the two disagree by the error of
/// the rule, and the derivative of the rule need not be positive. Other departures: the paper's
/// network has weights of its own and sees an embedding of the condition, here all weights are φ;
/// and its g is ELU + 1.
///
/// φ is `[2 + 3K]`: β, v₀, then K of v, of a − 1 and of b + m_k, with m_k equally spaced in ±B/2,
/// so that units differ from the start. Identity at φ = 0, where v = 0. R onto R; straight tails
/// outside ±B; log f′ has kinks at the nodes.
///
/// Accuracy: y within 2⁻⁵⁰ of the largest part of the integral, then rounded to float; log f′
/// within 10⁻¹⁴ (1 + |log f′|). Where y would exceed the largest float it stays there, and log f′
/// is −∞; [#inverse] likewise, with +∞.
///
/// Cost: N · K exponentials in every direction. [#inverse] is in closed form: the root of a
/// parabola in one cell.
///
/// @param units K, at least 1
/// @param nodes N, at least 2
/// @param bound B > 0, where the tails begin
/// @param logSlope s, how the network's output becomes log g; s(0) = 0
public record PositiveIntegral(int units, int nodes, double bound, LogScale logSlope) implements ScalarBijector {

    // The work array: one number, then rows.
    private static final int AT_ZERO = 0; // ∫ from −B to 0
    private static final int ROWS = 1;

    public PositiveIntegral {
        if (units < 1 || nodes < 2) {
            throw new IllegalArgumentException(
                    "a positive integral needs at least 1 unit and 2 nodes, got " + units + " and " + nodes);
        }
        if (!(bound > 0 && bound < Float.MAX_VALUE)) {
            throw new IllegalArgumentException("the bound of a positive integral must be positive, got " + bound);
        }
    }

    /// The default: g above 0.001 by softplus.
    public static PositiveIntegral of(int units, int nodes, double bound) {
        return new PositiveIntegral(units, nodes, bound, new LogScale.Softplus(0.001));
    }

    /// g at the nodes.
    private int heights() {
        return ROWS;
    }

    /// ∫ from −B to each node.
    private int sums() {
        return ROWS + nodes;
    }

    /// The network's output at the nodes; in a pullback, its gradient.
    private int outputs() {
        return ROWS + 2 * nodes;
    }

    /// ∂loss/∂g at the nodes.
    private int gradients() {
        return ROWS + 3 * nodes;
    }

    private double cell() {
        return 2 * bound / (nodes - 1);
    }

    private double node(int i) {
        return -bound + i * cell();
    }

    private double center(int k) {
        return 0.5 * bound * ((2 * k + 1.0) / units - 1);
    }

    /// tanh(a_k t + b_k).
    private double unit(int k, double t, Lane lane) {
        double z = (1 + lane.phi(2 + units + k)) * t + lane.phi(2 + 2 * units + k) - center(k);
        return 1 - 2 / (1 + Math.exp(2 * z)); // within an ulp of 1; overflow gives the limit
    }

    private double[] prepare(Lane lane) {
        double[] work = lane.scratch(0, ROWS + 4 * nodes);
        double sum = 0;
        for (int i = 0; i < nodes; i++) {
            double output = lane.phi(1);
            for (int k = 0; k < units; k++) {
                output += lane.phi(2 + k) * unit(k, node(i), lane);
            }
            double height = Math.exp(logSlope.logScale(output));
            if (i > 0) {
                sum += 0.5 * cell() * (work[heights() + i - 1] + height);
            }
            work[outputs() + i] = output;
            work[heights() + i] = height;
            work[sums() + i] = sum;
        }
        work[AT_ZERO] = integral(0, work);
        return work;
    }

    /// The cell that x is in, the first or last for x outside.
    private int cellOf(double x) {
        int i = (int) ((x + bound) / cell());
        return Math.min(Math.max(i, 0), nodes - 2);
    }

    private boolean outside(double x) {
        return x < -bound || x > bound;
    }

    /// ∫ from −B to x.
    private double integral(double x, double[] work) {
        if (outside(x)) {
            int end = x < 0 ? 0 : nodes - 1;
            return work[sums() + end] + work[heights() + end] * (x - Math.copySign(bound, x));
        }
        int i = cellOf(x);
        double r = (x - node(i)) / cell();
        double height = work[heights() + i];
        return work[sums() + i] + cell() * r * (height + 0.5 * r * (work[heights() + i + 1] - height));
    }

    /// f′(x).
    private double slope(double x, double[] work) {
        if (outside(x)) {
            return work[heights() + (x < 0 ? 0 : nodes - 1)];
        }
        int i = cellOf(x);
        double r = (x - node(i)) / cell();
        return (1 - r) * work[heights() + i] + r * work[heights() + i + 1]; // both positive
    }

    /// The x with ∫ from −B to x = `area`.
    private double place(double area, double[] work) {
        if (area < 0) {
            return -bound + area / work[heights()]; // heights are positive
        }
        if (area > work[sums() + nodes - 1]) {
            return bound + (area - work[sums() + nodes - 1]) / work[heights() + nodes - 1];
        }
        int i = 0;
        while (i < nodes - 2 && area > work[sums() + i + 1]) {
            i++;
        }
        double height = work[heights() + i];
        double rest = (area - work[sums() + i]) / cell();
        // the larger of the parabola's roots, without cancellation; under the root stands f′(x)²
        double square = height * height + 2 * rest * (work[heights() + i + 1] - height);
        double r = 2 * rest / (height + Math.sqrt(Math.max(square, 0)));
        return node(i) + cell() * r;
    }

    @Override
    public int parameterCount() {
        return 2 + 3 * units;
    }

    @Override
    public float forward(float x, Lane lane) {
        double[] work = prepare(lane);
        double y = lane.phi(0) + (integral(x, work) - work[AT_ZERO]);
        return Ends.forward(y, Math.log(slope(x, work)), lane);
    }

    @Override
    public float inverse(float y, Lane lane) {
        double[] work = prepare(lane);
        double x = place((double) y - lane.phi(0) + work[AT_ZERO], work);
        return Ends.inverse(x, Math.log(slope(x, work)), lane);
    }

    @Override
    public float forwardVjp(float x, float gY, float gLogDet, Lane lane) {
        double[] work = prepare(lane);
        if (Float.isInfinite(x)) {
            return Ends.noGradient(parameterCount(), lane);
        }
        for (int i = 0; i < nodes; i++) {
            work[gradients() + i] = 0;
        }
        addIntegral(x, gY, work);
        addIntegral(0, -gY, work);
        double slope = slope(x, work);
        double bend = addLogSlope(x, gLogDet / slope, work);
        lane.gradient(0, gY);
        pullThroughNetwork(lane, work);
        return (float) (gY * slope + bend);
    }

    /// Adds the weights of the nodes in the integral to x, times g.
    private void addIntegral(double x, double g, double[] work) {
        if (outside(x)) {
            int end = x < 0 ? 0 : nodes - 1;
            addWholeCells(end, g, work);
            work[gradients() + end] += g * (x - Math.copySign(bound, x));
            return;
        }
        int i = cellOf(x);
        double r = (x - node(i)) / cell();
        addWholeCells(i, g, work);
        work[gradients() + i] += g * cell() * r * (1 - 0.5 * r);
        work[gradients() + i + 1] += g * cell() * 0.5 * r * r;
    }

    private void addWholeCells(int count, double g, double[] work) {
        for (int i = 0; i < count; i++) {
            work[gradients() + i] += 0.5 * cell() * g;
            work[gradients() + i + 1] += 0.5 * cell() * g;
        }
    }

    /// Adds the weights of the nodes in f′(x), times g; returns g f″(x).
    private double addLogSlope(double x, double g, double[] work) {
        if (outside(x)) {
            work[gradients() + (x < 0 ? 0 : nodes - 1)] += g;
            return 0;
        }
        int i = cellOf(x);
        double r = (x - node(i)) / cell();
        work[gradients() + i] += g * (1 - r);
        work[gradients() + i + 1] += g * r;
        return g * (work[heights() + i + 1] - work[heights() + i]) / cell();
    }

    private void pullThroughNetwork(Lane lane, double[] work) {
        double sum = 0;
        for (int i = 0; i < nodes; i++) {
            double g = work[gradients() + i] * work[heights() + i] * logSlope.slope(work[outputs() + i]);
            work[outputs() + i] = g;
            sum += g;
        }
        lane.gradient(1, sum);
        for (int k = 0; k < units; k++) {
            double weight = lane.phi(2 + k);
            double gWeight = 0;
            double gSlope = 0;
            double gOffset = 0;
            for (int i = 0; i < nodes; i++) {
                double unit = unit(k, node(i), lane);
                double g = work[outputs() + i];
                gWeight += g * unit;
                gOffset += g * weight * (1 - unit * unit);
                gSlope += g * weight * (1 - unit * unit) * node(i);
            }
            lane.gradient(2 + k, gWeight);
            lane.gradient(2 + units + k, gSlope);
            lane.gradient(2 + 2 * units + k, gOffset);
        }
    }
}
