package io.fluvial;

/// The mean log-density of samples with its standard error.
///
/// @param mean nats per sample
/// @param standardError deviation of the sample values divided by √count; 0 for one sample
/// @param count number of samples
public record LogLikelihood(double mean, double standardError, int count) {

    /// Of these log-densities; one value that is not finite makes the mean so too.
    public static LogLikelihood of(double[] logProb) {
        if (logProb.length == 0) {
            throw new IllegalArgumentException("the mean log-density of no samples is not defined");
        }
        double sum = 0;
        for (double value : logProb) {
            sum += value;
        }
        double mean = sum / logProb.length;
        double squares = 0;
        for (double value : logProb) {
            squares += (value - mean) * (value - mean);
        }
        double error = logProb.length < 2 ? 0 : Math.sqrt(squares / (logProb.length - 1) / logProb.length);
        return new LogLikelihood(mean, error, logProb.length);
    }

    /// −mean / (dim · log 2).
    public double bitsPerDimension(int dim) {
        return -mean / (dim * Math.log(2));
    }
}
