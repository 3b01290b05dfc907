package latent4j.model.vae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import latent4j.loss.Likelihood;
import latent4j.model.CodeDensity;
import latent4j.model.Step;
import latent4j.nn.Net;
import latent4j.tensor.Kernels;
import latent4j.tensor.Require;

/**
 * The regularised autoencoder with decaying decoder weights, RAE-L2 (Ghosh et al. 2020, equation 11 with the Tikhonov
 * regulariser): minimises −log p(x|z) + β·½‖z‖² + λ·‖θ‖² with z = E(x) and θ the decoder's weights, in nats per example.
 *
 * @param density what draws come from, fitted to the codes
 * @param beta β ≥ 0
 * @param lambda λ ≥ 0
 */
public record RaeL2(Net encoder, Net decoder, Likelihood likelihood, CodeDensity density, double beta, double lambda)
        implements RegularisedAutoencoder {

    public RaeL2 {
        Require.notNegative("beta", beta);
        Require.notNegative("lambda", lambda);
    }

    /** The networks of an autoencoder with these penalties. */
    public static RaeL2 of(Ae ae, double beta, double lambda) {
        return new RaeL2(ae.encoder(), ae.decoder(), ae.likelihood(), ae.density(), beta, lambda);
    }

    /** One hidden layer of 400 on each side, Bernoulli likelihood. */
    public static RaeL2 mlp(Shape shape, int latent, double beta, double lambda) {
        return of(Ae.mlp(shape, latent), beta, lambda);
    }

    /** A small one, for tests. */
    public static RaeL2 small(Shape shape) {
        return of(Ae.small(shape), 0.1, 1e-3);
    }

    @Override
    public NDArray regulariser(NDArray codes, Step step) {
        return Kernels.current().squaredNorm(decoder.trainable());
    }

    @Override
    public String regulariserName() {
        return "‖θ‖²";
    }
}
