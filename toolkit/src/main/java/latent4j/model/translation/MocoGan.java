package latent4j.model.translation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import latent4j.model.GenerativeAdversarialNetwork;
import latent4j.model.Objective;
import latent4j.model.Step;
import latent4j.model.Terms;
import latent4j.nn.Net;
import latent4j.tensor.Tape;

/**
 * MoCoGAN (Tulyakov et al. 2018, equation 7): films from a code of content, which stays, and noise of motion, which a
 * recurrent network turns into a path. Two discriminators judge them, one each frame by itself and one the whole film; both
 * minimise −E log D(x) − E log(1 − D(G(z))), and the generator −E log D of both. A film is a record of shape (frames, height,
 * width); here the film's discriminator sees its frames as channels, and that of frames all of them, where the paper draws one.
 *
 * <p>These small networks hardly learned to move in the trainings that were tried; a VAE for films ({@link
 * latent4j.model.vae.Vae#film Vae.film}) does.
 *
 * @param generator [batch, content + frames·motion] to films, [batch, frames, h, w]: see {@link latent4j.nn.ContentAndMotion}
 * @param discriminator of films: [batch, frames, h, w] to a logit
 * @param frameDiscriminator of frames: [batch, 1, h, w] to a logit
 */
public record MocoGan(Net generator, Net discriminator, Net frameDiscriminator)
        implements GenerativeAdversarialNetwork {

    /**
     * A recurrent network of 32 units for the motion, and 32 and 64 channels.
     *
     * @param film (frames, height, width)
     * @param content how many values of the code stay
     * @param motion how many values of noise move each frame
     */
    public static MocoGan of(Shape film, int content, int motion) {
        return of(film, content, motion, 32);
    }

    /** With {@code channels} and twice as many channels. */
    public static MocoGan of(Shape film, int content, int motion, int channels) {
        var frame = new Shape(1, film.get(1), film.get(2));
        return new MocoGan(
                FilmNets.generator(film, content, motion, channels),
                FilmNets.discriminator("discriminator", film, channels),
                FilmNets.discriminator("frame discriminator", frame, channels));
    }

    /** A small one, for tests. */
    public static MocoGan small(Shape film) {
        return of(film, 4, 2, 8);
    }

    @Override
    public List<Objective> objectives() {
        return List.of(
                Objective.of(
                        "discriminator",
                        List.of(discriminator),
                        step -> discriminatorTerms(step, Tape.stopped(samples(step)))),
                Objective.of(
                        "frame discriminator",
                        List.of(frameDiscriminator),
                        step -> Terms.nats(
                                discriminatorLoss(scoreFrames(step.data()), scoreFrames(Tape.stopped(samples(step)))))),
                Objective.of("generator", List.of(generator), step -> generatorTerms(step, samples(step))));
    }

    @Override
    public Terms generatorTerms(Step step, NDArray samples) {
        var film = generatorLoss(score(step, samples));
        var frames = generatorLoss(scoreFrames(samples));
        return Terms.nats(film.add(frames)).with("film", film).with("frames", frames);
    }

    private NDArray scoreFrames(NDArray films) {
        var frames = films.reshape(new Shape(-1).addAll(frameDiscriminator.input()));
        return Tape.withBatchStatistics(() -> frameDiscriminator.apply(frames));
    }
}
