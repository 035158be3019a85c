package io.fluvial;

/// Mean and standard deviation (divided by n) of one feature, in double.
///
/// @param mean sum / n
/// @param deviation square root of the mean squared distance from the mean; 0 for a constant feature
public record Moments(double mean, double deviation) {

    /// Of feature j, in two passes.
    public static Moments of(Samples samples, int j) {
        double sum = 0;
        for (int i = 0; i < samples.count(); i++) {
            sum += samples.get(i, j);
        }
        double mean = sum / samples.count();
        double squares = 0;
        for (int i = 0; i < samples.count(); i++) {
            double distance = samples.get(i, j) - mean;
            squares += distance * distance;
        }
        return new Moments(mean, Math.sqrt(squares / samples.count()));
    }
}
