package latent4j.model.vae;

import ai.djl.ndarray.types.Shape;
import latent4j.loss.Bernoulli;
import latent4j.loss.Categorical;
import latent4j.loss.Likelihood;
import latent4j.model.VariationalAutoencoder;
import latent4j.nn.Net;
import latent4j.nn.Nets;
import latent4j.tensor.Require;

/**
 * The variational autoencoder (Kingma and Welling 2014, equation 10): minimises −ELBO = −E log p(x|z) + KL(q(z|x) ‖
 * N(0, I)) in nats per example, with one reparameterised sample of z for each x.
 */
public record Vae(Net encoder, Net decoder, Likelihood likelihood) implements VariationalAutoencoder {

    public Vae {
        Require.shape("encoder's output", new Shape(2 * decoder.input().size()), encoder.output());
        Require.shape("decoder's output", likelihood.outputs(encoder.input()), decoder.output());
    }

    /** One hidden layer of 400 on each side, Bernoulli likelihood. */
    public static Vae mlp(Shape shape, int latent) {
        return mlp(shape, latent, new Bernoulli());
    }

    /** One hidden layer of 400 on each side. */
    public static Vae mlp(Shape shape, int latent, Likelihood likelihood) {
        Require.atLeast("latent", 1, latent);
        return new Vae(
                Nets.mlp("encoder", shape, 2 * latent, 400),
                Nets.mlpDecoder("decoder", latent, likelihood.outputs(shape), 400),
                likelihood);
    }

    /** Convolutions of 32 and 64 channels and a dense layer of 256 on each side, Bernoulli likelihood. */
    public static Vae convolutional(Shape image, int latent) {
        return convolutional(image, latent, new Bernoulli());
    }

    /** Convolutions of 32 and 64 channels and a dense layer of 256 on each side. */
    public static Vae convolutional(Shape image, int latent, Likelihood likelihood) {
        Require.atLeast("latent", 1, latent);
        return new Vae(
                Nets.convolutional("encoder", image, 2 * latent, 256, 32, 64),
                Nets.convolutionalDecoder("decoder", latent, likelihood.outputs(image), 256, 32, 64),
                likelihood);
    }

    /** Residual blocks of 32 and 64 channels on each side (He et al. 2016), Bernoulli likelihood. */
    public static Vae residual(Shape image, int latent) {
        return residual(image, latent, new Bernoulli());
    }

    /** Residual blocks of 32 and 64 channels on each side (He et al. 2016). */
    public static Vae residual(Shape image, int latent, Likelihood likelihood) {
        Require.atLeast("latent", 1, latent);
        return new Vae(
                Nets.residualConvolutional("encoder", image, 2 * latent, 32, 64),
                Nets.residualConvolutionalDecoder("decoder", latent, likelihood.outputs(image), 32, 64),
                likelihood);
    }

    /**
     * Gated recurrent units on each side, for sequences of one-hot symbols: a categorical likelihood at each step, all steps
     * independent given z. Such networks easily give up their codes: put {@link FreeBits} around it.
     *
     * @param sequence (steps, symbols)
     * @param units ≥ 1, the size of the state
     */
    public static Vae recurrent(Shape sequence, int latent, int units) {
        Require.atLeast("latent", 1, latent);
        return new Vae(
                Nets.recurrent("encoder", sequence, 2 * latent, units),
                Nets.recurrentDecoder("decoder", latent, sequence, units),
                new Categorical());
    }

    /**
     * For films: a part of the code stays, and of the rest gated recurrent units make the path on which things move.
     * Layers of 256 and 512 draw each frame; Bernoulli likelihood.
     *
     * @param film (frames, height, width)
     * @param content ≥ 1, how many values of the code stay
     * @param motion ≥ 1, how many values the path has for each frame
     */
    public static Vae film(Shape film, int content, int motion) {
        int latent = content + (int) film.get(0) * motion;
        return new Vae(
                Nets.film("encoder", film, 2 * latent, 128, 256),
                Nets.filmDecoder("decoder", content, motion, film, 64, 256, 512),
                new Bernoulli());
    }

    /** A small one, for tests. */
    public static Vae small(Shape shape) {
        return new Vae(Nets.mlp("encoder", shape, 4, 16), Nets.mlpDecoder("decoder", 2, shape, 16), new Bernoulli());
    }
}
