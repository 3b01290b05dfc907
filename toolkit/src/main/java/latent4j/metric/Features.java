package latent4j.metric;

import java.nio.file.Path;
import java.util.Optional;
import latent4j.data.Samples;

/**
 * Numbers that say what a record shows, by which sets of records are compared: of a classifier that the toolkit ships ({@link
 * Classifier#digits()}, {@link Classifier#shapes()}), of a network of your own ({@link Classifier}, {@link #torchScript}), or
 * the records' own values ({@link #values()}).
 */
public interface Features {

    /** What measures are named for, such as {@code digits-cnn}. */
    String name();

    /** The features of each record, [n, d], in the records' order, with their labels. */
    Samples of(Samples records);

    /**
     * p(y | x) for records of these features, [n, classes], where the features are a classifier's.
     *
     * @param features as {@link #of} gives them
     */
    default Optional<Samples> classProbabilities(Samples features) {
        return Optional.empty();
    }

    /** The records' own values: coordinates of vectors, pixels of images. Distances between pixels say little of pictures. */
    static Features values() {
        return new Values();
    }

    /**
     * Of any network in a TorchScript file, such as Inception's: {@code Features.torchScript(file,
     * "inception").channels(3).resized(299, 299).scaled(-1, 1)}.
     *
     * @param file what {@code torch.jit.save} wrote; its {@code forward} takes [batch, channels, height, width] or [batch, d],
     *     and gives [batch, features] or [batch, features, 1, 1]
     * @param name what measures are named for; say which network and which layer
     */
    static TorchScriptFeatures torchScript(Path file, String name) {
        return TorchScriptFeatures.of(file, name);
    }
}
