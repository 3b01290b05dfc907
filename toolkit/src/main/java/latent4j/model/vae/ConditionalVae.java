package latent4j.model.vae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.stream.IntStream;
import latent4j.data.Samples;
import latent4j.loss.Bernoulli;
import latent4j.loss.Gaussian;
import latent4j.loss.Likelihood;
import latent4j.model.Conditional;
import latent4j.model.Conditioning;
import latent4j.model.Inference;
import latent4j.model.OneHot;
import latent4j.model.Step;
import latent4j.model.VariationalAutoencoder;
import latent4j.nn.Net;
import latent4j.nn.Nets;
import latent4j.tensor.Require;

/**
 * The conditional VAE (Sohn et al. 2015, equation 4, with the prior N(0, I) for every class y): minimises
 * −E log p(x|z, y) + KL(q(z|x, y) ‖ N(0, I)) in nats per example. Encoder and decoder see the class one-hot beside what they
 * see otherwise, so that the codes need not hold it; give them few dimensions, or they hold it all the same, and samples of an
 * asked class are of another. Exported, the decoder takes z and the one-hot class side by side.
 *
 * @param encoder x and y to mean and log-variance of q(z|x, y); x flattened where it takes vectors
 * @param decoder z and y side by side to the parameters of p(x|z, y)
 * @param classes how many classes there are, ≥ 1
 */
public record ConditionalVae(Net encoder, Net decoder, Likelihood likelihood, int classes)
        implements VariationalAutoencoder, Conditional {

    public ConditionalVae {
        Require.atLeast("classes", 1, classes);
    }

    /** One hidden layer of 400 on each side, Bernoulli likelihood. */
    public static ConditionalVae mlp(Shape shape, int latent, int classes) {
        return mlp(shape, latent, classes, 400);
    }

    /** Convolutions of 32 and 64 channels and a dense layer of 256 on each side, Bernoulli likelihood. */
    public static ConditionalVae convolutional(Shape image, int latent, int classes) {
        Require.atLeast("latent", 1, latent);
        var input = Conditioning.input(image, classes);
        return new ConditionalVae(
                Nets.convolutional("encoder", input, 2 * latent, 256, 32, 64),
                Nets.convolutionalDecoder("decoder", latent + classes, image, 256, 32, 64),
                new Bernoulli(),
                classes);
    }

    /** A small one, for tests. */
    public static ConditionalVae small(Shape shape) {
        return mlp(shape, 2, 2, 16);
    }

    private static ConditionalVae mlp(Shape shape, int latent, int classes, int hidden) {
        Require.atLeast("latent", 1, latent);
        Require.atLeast("classes", 1, classes);
        var input = Conditioning.input(new Shape(shape.size()), classes);
        return new ConditionalVae(
                Nets.mlp("encoder", input, 2 * latent, hidden),
                Nets.mlpDecoder("decoder", latent + classes, shape, hidden),
                new Bernoulli(),
                classes);
    }

    @Override
    public Gaussian posterior(Step step) {
        return posterior(step.data(), step.classes(classes));
    }

    @Override
    public NDArray output(NDArray z, Step step) {
        return decoder.apply(Conditioning.beside(z, step.classes(classes), decoder.input()));
    }

    private Gaussian posterior(NDArray x, NDArray classes) {
        return Gaussian.of(encoder.apply(Conditioning.beside(x, classes, encoder.input())));
    }

    @Override
    public Shape shape() {
        return decoder.output();
    }

    @Override
    public int latent() {
        return (int) decoder.input().size() - classes;
    }

    /** The means of q(z|x, y) for labelled records. */
    @Override
    public Samples encode(Samples x) {
        return Inference.map(
                x, shape(), classes, (batch, y) -> posterior(batch, y).mean());
    }

    /** The records of labelled codes. */
    @Override
    public Samples decode(Samples codes) {
        return Inference.map(
                codes,
                new Shape(latent()),
                classes,
                (z, y) -> likelihood.mean(decoder.apply(Conditioning.beside(z, y, decoder.input()))));
    }

    /** Samples of all classes in turn, labelled with them. */
    @Override
    public Samples draw(int n, long seed) {
        return decode(prior(n, seed)
                .withLabels(IntStream.range(0, n).map(i -> i % classes).toArray()));
    }

    @Override
    public Samples draw(int n, int label, long seed) {
        OneHot.check(label, classes);
        var labels = new int[n];
        Arrays.fill(labels, label);
        return decode(prior(n, seed).withLabels(labels));
    }
}
