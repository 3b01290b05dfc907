package latent4j.data;

import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import latent4j.tensor.Require;
import latent4j.tensor.WholeFile;

/**
 * One channel of sound; a notebook's {@code show} plays it.
 *
 * @param samples the pressure over time, 1 being full scale
 * @param rate samples a second
 */
public record Sound(float[] samples, int rate) {

    private static final int HEADER = 44;

    public Sound {
        Require.atLeast("rate", 1, rate);
        for (float sample : samples) {
            Require.finite("a sample", sample);
        }
    }

    /** How long it is. */
    public double seconds() {
        return samples.length / (double) rate;
    }

    /** A WAV file's bytes: 16 bits a sample; what exceeds full scale is clipped. */
    public byte[] wav() {
        int size = 2 * samples.length;
        var bytes = ByteBuffer.allocate(HEADER + size).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(ascii("RIFF")).putInt(HEADER - 8 + size).put(ascii("WAVE"));
        // 16 bytes of format: 1 for linear samples, one channel
        bytes.put(ascii("fmt ")).putInt(16).putShort((short) 1).putShort((short) 1);
        bytes.putInt(rate).putInt(2 * rate).putShort((short) 2).putShort((short) 16);
        bytes.put(ascii("data")).putInt(size);
        for (float sample : samples) {
            bytes.putShort((short) Math.round(Math.max(-1, Math.min(1, sample)) * Short.MAX_VALUE));
        }
        return bytes.array();
    }

    /**
     * Writes a WAV file, whole or not at all.
     *
     * @throws UncheckedIOException naming the path, when that fails
     */
    public void save(Path file) {
        WholeFile.write(file, stream -> stream.write(wav()));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "sound of %.2f s, %d samples a second", seconds(), rate);
    }
}
