package io.fluvial.io;

import io.fluvial.Samples;
import java.sql.SQLException;
import java.util.Arrays;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBReadableVector;
import org.duckdb.DuckDBScalarFunction;
import org.duckdb.DuckDBScalarFunctionBuilder;
import org.duckdb.DuckDBWritableVector;
import org.jspecify.annotations.Nullable;

/// A [RowFunction] as a function of the database, which hands over chunk after chunk, some two
/// thousand rows each. A row that lacks a value gets none.
final class ComputedColumn implements DuckDBScalarFunction {

    private final String name;
    private final RowFunction function;
    private final boolean finiteOnly;
    private long rows;
    private @Nullable Throwable failure;

    /// @param name in the database, once in a connection
    /// @param finiteOnly whether what is not finite is left out
    ComputedColumn(String name, RowFunction function, boolean finiteOnly) {
        this.name = name;
        this.function = function;
        this.finiteOnly = finiteOnly;
    }

    /// Makes it known to a database.
    void register(DuckDatabase database, int parameters) throws SQLException {
        DuckDBColumnType[] types = new DuckDBColumnType[parameters];
        Arrays.fill(types, DuckDBColumnType.DOUBLE);
        try (DuckDBScalarFunctionBuilder builder = DuckDBFunctions.scalarFunction()) {
            builder.withName(name)
                    .withParameters(types)
                    .withReturnType(DuckDBColumnType.DOUBLE)
                    .withVolatile()
                    .withVectorizedFunction(this)
                    .register(database.connection());
        }
    }

    /// Rows without a missing value so far.
    long rows() {
        return rows;
    }

    /// Throws what the function has thrown, if anything: the database tells it as text only.
    void rethrow() {
        if (failure instanceof RuntimeException e) {
            throw e;
        } else if (failure instanceof Error e) {
            throw e;
        }
    }

    @Override
    public synchronized void apply(DuckDBDataChunkReader chunk, DuckDBWritableVector to) {
        try {
            compute(chunk, to);
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        }
    }

    private void compute(DuckDBDataChunkReader chunk, DuckDBWritableVector to) {
        int n = Math.toIntExact(chunk.rowCount());
        float[][] columns = new float[Math.toIntExact(chunk.columnCount())][n];
        boolean[] missing = new boolean[n];
        for (int j = 0; j < columns.length; j++) {
            DuckDBReadableVector from = chunk.vector(j);
            for (int i = 0; i < n; i++) {
                columns[j][i] = from.isNull(i) ? Float.NaN : (float) from.getDouble(i);
                missing[i] |= Float.isNaN(columns[j][i]);
            }
        }
        int kept = 0;
        for (int i = 0; i < n; i++) {
            if (!missing[i]) {
                for (float[] column : columns) {
                    column[kept] = column[i];
                }
                kept++;
            }
        }
        double[] values =
                kept == 0 ? new double[0] : function.of(Samples.wrap(columns).range(0, kept));
        int next = 0;
        for (int i = 0; i < n; i++) {
            if (missing[i] || (finiteOnly && !Double.isFinite(values[next]))) {
                to.setNull(i);
            } else {
                to.setDouble(i, values[next]);
            }
            next += missing[i] ? 0 : 1;
        }
        rows += kept;
    }
}
