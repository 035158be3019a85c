package io.fluvial.io;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 over a whole model file, with zeros in place of the checksum itself.
final class Checksum {

    /// The entry as it is written, up to its value. It cannot stand inside a JSON string, where quotes are escaped.
    private static final byte[] ENTRY = ("\"" + ModelFile.CHECKSUM + "\":\"").getBytes(StandardCharsets.US_ASCII);

    private static final int LENGTH = ModelFile.NO_CHECKSUM.length();

    private Checksum() {}

    /// Where the checksum's 64 digits stand between these places, or −1.
    static int find(byte[] bytes, int from, int to) {
        for (int at = from; at + ENTRY.length + LENGTH <= to; at++) {
            int k = 0;
            while (k < ENTRY.length && bytes[at + k] == ENTRY[k]) {
                k++;
            }
            if (k == ENTRY.length) {
                return at + k;
            }
        }
        return -1;
    }

    /// The checksum of a file whose own stands at `at`, in lower-case hexadecimal.
    static String of(byte[] bytes, int at) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
        digest.update(bytes, 0, at);
        digest.update(ModelFile.NO_CHECKSUM.getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes, at + LENGTH, bytes.length - at - LENGTH);
        return HexFormat.of().formatHex(digest.digest());
    }

    /// Whether the file holds its own checksum.
    static boolean holds(byte[] bytes, int at) {
        return at >= 0 && of(bytes, at).equals(new String(bytes, at, LENGTH, StandardCharsets.ISO_8859_1));
    }
}
