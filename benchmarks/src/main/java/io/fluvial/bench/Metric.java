package io.fluvial.bench;

/// What is measured of one flow. The shares of the FMA peak count the products of the networks alone; ratios are a
/// peer's.
enum Metric {
    SCORE("score, rows/s", "scoreRowsPerSecond", Scale.RATE),
    SAMPLE("sample, rows/s", "sampleRowsPerSecond", Scale.RATE),
    TRAIN("train, rows/s", "trainRowsPerSecond", Scale.RATE),
    SAMPLE_TO_SCORE("sampling time / scoring time", "samplingToScoringTime", Scale.PLAIN),
    SCORE_GAIN("score, against 1 thread", "scoreGain", Scale.PLAIN),
    TRAIN_GAIN("train, against 1 thread", "trainGain", Scale.PLAIN),
    /// How much more these threads multiply and add together than one alone: what the machine leaves to be gained.
    PEAK_GAIN("FMA peak, against 1 thread", "fmaPeakGain", Scale.PLAIN),
    ONE_ROW_P50("one row p50, µs", "oneRowP50Micros", Scale.PLAIN),
    ONE_ROW_P99("one row p99, µs", "oneRowP99Micros", Scale.PLAIN),
    SCORE_SHARE("score, % of FMA peak", "scorePeakPercent", Scale.PLAIN),
    TRAIN_SHARE("train, % of FMA peak", "trainPeakPercent", Scale.PLAIN),
    BLOCK_BYTES("allocated per scored block, B", "bytesPerScoredBlock", Scale.WHOLE),
    STEP_BYTES("allocated per training step, B", "bytesPerTrainingStep", Scale.WHOLE),
    SCORE_RATIO("score, ours / theirs", "scoreRatio", Scale.PLAIN),
    TRAIN_RATIO("train, ours / theirs", "trainRatio", Scale.PLAIN),
    /// Of times: above 1 where ours is faster, as in the others.
    ONE_ROW_RATIO("one row p50, theirs / ours", "oneRowRatio", Scale.PLAIN),
    /// The machine's own, one thread.
    FMA_PEAK("FMA peak, GFLOP/s", "fmaPeakGflops", Scale.PLAIN);

    /// How a number is written.
    enum Scale {
        /// With k or M.
        RATE,
        /// With three digits.
        PLAIN,
        /// Without a fraction.
        WHOLE
    }

    private final String label;
    private final String json;
    private final Scale scale;

    Metric(String label, String json, Scale scale) {
        this.label = label;
        this.json = json;
        this.scale = scale;
    }

    String label() {
        return label;
    }

    String json() {
        return json;
    }

    Scale scale() {
        return scale;
    }
}
