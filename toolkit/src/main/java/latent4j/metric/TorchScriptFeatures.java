package latent4j.metric;

import ai.djl.ndarray.types.Shape;
import java.lang.ref.Cleaner;
import java.nio.file.Path;
import java.util.stream.IntStream;
import latent4j.data.Samples;
import latent4j.model.Inference;
import latent4j.tensor.Compute;
import latent4j.tensor.Require;
import latent4j.tensor.TorchModule;

/**
 * What a network in a TorchScript file says of records, see {@link Features#torchScript}. Images are first made as the network
 * expects them, by {@link #resized}, {@link #channels} and {@link #scaled}.
 */
public final class TorchScriptFeatures implements Features {

    /** Few at a time: all records together, as large pictures, would not fit into memory. */
    private static final int ROWS = 64;

    private static final Cleaner CLEANER = Cleaner.create();

    private final TorchModule module;
    private final String name;
    private final int height;
    private final int width;
    private final int channels;
    private final double low;
    private final double high;

    private TorchScriptFeatures(
            TorchModule module, String name, int height, int width, int channels, double low, double high) {
        this.module = module;
        this.name = name;
        this.height = height;
        this.width = width;
        this.channels = channels;
        this.low = low;
        this.high = high;
    }

    static TorchScriptFeatures of(Path file, String name) {
        var manager = Compute.current().manager().newSubManager();
        var module = TorchModule.load(file, manager);
        CLEANER.register(module, manager::close);
        return new TorchScriptFeatures(module, name, 0, 0, 0, 0, 1);
    }

    /** With images resized, as {@link Samples#resized} does it. */
    public TorchScriptFeatures resized(int height, int width) {
        Require.atLeast("height", 1, height);
        Require.atLeast("width", 1, width);
        return new TorchScriptFeatures(module, name, height, width, channels, low, high);
    }

    /** With grey images repeated in so many channels, such as 3; coloured ones must have so many. */
    public TorchScriptFeatures channels(int channels) {
        Require.atLeast("channels", 1, channels);
        return new TorchScriptFeatures(module, name, height, width, channels, low, high);
    }

    /** With each value x made low + (high − low)·x: pixels in [0, 1] become such in [low, high]. */
    public TorchScriptFeatures scaled(double low, double high) {
        if (!(low < high)) {
            throw new IllegalArgumentException("values must be scaled to low < high, got " + low + " and " + high);
        }
        return new TorchScriptFeatures(module, name, height, width, channels, low, high);
    }

    @Override
    public String name() {
        return name;
    }

    /** @throws IllegalArgumentException if the records, or what the network makes of them, have another shape */
    @Override
    public Samples of(Samples records) {
        float[] found = null;
        int d = 0;
        for (int from = 0; from < records.size(); from += ROWS) {
            int to = Math.min(records.size(), from + ROWS);
            var prepared = prepared(records.rows(IntStream.range(from, to).toArray()));
            var some = Inference.map(prepared, prepared.shape(), x -> {
                var y = module.call("forward", x);
                var shape = y.getShape();
                if (shape.dimension() < 2 || shape.get(0) != x.getShape().get(0)) {
                    throw new IllegalArgumentException("the network '" + name + "' must make ("
                            + x.getShape().get(0) + ", features) of " + x.getShape() + ", it makes " + shape);
                }
                return y.reshape(shape.get(0), -1);
            });
            d = (int) some.shape().size();
            found = found == null ? new float[Math.multiplyExact(records.size(), d)] : found;
            System.arraycopy(some.toArray(), 0, found, from * d, (to - from) * d);
        }
        if (found == null) {
            throw new IllegalArgumentException("expected at least one record, got none");
        }
        var features = Samples.of(new Shape(d), found);
        return records.labels()
                .map(labels -> features.withLabels(labels, records.classNames()))
                .orElse(features);
    }

    /** The records as the network expects them. */
    private Samples prepared(Samples records) {
        var fitted = height > 0 ? records.resized(height, width) : records;
        int repeats = repeats(fitted.shape());
        int plane = (int) fitted.shape().size();
        var values = new float[fitted.size() * plane * repeats];
        var row = new float[plane];
        for (int i = 0; i < fitted.size(); i++) {
            fitted.copyRow(i, row, 0);
            for (int k = 0; k < plane; k++) {
                row[k] = (float) (low + (high - low) * row[k]);
            }
            for (int c = 0; c < repeats; c++) {
                System.arraycopy(row, 0, values, (i * repeats + c) * plane, plane);
            }
        }
        var shape = fitted.shape();
        return Samples.of(repeats == 1 ? shape : new Shape(repeats, shape.get(1), shape.get(2)), values);
    }

    private int repeats(Shape shape) {
        if (channels == 0) {
            return 1;
        }
        if (shape.dimension() != 3 || (shape.get(0) != 1 && shape.get(0) != channels)) {
            throw new IllegalArgumentException("'" + name + "' takes images of " + channels
                    + " channels, or grey ones to repeat, got shape " + shape);
        }
        return channels / (int) shape.get(0);
    }
}
