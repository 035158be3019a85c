package io.fluvial.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The head of a `.npy` array (NumPy's format versions 1 to 3).
///
/// @param kind `f` floating, `i` signed, `u` unsigned, `b` boolean
record NumpyHeader(char kind, int itemSize, ByteOrder order, boolean fortran, long rows, int columns) {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*'([<>|=])([a-zA-Z])(\\d+)'");
    private static final Pattern FORTRAN = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([\\d, ]*)\\)");

    static NumpyHeader read(InputStream in, String name) throws IOException {
        String text = text(in);
        Matcher descr = DESCR.matcher(text);
        Matcher fortran = FORTRAN.matcher(text);
        Matcher shape = SHAPE.matcher(text);
        if (!fortran.find() || !shape.find()) {
            throw new BadInputException(name + ": is no .npy file: its first bytes are not NumPy's");
        }
        if (!descr.find() || !supported(descr.group(2).charAt(0), descr.group(3))) {
            throw new BadInputException(
                    name + ": holds no plain numbers: convert it with array.astype('float32') and save it again");
        }
        long[] sizes = sizes(shape.group(1));
        if (sizes.length < 1 || sizes.length > 2) {
            throw new BadInputException(name + ": has " + sizes.length + " dimensions, a table has 1 or 2: reshape it");
        }
        long columns = sizes.length == 1 ? 1 : sizes[1];
        if (columns > 1_000_000 || sizes[0] > Integer.MAX_VALUE - 8) {
            throw new BadInputException(name + ": is too large: " + sizes[0] + " × " + columns);
        }
        return new NumpyHeader(
                descr.group(2).charAt(0),
                Integer.parseInt(descr.group(3)),
                descr.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN,
                fortran.group(1).equals("True"),
                sizes[0],
                (int) columns);
    }

    /// The number of dimensions of an array, 0 if this is none.
    static int dimensions(InputStream in) throws IOException {
        Matcher shape = SHAPE.matcher(text(in));
        return shape.find() ? sizes(shape.group(1)).length : 0;
    }

    private static boolean supported(char kind, String size) {
        return switch (kind) {
            case 'f' -> size.equals("2") || size.equals("4") || size.equals("8");
            case 'i', 'u' -> size.equals("1") || size.equals("2") || size.equals("4") || size.equals("8");
            case 'b' -> size.equals("1");
            default -> false;
        };
    }

    private static long[] sizes(String shape) {
        return Arrays.stream(shape.split(",", -1))
                .map(String::strip)
                .filter(s -> !s.isEmpty())
                .mapToLong(s -> s.length() > 18 ? Long.MAX_VALUE : Long.parseLong(s))
                .toArray();
    }

    /// The dictionary at the head, empty if the bytes are not NumPy's.
    private static String text(InputStream in) throws IOException {
        byte[] start = in.readNBytes(8);
        if (start.length < 8 || !Arrays.equals(Arrays.copyOf(start, 6), MAGIC)) {
            return "";
        }
        int wide = start[6] == 1 ? 2 : 4;
        byte[] length = Arrays.copyOf(in.readNBytes(wide), 4);
        int size = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getInt();
        return size < 0 || size > 1 << 20 ? "" : new String(in.readNBytes(size), StandardCharsets.UTF_8);
    }

    boolean integers() {
        return kind != 'f';
    }

    /// Value number `k` of a buffer.
    double value(ByteBuffer from, int k) {
        int at = k * itemSize;
        if (kind == 'f') {
            return switch (itemSize) {
                case 2 -> Float.float16ToFloat(from.getShort(at));
                case 4 -> from.getFloat(at);
                default -> from.getDouble(at);
            };
        }
        boolean signed = kind == 'i';
        return switch (itemSize) {
            case 1 -> signed ? from.get(at) : Byte.toUnsignedInt(from.get(at));
            case 2 -> signed ? from.getShort(at) : Short.toUnsignedInt(from.getShort(at));
            case 4 -> signed ? from.getInt(at) : Integer.toUnsignedLong(from.getInt(at));
            default -> signed || from.getLong(at) >= 0 ? from.getLong(at) : from.getLong(at) + 0x1p64;
        };
    }
}
