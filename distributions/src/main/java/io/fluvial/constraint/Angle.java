package io.fluvial.constraint;

/// Directions in the plane as angles: −π ≤ x < π, radians. The ends are the same direction.
public record Angle() implements ScalarConstraint {

    @Override
    public boolean contains(double x) {
        return x >= -Math.PI && x < Math.PI;
    }

    @Override
    public String description() {
        return "an angle ≥ −π and < π";
    }

    /// The angle of the same direction that lies in [−π, π); NaN for what is not finite.
    ///
    /// Exact up to the rounding of π itself: |x|/2⁵³ far out.
    public static double wrap(double x) {
        double turned = Math.IEEEremainder(x, 2 * Math.PI); // in [−π, π]
        return turned >= Math.PI ? -Math.PI : turned;
    }
}
