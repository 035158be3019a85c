package io.fluvial.simd;

import static io.fluvial.simd.Width.LANES;
import static io.fluvial.simd.Width.LANES_4;

import io.fluvial.kernel.Staircase;
import java.util.Arrays;

/// [WeightGradient] for a masked matrix: `gw[r,k] += Σ_lanes g[r] · d[k]` for the columns that row r sees.
///
/// Strips of columns as there. Rows that see a strip in part are summed over the whole strip in a small tile of which
/// the columns they see are added: a few products too many, where the stairs pass through the strip.
final class StaircaseGradient {

    /// Lanes of a piece, as in [WeightGradient].
    private static final int PIECE = 64;

    /// Room for a transposed piece and for a tile of four rows.
    private static final class Room {
        final float[] piece = new float[PIECE * LANES_4];
        final float[] tile = new float[4 * LANES_4];
        final float[] sums = new float[4 * LANES_4];
    }

    private static final ThreadLocal<Room> ROOM = ThreadLocal.withInitial(Room::new);

    private StaircaseGradient() {}

    static void add(Staircase shape, float[] d, int in, float[] g, int gOut, float[] gw, int wAt, int stride, int n) {
        int depth = shape.rows() == 0 ? 0 : shape.length(shape.rows() - 1);
        Room room = ROOM.get();
        int k = 0;
        for (; k + LANES_4 <= depth; k += LANES_4) {
            strip4(shape, k, d, in + k * stride, g, gOut, gw, wAt, stride, n, room);
        }
        for (; k + LANES <= depth; k += LANES) {
            strip1(shape, k, d, in + k * stride, g, gOut, gw, wAt, stride, n, room);
        }
        if (k < depth) {
            columns(shape, k, d, in, g, gOut, gw, wAt, stride, n, room.sums);
        }
    }

    /// Columns k … k + 4 vectors.
    private static void strip4(
            Staircase shape,
            int k,
            float[] d,
            int in,
            float[] g,
            int gOut,
            float[] gw,
            int wAt,
            int stride,
            int n,
            Room room) {
        float[] t = room.piece;
        for (int i = 0; i < n; i += PIECE) {
            int lanes = Math.min(PIECE, n - i);
            Transpose.to(t, LANES_4, d, in + i, stride, lanes);
            int r = shape.first(k);
            for (; r + 4 <= shape.rows(); r += 4) {
                int row = gOut + r * stride + i;
                if (shape.length(r) - k >= LANES_4) {
                    int at = wAt + k;
                    StaircaseProduct.tile4x4(
                            g,
                            row,
                            row + stride,
                            row + 2 * stride,
                            row + 3 * stride,
                            lanes,
                            t,
                            0,
                            LANES_4,
                            gw,
                            at + shape.start(r),
                            at + shape.start(r + 1),
                            at + shape.start(r + 2),
                            at + shape.start(r + 3));
                } else {
                    Arrays.fill(room.tile, 0f);
                    Product.strip4(g, row, stride, 1, 4, lanes, t, 0, LANES_4, room.tile, 0, LANES_4);
                    addSeen(shape, r, 4, k, LANES_4, room.tile, gw, wAt);
                }
            }
            for (; r < shape.rows(); r++) {
                Arrays.fill(room.tile, 0, LANES_4, 0f);
                Product.tile1x4(g, gOut + r * stride + i, 1, lanes, t, 0, LANES_4, room.tile, 0);
                addSeen(shape, r, 1, k, LANES_4, room.tile, gw, wAt);
            }
        }
    }

    /// One vector of columns.
    private static void strip1(
            Staircase shape,
            int k,
            float[] d,
            int in,
            float[] g,
            int gOut,
            float[] gw,
            int wAt,
            int stride,
            int n,
            Room room) {
        float[] t = room.piece;
        for (int i = 0; i < n; i += PIECE) {
            int lanes = Math.min(PIECE, n - i);
            Transpose.to(t, LANES, d, in + i, stride, lanes);
            int r = shape.first(k);
            while (r < shape.rows()) {
                int rows = Math.min(4, shape.rows() - r);
                Arrays.fill(room.tile, 0, rows * LANES, 0f);
                int row = gOut + r * stride + i;
                Product.strip1(g, row, stride, 1, rows, lanes, t, 0, LANES, room.tile, 0, LANES);
                addSeen(shape, r, rows, k, LANES, room.tile, gw, wAt);
                r += rows;
            }
        }
    }

    /// The columns from k on, fewer than a vector, by sums along lanes.
    private static void columns(
            Staircase shape,
            int k,
            float[] d,
            int in,
            float[] g,
            int gOut,
            float[] gw,
            int wAt,
            int stride,
            int n,
            float[] sums) {
        for (int r = shape.first(k); r < shape.rows(); r++) {
            int at = wAt + shape.start(r);
            LaneProduct.row(d, in, g, gOut + r * stride, k, shape.length(r), gw, at, stride, n, sums);
        }
    }

    /// Adds of each row the columns that it sees.
    private static void addSeen(
            Staircase shape, int first, int rows, int k, int width, float[] tile, float[] gw, int wAt) {
        for (int q = 0; q < rows; q++) {
            int at = wAt + shape.start(first + q) + k;
            int seen = Math.min(width, shape.length(first + q) - k);
            for (int j = 0; j < seen; j++) {
                gw[at + j] += tile[q * width + j];
            }
        }
    }
}
