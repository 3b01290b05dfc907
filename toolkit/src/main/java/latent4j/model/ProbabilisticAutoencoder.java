package latent4j.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import latent4j.data.Samples;
import latent4j.loss.Likelihood;
import latent4j.nn.Net;
import latent4j.tensor.WholeFile;

/** An encoder, and a decoder that gives the distribution p(x|z) of records. */
public interface ProbabilisticAutoencoder extends Autoencoder {

    /** x to what a variant makes its codes from: [batch, shape…] to [batch, …]. */
    Net encoder();

    /** z to the parameters of p(x|z): [batch, latent] to [batch, {@link Likelihood#outputs outputs}…]. */
    Net decoder();

    /** p(x|z) given the decoder's output. */
    Likelihood likelihood();

    /** The networks that learn to encode and decode: encoder, decoder, and what the likelihood learns. */
    default List<Net> bounded() {
        return Stream.concat(Stream.of(encoder(), decoder()), LearnedLikelihood.nets(likelihood()).stream())
                .toList();
    }

    /**
     * −log p(x|z), nats per example: sum over dimensions, mean over the batch.
     *
     * @param x [batch, shape…]
     * @param z [batch, latent]
     */
    default NDArray reconstruction(NDArray x, NDArray z) {
        return likelihood().logLikelihood(x, decoder().apply(z)).mean().neg();
    }

    @Override
    default Shape shape() {
        return encoder().input();
    }

    @Override
    default int latent() {
        return (int) decoder().input().size();
    }

    @Override
    default void export(Path file) {
        WholeFile.write(file, stream -> stream.write(decoder().toTorchScript(likelihood()::meanText)));
    }

    @Override
    default Samples decode(Samples codes) {
        return Inference.map(
                codes, decoder().input(), z -> likelihood().mean(decoder().apply(z)));
    }
}
