package io.fluvial.train;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Where a training stands, apart from its weights: everything a resumed training needs to go on as if nothing had
/// happened.
final class Progress {

    int epoch = 1;
    int done;
    long step;
    double rateFactor = 1;
    int goodSteps;
    int retries;
    double logProbSum;
    double weightSum;
    double best = Double.NEGATIVE_INFINITY;
    int withoutImprovement;
    int plateau;
    int drops;
    double seconds;
    double stepSeconds;
    long samplesUsed;
    boolean finished;
    final List<EpochReport> reports = new ArrayList<>();

    void write(DataOutput out) throws IOException {
        out.writeInt(epoch);
        out.writeInt(done);
        out.writeLong(step);
        out.writeDouble(rateFactor);
        out.writeInt(goodSteps);
        out.writeInt(retries);
        out.writeDouble(logProbSum);
        out.writeDouble(weightSum);
        out.writeDouble(best);
        out.writeInt(withoutImprovement);
        out.writeInt(plateau);
        out.writeInt(drops);
        out.writeDouble(seconds);
        out.writeDouble(stepSeconds);
        out.writeLong(samplesUsed);
        out.writeBoolean(finished);
        out.writeInt(reports.size());
        for (EpochReport r : reports) {
            out.writeInt(r.epoch());
            out.writeLong(r.step());
            out.writeDouble(r.seconds());
            out.writeDouble(r.train());
            out.writeDouble(r.validation());
            out.writeDouble(r.best());
            out.writeDouble(r.rate());
        }
    }

    void read(DataInput in) throws IOException {
        epoch = in.readInt();
        done = in.readInt();
        step = in.readLong();
        rateFactor = in.readDouble();
        goodSteps = in.readInt();
        retries = in.readInt();
        logProbSum = in.readDouble();
        weightSum = in.readDouble();
        best = in.readDouble();
        withoutImprovement = in.readInt();
        plateau = in.readInt();
        drops = in.readInt();
        seconds = in.readDouble();
        stepSeconds = in.readDouble();
        samplesUsed = in.readLong();
        finished = in.readBoolean();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            reports.add(new EpochReport(
                    in.readInt(),
                    in.readLong(),
                    in.readDouble(),
                    in.readDouble(),
                    in.readDouble(),
                    in.readDouble(),
                    in.readDouble()));
        }
    }
}
