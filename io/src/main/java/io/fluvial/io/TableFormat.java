package io.fluvial.io;

import java.util.Locale;

/// A table's format, told from the ending of its name.
///
/// @param compressed whether it is gzipped on the outside
record TableFormat(Kind kind, boolean compressed) {

    enum Kind {
        CSV,
        TSV,
        PARQUET,
        JSON_LINES,
        JSON,
        NPY,
        NPZ;

        boolean textual() {
            return this == CSV || this == TSV;
        }
    }

    /// The format of a file of this name; `-` is CSV.
    static TableFormat of(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        boolean compressed = lower.endsWith(".gz");
        String plain = compressed ? lower.substring(0, lower.length() - 3) : lower;
        String ending = plain.substring(plain.lastIndexOf('.') + 1);
        Kind kind = switch (ending) {
            case "csv", "txt", "dat", "data", "-" -> Kind.CSV;
            case "tsv", "tab" -> Kind.TSV;
            case "parquet", "pq" -> Kind.PARQUET;
            case "jsonl", "ndjson" -> Kind.JSON_LINES;
            case "json" -> Kind.JSON;
            case "npy" -> Kind.NPY;
            case "npz" -> Kind.NPZ;
            default ->
                throw new BadInputException(name
                        + ": the name's ending tells no table format: use .csv, .tsv, .txt, .parquet, .jsonl,"
                        + " .json, .npy or .npz, each perhaps with .gz");
        };
        return new TableFormat(kind, compressed);
    }
}
