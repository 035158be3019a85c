package io.fluvial.cli;

/// [Scores] of rows that come one after the other and are not kept, all counting alike; squared
/// deviations by Welford 1962, "Note on a method for calculating corrected sums of squares and products".
final class RunningScores {

    private long rows;
    private double sum;
    private double mean;
    private double squares;
    private long nan;
    private long infinite;
    private long firstRow;

    /// Adds log-densities, in the order of their rows.
    void add(double[] logProb) {
        for (double value : logProb) {
            rows++;
            sum += value;
            double before = value - mean;
            mean += before / rows;
            squares += before * (value - mean);
            if (!Double.isFinite(value)) {
                firstRow = firstRow == 0 ? rows : firstRow;
                if (Double.isNaN(value)) {
                    nan++;
                } else {
                    infinite++;
                }
            }
        }
    }

    Scores result() {
        double error = rows < 2 ? Double.NaN : Math.sqrt(squares / (rows - 1) / rows);
        return new Scores(rows, sum / rows, error, nan, infinite, firstRow);
    }
}
