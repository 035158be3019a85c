package io.fluvial.io;

/// What DuckDB's COPY is told to write a format.
final class CopyOptions {

    private CopyOptions() {}

    /// DuckDB is told to write into the very file it is given, which is a temporary one: beside a file that exists it
    /// would make another one.
    static String of(TableFormat format, String target) {
        String more = ", USE_TMP_FILE false" + (format.compressed() ? ", COMPRESSION gzip)" : ")");
        return switch (format.kind()) {
            case CSV -> "(FORMAT csv, HEADER" + more;
            case TSV -> "(FORMAT csv, HEADER, DELIMITER '\t'" + more;
            case JSON_LINES -> "(FORMAT json" + more;
            case JSON -> "(FORMAT json, ARRAY true" + more;
            case PARQUET -> {
                if (format.compressed()) {
                    throw new BadInputException(target + ": Parquet is compressed inside: write it without .gz");
                }
                yield "(FORMAT parquet" + more;
            }
            case NPY, NPZ ->
                throw new BadInputException(target
                        + ": an array cannot hold the table's other columns: write .csv, .tsv, .parquet or .jsonl");
        };
    }
}
