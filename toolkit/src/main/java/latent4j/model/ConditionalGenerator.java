package latent4j.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import latent4j.data.Samples;
import latent4j.tensor.Kernels;
import latent4j.tensor.Require;
import latent4j.tensor.Seed;

/**
 * A game whose generator is told a class: its code is noise z ~ N(0, I) with the class's one-hot row beside it. Codes from the
 * prior carry the class as their label, and so do the samples made of them.
 */
public interface ConditionalGenerator extends GenerativeAdversarialNetwork, Conditional {

    /** How many of a code's dimensions are noise; the others say the class. */
    default int noise() {
        return latent() - classes();
    }

    /** G(z, y) with fresh noise and the batch's own classes. */
    @Override
    default NDArray generate(Step step) {
        return generator().apply(Kernels.current().concatenate(List.of(step.normal(noise()), step.classes(classes()))));
    }

    /** A code for each of the classes: [noise, one-hot]; the noise depends on the seed alone. */
    default Samples codes(int[] labels, long seed) {
        var noise = new Seed(seed).child("prior").normal(Math.multiplyExact(labels.length, noise()));
        var codes = new float[Math.multiplyExact(labels.length, latent())];
        for (int i = 0; i < labels.length; i++) {
            System.arraycopy(noise, i * noise(), codes, i * latent(), noise());
            codes[i * latent() + noise() + labels[i]] = 1;
        }
        return Samples.of(new Shape(latent()), codes).withLabels(labels);
    }

    /** {@code n} codes of classes that are equally likely. */
    @Override
    default Samples prior(int n, long seed) {
        Require.atLeast("n", 1, n);
        var stream = new Seed(seed).child("classes").stream();
        var labels = new int[n];
        Arrays.setAll(labels, i -> stream.integer(classes()));
        return codes(labels, seed);
    }

    /** The same seed gives every class the same noise. */
    @Override
    default Samples draw(int n, int label, long seed) {
        Require.atLeast("n", 1, n);
        OneHot.check(label, classes());
        var labels = new int[n];
        Arrays.fill(labels, label);
        return decode(codes(labels, seed));
    }
}
