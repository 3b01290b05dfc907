package latent4j.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.ArrayDataset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.Output;
import org.tribuo.OutputFactory;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/** Samples to and from the types of Tribuo and DJL. */
public final class Convert {

    private Convert() {}

    /**
     * As a Tribuo data set, for Tribuo's classifiers and clusterings.
     *
     * <p>Feature {@code k} is called {@code x} and {@code k} in digits of one length, because Tribuo
     * orders features by name. Zeros are left out, as in any of Tribuo's sparse examples, save in the
     * first record, from which the set learns that all features exist.
     *
     * @param samples with or without labels; the outputs are the class names, or Tribuo's unknown label
     */
    public static MutableDataset<Label> toTribuo(Samples samples) {
        var factory = new LabelFactory();
        var labels = samples.labels();
        var classes = samples.classNames().stream().map(Label::new).toList();
        return toTribuo(
                samples, factory, i -> labels.isPresent() ? classes.get(labels.get()[i]) : factory.getUnknownOutput());
    }

    /**
     * As a Tribuo data set with any outputs, such as numbers for regression or, for clustering, none: {@code toTribuo(codes,
     * factory, i -> factory.getUnknownOutput())}.
     *
     * @param output of each record, by its index
     */
    public static <T extends Output<T>> MutableDataset<T> toTribuo(
            Samples samples, OutputFactory<T> factory, IntFunction<T> output) {
        var dataset = new MutableDataset<T>(new SimpleDataSourceProvenance("Latent4J samples", factory), factory);
        int d = (int) samples.shape().size();
        int digits = Integer.toString(d - 1).length();
        var names = IntStream.range(0, d)
                .mapToObj(k -> String.format("x%0" + digits + "d", k))
                .toArray(String[]::new);
        var row = new float[d];
        for (int i = 0; i < samples.size(); i++) {
            samples.copyRow(i, row, 0);
            var kept = new String[d];
            var values = new double[d];
            int n = 0;
            for (int k = 0; k < d; k++) {
                // Tribuo refuses an example without features, so that the first always stays.
                if (row[k] != 0 || k == 0 || i == 0) {
                    kept[n] = names[k];
                    values[n++] = row[k];
                }
            }
            dataset.add(new ArrayExample<>(output.apply(i), Arrays.copyOf(kept, n), Arrays.copyOf(values, n)));
        }
        return dataset;
    }

    /**
     * A Tribuo data set as vectors of shape {@code (features)}, in the order of the features' names;
     * a feature that an example lacks is 0. Classes are in the order of their names, those that
     * are numbers in numeric order.
     */
    public static Samples fromTribuo(org.tribuo.Dataset<Label> dataset) {
        return fromTribuo(dataset, new Shape(dataset.getFeatureMap().size()));
    }

    /** A Tribuo data set as records of the given shape, such as one that came from {@link #toTribuo}. */
    public static Samples fromTribuo(org.tribuo.Dataset<Label> dataset, Shape shape) {
        var features = dataset.getFeatureIDMap();
        if (features.size() != shape.size()) {
            throw new IllegalArgumentException("expected " + shape.size() + " features for records of shape " + shape
                    + ", got " + features.size());
        }
        int d = features.size();
        var values = new float[Math.multiplyExact(dataset.size(), d)];
        var names = new ArrayList<String>();
        int i = 0;
        for (Example<Label> example : dataset) {
            for (var feature : example) {
                values[i * d + features.getID(feature.getName())] = (float) feature.getValue();
            }
            names.add(example.getOutput().getLabel());
            i++;
        }
        var samples = Samples.of(shape, values);
        if (names.contains(Label.UNKNOWN)) {
            return samples;
        }
        var classes = names.stream().distinct().sorted(Convert::numbersFirst).toList();
        return samples.withLabels(names.stream().mapToInt(classes::indexOf).toArray(), classes);
    }

    /**
     * As a DJL data set of arrays: data {@code (n, shape)} as 32-bit floats and, where there are
     * labels, labels {@code (n)} as 64-bit integers. The arrays belong to the manager and live as long
     * as it does.
     *
     * @param batch records in a batch
     * @param shuffle whether each pass has an order of its own
     */
    public static ArrayDataset toDjl(Samples samples, NDManager manager, int batch, boolean shuffle) {
        var shape = new Shape(samples.size()).addAll(samples.shape());
        var builder = new ArrayDataset.Builder()
                .setData(manager.create(samples.toArray(), shape))
                .setSampling(batch, shuffle);
        samples.labels()
                .ifPresent(labels -> builder.optLabels(
                        manager.create(Arrays.stream(labels).asLongStream().toArray(), new Shape(labels.length))));
        return builder.build();
    }

    /** An array {@code (n, shape)} of 32-bit floats as samples; the values are copied. */
    public static Samples fromDjl(NDArray data) {
        if (data.getShape().dimension() < 2) {
            throw new IllegalArgumentException(
                    "expected an array (n, shape of one record), got shape " + data.getShape());
        }
        return Samples.of(data.getShape().slice(1), data.toFloatArray());
    }

    private static int numbersFirst(String a, String b) {
        var pattern = "\\d{1,9}";
        if (a.matches(pattern) && b.matches(pattern)) {
            return Integer.compare(Integer.parseInt(a), Integer.parseInt(b));
        }
        return a.compareTo(b);
    }
}
