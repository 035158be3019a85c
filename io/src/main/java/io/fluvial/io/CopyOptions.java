package io.fluvial.io;

/// What DuckDB's COPY is told to write a format.
final class CopyOptions {

    private CopyOptions() {}

    static String of(TableFormat format, String target) {
        String gzip = format.compressed() ? ", COMPRESSION gzip" : "";
        return switch (format.kind()) {
            case CSV -> "(FORMAT csv, HEADER" + gzip + ")";
            case TSV -> "(FORMAT csv, HEADER, DELIMITER '\t'" + gzip + ")";
            case JSON_LINES -> "(FORMAT json" + gzip + ")";
            case JSON -> "(FORMAT json, ARRAY true" + gzip + ")";
            case PARQUET -> {
                if (format.compressed()) {
                    throw new BadInputException(target + ": Parquet is compressed inside: write it without .gz");
                }
                yield "(FORMAT parquet)";
            }
            case NPY, NPZ ->
                throw new BadInputException(target
                        + ": an array cannot hold the table's other columns: write .csv, .tsv, .parquet or .jsonl");
        };
    }
}
