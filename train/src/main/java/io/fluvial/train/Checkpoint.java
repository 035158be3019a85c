package io.fluvial.train;

import io.fluvial.internal.AtomicFile;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;

/// A training on disk: written whole or not at all, checked when it is read.
///
/// Layout, big endian but for the numbers: magic, version, fingerprint of flow, options and data, length of the
/// progress, progress, number of arrays and their common length, the arrays (float, little endian), CRC-32C of all
/// before.
final class Checkpoint {

    private static final long MAGIC = 0x464c5556434b5054L; // "FLUVCKPT"
    private static final int VERSION = 2;

    private Checkpoint() {}

    static void write(Path file, String fingerprint, Progress progress, Weights weights, float[] best)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeLong(MAGIC);
        out.writeInt(VERSION);
        out.writeUTF(fingerprint);
        out.writeLong(weights.updates());
        out.writeBoolean(weights.undoable());
        progress.write(out);
        CRC32C crc = new CRC32C();
        crc.update(bytes.toByteArray());
        AtomicFile.write(file, stream -> {
            DataOutputStream data = new DataOutputStream(new BufferedOutputStream(stream, 1 << 16));
            data.writeInt(bytes.size());
            bytes.writeTo(data);
            for (float[] array : weights.arrays()) {
                writeArray(data, array, crc);
            }
            writeArray(data, best, crc);
            data.writeLong(crc.getValue());
            data.flush();
        });
    }

    private static void writeArray(DataOutputStream out, float[] array, CRC32C crc) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(array.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(array);
        crc.update(bytes.array());
        out.write(bytes.array());
    }

    /// Fills progress, weights and best from the file; refuses one that is damaged or belongs to another training.
    static void read(Path file, String fingerprint, Progress progress, Weights weights, float[] best)
            throws IOException {
        long expectedArrays = (weights.arrays().size() + 1L) * best.length * Float.BYTES;
        long size = Files.size(file);
        try (FileChannel channel = FileChannel.open(file);
                DataInputStream in = new DataInputStream(
                        new java.io.BufferedInputStream(Channels.newInputStream(channel), 1 << 16))) {
            if (size < 2 * Long.BYTES) {
                throw new IOException("checkpoint " + file + " is truncated; delete it to start again");
            }
            int length = in.readInt();
            if (length < Long.BYTES || length > size) {
                throw new IOException(file + " is not a checkpoint of Fluvial; choose another file name");
            }
            byte[] head = in.readNBytes(length);
            DataInputStream fields = new DataInputStream(new ByteArrayInputStream(head));
            if (fields.readLong() != MAGIC) {
                throw new IOException(file + " is not a checkpoint of Fluvial; choose another file name");
            }
            int version = fields.readInt();
            if (version != VERSION) {
                throw new IOException("checkpoint " + file + " has version " + version + ", this Fluvial reads version "
                        + VERSION + "; use the one that wrote it or delete the file");
            }
            if (!fields.readUTF().equals(fingerprint)) {
                throw new IOException("checkpoint " + file
                        + " belongs to a training with another flow, other options or other data; delete it or choose"
                        + " another file name");
            }
            if (size != Integer.BYTES + length + expectedArrays + Long.BYTES) {
                throw new IOException("checkpoint " + file + " is truncated; delete it to start again");
            }
            CRC32C crc = new CRC32C();
            crc.update(head);
            List<float[]> arrays = weights.arrays();
            for (float[] array : arrays) {
                readArray(in, array, crc);
            }
            readArray(in, best, crc);
            if (in.readLong() != crc.getValue()) {
                throw new IOException("checkpoint " + file + " is damaged (checksum); delete it to start again");
            }
            weights.restore(fields.readLong(), fields.readBoolean());
            progress.read(fields);
        }
    }

    private static void readArray(DataInputStream in, float[] array, CRC32C crc) throws IOException {
        byte[] bytes = in.readNBytes(array.length * Float.BYTES);
        crc.update(bytes);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(array);
    }
}
