package latent4j.data;

import ai.djl.ndarray.types.Shape;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UTFDataFormatException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import latent4j.tensor.WholeFile;

/**
 * A whole set in one file, to the bit: a word, the name, the sizes of a record, then of each part its values, labels and factors, and
 * at the end the {@linkplain Dataset#hash() hash}. Numbers are big-endian.
 */
final class DatasetFile {

    private static final String WORD = "latent4j data set 1";
    private static final int LONGEST_RANK = 8;

    private DatasetFile() {}

    static void write(Dataset set, Path file) {
        WholeFile.write(file, stream -> write(set, stream));
    }

    private static void write(Dataset set, OutputStream stream) throws IOException {
        var out = new DataOutputStream(stream);
        out.writeUTF(WORD);
        out.writeUTF(set.name());
        out.writeInt(set.shape().dimension());
        for (long size : set.shape().getShape()) {
            out.writeLong(size);
        }
        for (var part : List.of(set.train(), set.test())) {
            out.writeInt(part.size());
            for (int i = 0; i < part.size(); i++) {
                write(part.row(i), out);
            }
            var labels = part.labels();
            write(labels.isPresent() ? part.classNames() : List.of(), out);
            if (labels.isPresent()) {
                for (int label : labels.get()) {
                    out.writeInt(label);
                }
            }
            var factors = part.factors();
            write(factors.isPresent() ? factors.get().names() : List.of(), out);
            if (factors.isPresent()) {
                for (var row : factors.get().values()) {
                    write(row, out);
                }
            }
        }
        out.writeUTF(set.hash());
    }

    private static void write(float[] values, DataOutputStream out) throws IOException {
        for (float value : values) {
            out.writeFloat(value);
        }
    }

    private static void write(List<String> names, DataOutputStream out) throws IOException {
        out.writeInt(names.size());
        for (var name : names) {
            out.writeUTF(name);
        }
    }

    static Dataset read(Path file) {
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            long length = Files.size(file);
            if (!in.readUTF().equals(WORD)) {
                throw new EOFException();
            }
            var name = in.readUTF();
            var sizes = new long[within(in.readInt(), 1, LONGEST_RANK)];
            for (int k = 0; k < sizes.length; k++) {
                sizes[k] = within(in.readLong(), 1, length);
            }
            var shape = new Shape(sizes);
            var set = new Dataset(name, part(shape, in, length), part(shape, in, length));
            if (!in.readUTF().equals(set.hash())) {
                throw new IllegalArgumentException("its content is not what its hash says");
            }
            return set;
        } catch (EOFException | UTFDataFormatException e) {
            throw new IllegalArgumentException(
                    file + " is no data set that Dataset.save or ./lab records wrote, or not all of it", e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the data set " + file + " is damaged (" + e.getMessage() + "): copy or make it again", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the data set " + file + ": " + e, e);
        }
    }

    private static Samples part(Shape shape, DataInputStream in, long length) throws IOException {
        int n = within(in.readInt(), 0, length / shape.size() / Float.BYTES);
        var values = Samples.room(n, shape);
        read(values, in);
        var part = Samples.of(shape, values);
        var classes = names(in, length);
        if (!classes.isEmpty()) {
            var labels = new int[n];
            for (int i = 0; i < n; i++) {
                labels[i] = in.readInt();
            }
            part = part.withLabels(labels, classes);
        }
        var names = names(in, length);
        if (!names.isEmpty()) {
            var rows = new float[n][names.size()];
            for (var row : rows) {
                read(row, in);
            }
            part = part.withFactors(new Samples.Factors(names, rows));
        }
        return part;
    }

    private static void read(float[] values, DataInputStream in) throws IOException {
        for (int k = 0; k < values.length; k++) {
            values[k] = in.readFloat();
        }
    }

    private static List<String> names(DataInputStream in, long length) throws IOException {
        var names = new String[within(in.readInt(), 0, length)];
        for (int k = 0; k < names.length; k++) {
            names[k] = in.readUTF();
        }
        return List.of(names);
    }

    /** A size, which a damaged one would exceed, and then ask for memory that no file of this length can fill. */
    private static int within(long number, long least, long most) {
        if (number < least || number > most) {
            throw new IllegalArgumentException("expected a number from " + least + " to " + most + ", found " + number);
        }
        return (int) number;
    }
}
