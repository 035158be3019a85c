package io.fluvial.simd;

import static io.fluvial.simd.Width.F;
import static io.fluvial.simd.Width.HEAD;
import static io.fluvial.simd.Width.LANES;
import static io.fluvial.simd.Width.LANES_2;
import static io.fluvial.simd.Width.LANES_4;
import static io.fluvial.simd.Width.ROW;

import io.fluvial.kernel.Staircase;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/// [WeightGradient] for a masked matrix: `gw[r,k] += Σ_lanes g[r] · d[k]` for the columns that row r sees.
///
/// Strips of four vectors of columns, transposed a piece at a time, as there. Rows that see the whole strip are added
/// to in place. Those through which the stairs pass are summed apart, over as many whole vectors as they need, and what
/// they see of the sums is added at the end: a few products too many, and one pass over the sums for all lanes.
final class StaircaseGradient {

    /// Lanes of a piece, as in [WeightGradient].
    private static final int PIECE = 64;

    /// Scratch of a thread.
    private static final class Room {
        /// A piece of a strip, lanes before columns.
        final float[] piece = new float[HEAD + PIECE * LANES_4];

        /// A piece of a strip that is narrower, with zeros for the columns that are not there.
        final float[] padded = new float[HEAD + LANES_4 * PIECE];

        /// Sums of the rows that see a strip in part.
        float[] part = new float[0];

        void begin(int rows) {
            if (part.length < HEAD + rows * LANES_4) {
                part = new float[HEAD + rows * LANES_4];
            }
            Arrays.fill(part, 0, HEAD + rows * LANES_4, 0f);
        }
    }

    private static final ThreadLocal<Room> ROOM = ThreadLocal.withInitial(Room::new);

    private StaircaseGradient() {}

    static void add(Staircase shape, float[] d, int in, float[] g, int gOut, float[] gw, int wAt, int stride, int n) {
        int depth = shape.rows() == 0 ? 0 : shape.length(shape.rows() - 1);
        Room room = ROOM.get();
        for (int k = 0; k < depth; k += LANES_4) {
            int from = shape.first(k);
            int whole = k + LANES_4 <= depth ? shape.first(k + LANES_4 - 1) : shape.rows();
            whole = Math.min(shape.rows(), from + (whole - from + 3) / 4 * 4); // four at a time
            room.begin(whole - from);
            for (int i = 0; i < n; i += PIECE) {
                int lanes = Math.min(PIECE, n - i);
                turn(d, in + k * stride + i, stride, Math.min(LANES_4, depth - k), lanes, room);
                inPart(shape, from, whole, k, g, gOut + i, stride, lanes, room);
                inPlace(shape, whole, g, gOut + i, stride, lanes, room.piece, gw, wAt + k);
            }
            addSeen(shape, from, whole, k, room.part, gw, wAt);
        }
    }

    /// Transposes a piece of a strip, padded to four vectors of columns.
    private static void turn(float[] d, int at, int stride, int width, int lanes, Room room) {
        if (width == LANES_4) {
            Transpose.to(room.piece, HEAD, LANES_4, d, at, stride, lanes);
            return;
        }
        for (int k = 0; k < width; k++) {
            System.arraycopy(d, at + k * stride, room.padded, HEAD + k * PIECE, lanes);
        }
        Arrays.fill(room.padded, HEAD + width * PIECE, room.padded.length, 0f);
        Transpose.to(room.piece, HEAD, LANES_4, room.padded, HEAD, PIECE, lanes);
    }

    /// Rows that see the whole strip.
    private static void inPlace(
            Staircase shape, int from, float[] g, int gOut, int stride, int lanes, float[] piece, float[] gw, int at) {
        int r = from;
        for (; r + 4 <= shape.rows() && stride == ROW; r += 4) {
            WeightGradient.tile4x4(
                    g,
                    gOut + r * stride,
                    piece,
                    lanes,
                    gw,
                    at + shape.start(r),
                    at + shape.start(r + 1),
                    at + shape.start(r + 2),
                    at + shape.start(r + 3));
        }
        for (; r < shape.rows(); r++) {
            Product.tile1x4(g, gOut + r * stride, 1, lanes, piece, HEAD, LANES_4, gw, at + shape.start(r));
        }
    }

    /// Rows that see a part of the strip from column k on.
    private static void inPart(
            Staircase shape, int from, int to, int k, float[] g, int gOut, int stride, int lanes, Room room) {
        float[] piece = room.piece;
        float[] part = room.part;
        for (int r = from; r < to; r += 4) {
            int rows = Math.min(4, to - r);
            int seen = shape.length(r + rows - 1) - k;
            int row = gOut + r * stride;
            int sums = HEAD + (r - from) * LANES_4;
            if (seen <= LANES) {
                Product.strip1(g, row, stride, 1, rows, lanes, piece, HEAD, LANES_4, part, sums, LANES_4);
            } else if (seen <= LANES_2) {
                Product.strip2(g, row, stride, 1, rows, lanes, piece, HEAD, LANES_4, part, sums, LANES_4);
            } else {
                WeightGradient.rows(g, row, stride, rows, lanes, piece, part, sums, LANES_4);
            }
        }
    }

    /// Adds of each row the columns that it sees.
    private static void addSeen(Staircase shape, int from, int to, int k, float[] part, float[] gw, int wAt) {
        for (int r = from; r < to; r++) {
            int at = wAt + shape.start(r) + k;
            int sums = HEAD + (r - from) * LANES_4;
            int seen = Math.min(LANES_4, shape.length(r) - k);
            int j = 0;
            for (; j + LANES <= seen; j += LANES) {
                FloatVector.fromArray(F, gw, at + j)
                        .add(FloatVector.fromArray(F, part, sums + j))
                        .intoArray(gw, at + j);
            }
            for (; j < seen; j++) {
                gw[at + j] += part[sums + j];
            }
        }
    }
}
