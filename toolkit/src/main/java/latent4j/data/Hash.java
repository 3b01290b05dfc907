package latent4j.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A message digest over plain values, little-endian: equal on every platform for equal values. */
public final class Hash {

    private final MessageDigest digest;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);

    private Hash(String algorithm) {
        try {
            digest = MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no " + algorithm, e);
        }
    }

    /** An empty one: SHA-256. */
    public static Hash sha256() {
        return new Hash("SHA-256");
    }

    /** The MD5 sum in hexadecimal: against accidents only, which is what published sums are for. */
    static String md5(byte[] bytes) {
        return HexFormat.of().formatHex(new Hash("MD5").digest.digest(bytes));
    }

    /** Adds a whole number. */
    public Hash number(long value) {
        room(Long.BYTES).putLong(value);
        return this;
    }

    /** Adds whole numbers. */
    public Hash numbers(int[] values) {
        for (int value : values) {
            room(Integer.BYTES).putInt(value);
        }
        return this;
    }

    /** Adds numbers, bit by bit. */
    public Hash numbers(float[] values) {
        for (float value : values) {
            room(Float.BYTES).putFloat(value);
        }
        return this;
    }

    /** Adds bytes. */
    public Hash bytes(byte[] bytes) {
        flush();
        digest.update(bytes);
        return this;
    }

    /** Adds a text. */
    public Hash text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The digest of all that was added, in hexadecimal; the end of this hash. */
    public String hex() {
        flush();
        return HexFormat.of().formatHex(digest.digest());
    }

    private ByteBuffer room(int bytes) {
        if (buffer.remaining() < bytes) {
            flush();
        }
        return buffer;
    }

    private void flush() {
        digest.update(buffer.flip());
        buffer.clear();
    }
}
