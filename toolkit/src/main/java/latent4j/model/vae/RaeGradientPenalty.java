package latent4j.model.vae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import latent4j.loss.CodePenalty;
import latent4j.loss.Likelihood;
import latent4j.model.CodeDensity;
import latent4j.model.Step;
import latent4j.nn.Net;
import latent4j.tensor.Require;

/**
 * The regularised autoencoder with a gradient penalty on the decoder, RAE-GP (Ghosh et al. 2020, equation 11 with the
 * gradient penalty): minimises −log p(x|z) + β·½‖z‖² + λ·‖∇D(z)‖² with z = E(x), in nats per example. D(z) is E[x|z]; the
 * norm is that of the whole Jacobian, estimated along one random direction, and moves only the decoder.
 *
 * @param density what draws come from, fitted to the codes
 * @param beta β ≥ 0
 * @param lambda λ ≥ 0
 */
public record RaeGradientPenalty(
        Net encoder, Net decoder, Likelihood likelihood, CodeDensity density, double beta, double lambda)
        implements RegularisedAutoencoder {

    public RaeGradientPenalty {
        Require.notNegative("beta", beta);
        Require.notNegative("lambda", lambda);
    }

    /** The networks of an autoencoder with these penalties. */
    public static RaeGradientPenalty of(Ae ae, double beta, double lambda) {
        return new RaeGradientPenalty(ae.encoder(), ae.decoder(), ae.likelihood(), ae.density(), beta, lambda);
    }

    /** One hidden layer of 400 on each side, Bernoulli likelihood. */
    public static RaeGradientPenalty mlp(Shape shape, int latent, double beta, double lambda) {
        return of(Ae.mlp(shape, latent), beta, lambda);
    }

    /** A small one, for tests. */
    public static RaeGradientPenalty small(Shape shape) {
        return of(Ae.small(shape), 0.1, 1e-3);
    }

    @Override
    public NDArray regulariser(NDArray codes, Step step) {
        return CodePenalty.jacobian(z -> likelihood.mean(decoder.apply(z)), codes, step.normal(shape().getShape()));
    }

    @Override
    public String regulariserName() {
        return "‖∇D(z)‖²";
    }
}
