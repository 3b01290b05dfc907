package latent4j.train;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import latent4j.nn.Json;
import latent4j.nn.JsonText;
import latent4j.nn.NetState;
import latent4j.nn.Optimizer;
import latent4j.tensor.WholeFile;

/**
 * Where a training stood after a step: all that decides how it goes on, and what was measured. Order and noise need no place
 * here, since they follow from the seed and the step.
 *
 * <p>A file begins with a line that says what it is; then come the length of the description and the description, as
 * JSON, all arrays (each with its length, big-endian), and the CRC-32 of everything before it.
 *
 * @param provenance what is trained, and how
 * @param step batches done
 * @param state whether it was going on, had been interrupted, or was done
 * @param seconds how long it had taken
 * @param nets the networks' states, in the model's order
 * @param history what was measured until then
 */
record Checkpoint(
        Provenance provenance,
        long step,
        Progress.State state,
        double seconds,
        List<NetState> nets,
        List<History.Series> history) {

    private static final String TITLE = "latent4j checkpoint ";
    private static final int FORMAT = 1;
    private static final int CHECKSUM_BYTES = Long.BYTES;

    private record Description(
            Provenance provenance,
            long step,
            Progress.State state,
            double seconds,
            List<DescribedNet> nets,
            List<DescribedSeries> history) {}

    private record DescribedNet(Optional<Optimizer> optimizer, long steps) {}

    private record DescribedSeries(String name, String unit, boolean validation) {}

    void write(Path file) {
        var description = new Description(
                provenance,
                step,
                state,
                seconds,
                nets.stream()
                        .map(net -> new DescribedNet(net.optimizer(), net.steps()))
                        .toList(),
                history.stream()
                        .map(s -> new DescribedSeries(s.name(), s.unit(), s.validation()))
                        .toList());
        var text = JsonText.of(Json.write(description, Description.class)).getBytes(StandardCharsets.UTF_8);
        WholeFile.write(file, stream -> {
            var checked = new CheckedOutputStream(stream, new CRC32());
            var out = new DataOutputStream(new BufferedOutputStream(checked));
            out.write((TITLE + FORMAT + "\n").getBytes(StandardCharsets.US_ASCII));
            out.writeInt(text.length);
            out.write(text);
            for (var net : nets) {
                writeAll(out, net.values());
                out.writeInt(net.moments().size());
                for (var moment : net.moments()) {
                    writeAll(out, moment);
                }
                writeAll(out, net.average());
            }
            for (var series : history) {
                write(out, series.epochs());
                write(out, series.values());
            }
            out.flush();
            out.writeLong(checked.getChecksum().getValue());
            out.flush();
        });
    }

    /**
     * What a file holds.
     *
     * @throws IllegalArgumentException naming the file, if it is damaged or was written by a newer version
     */
    static Checkpoint read(Path file) {
        try {
            long length = Files.size(file) - CHECKSUM_BYTES;
            verify(file, length);
            try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
                return read(in);
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read the checkpoint " + file + ": " + e, e);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("cannot read the checkpoint " + file + ": " + e.getMessage(), e);
        }
    }

    /** First of all, so that what is read afterwards, such as an array's length, can be believed. */
    private static void verify(Path file, long length) throws IOException {
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            if (length < TITLE.length()) {
                throw new IllegalArgumentException("it is cut off after " + (length + CHECKSUM_BYTES) + " bytes");
            }
            var checked = new CheckedInputStream(in, new CRC32());
            skip(checked, length);
            if (checked.getChecksum().getValue() != in.readLong()) {
                throw new IllegalArgumentException("it is damaged or cut off: its checksum is wrong");
            }
        }
    }

    private static void skip(InputStream in, long length) throws IOException {
        var buffer = new byte[1 << 16];
        for (long left = length; left > 0; ) {
            int n = in.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (n < 0) {
                throw new IOException("it ends while it is read");
            }
            left -= n;
        }
    }

    private static Checkpoint read(DataInputStream in) throws IOException {
        var title = new StringBuilder();
        for (int c = in.read(); c != '\n' && c >= 0 && title.length() < 100; c = in.read()) {
            title.append((char) c);
        }
        if (!title.toString().startsWith(TITLE)) {
            throw new IllegalArgumentException("it is no checkpoint");
        }
        int format = Integer.parseInt(title.substring(TITLE.length()));
        if (format > FORMAT) {
            throw new IllegalArgumentException("it has format " + format + ", this toolkit reads up to " + FORMAT
                    + ": use a newer version of the toolkit");
        }
        var text = new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
        var description = (Description) Json.read(new Gson().fromJson(text, JsonObject.class), Description.class);
        var nets = new ArrayList<NetState>();
        for (var net : description.nets) {
            var values = readAll(in);
            var moments = new ArrayList<List<float[]>>();
            int n = in.readInt();
            for (int i = 0; i < n; i++) {
                moments.add(readAll(in));
            }
            nets.add(new NetState(values, net.optimizer, moments, net.steps, readAll(in)));
        }
        var history = new ArrayList<History.Series>();
        for (var series : description.history) {
            history.add(
                    new History.Series(series.name, series.unit, series.validation, readDoubles(in), readDoubles(in)));
        }
        return new Checkpoint(
                description.provenance, description.step, description.state, description.seconds, nets, history);
    }

    private static void writeAll(DataOutputStream out, List<float[]> arrays) throws IOException {
        out.writeInt(arrays.size());
        for (var array : arrays) {
            var bytes = ByteBuffer.allocate(Math.multiplyExact(array.length, Float.BYTES));
            bytes.asFloatBuffer().put(array);
            out.writeInt(array.length);
            out.write(bytes.array());
        }
    }

    private static List<float[]> readAll(DataInputStream in) throws IOException {
        var arrays = new ArrayList<float[]>();
        int n = in.readInt();
        for (int i = 0; i < n; i++) {
            var array = new float[in.readInt()];
            ByteBuffer.wrap(in.readNBytes(array.length * Float.BYTES))
                    .asFloatBuffer()
                    .get(array);
            arrays.add(array);
        }
        return arrays;
    }

    private static void write(DataOutputStream out, double[] values) throws IOException {
        var bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Double.BYTES));
        bytes.asDoubleBuffer().put(values);
        out.writeInt(values.length);
        out.write(bytes.array());
    }

    private static double[] readDoubles(DataInputStream in) throws IOException {
        var values = new double[in.readInt()];
        ByteBuffer.wrap(in.readNBytes(values.length * Double.BYTES))
                .asDoubleBuffer()
                .get(values);
        return values;
    }
}
