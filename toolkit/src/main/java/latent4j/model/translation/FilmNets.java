package latent4j.model.translation;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import latent4j.nn.Activation;
import latent4j.nn.Affine;
import latent4j.nn.ContentAndMotion;
import latent4j.nn.EachStep;
import latent4j.nn.Flatten;
import latent4j.nn.Gru;
import latent4j.nn.Initialisation;
import latent4j.nn.Layer;
import latent4j.nn.LeakyRelu;
import latent4j.nn.Linear;
import latent4j.nn.MinibatchStandardDeviation;
import latent4j.nn.Net;
import latent4j.nn.Nets;
import latent4j.nn.Network;
import latent4j.nn.Reshape;
import latent4j.tensor.Require;

/** Networks that make and judge films, records of shape (frames, height, width) with values in [0, 1]. */
final class FilmNets {

    private static final int MOTION_UNITS = 32;

    private FilmNets() {}

    /** Each frame is made by the same layers from the content beside the state of the motion. */
    static Net generator(Shape film, int content, int motion, int channels) {
        Require.atLeast("content", 1, content);
        Require.atLeast("motion", 1, motion);
        int frames = (int) film.get(0);
        var frame = new ArrayList<>(Nets.dcganUp(new Shape(1, film.get(1), film.get(2)), channels));
        frame.addAll(List.of(Activation.TANH, new Affine(0.5, 0.5)));
        var layers = List.<Layer>of(
                new ContentAndMotion(content, frames, List.of(new Gru(MOTION_UNITS, true))),
                new EachStep(frame),
                new Reshape(film));
        return new Net(
                "generator",
                new Network(layers, new Initialisation.ByInputs()),
                new Shape(content + (long) frames * motion));
    }

    /**
     * Convolutions from pictures with as many channels as there are frames to a logit. It sees how much the examples of a batch
     * differ: without that all films soon were one and the same.
     */
    static Net discriminator(String name, Shape film, int channels) {
        return new Net(
                name,
                Network.of(
                        new Affine(2, -1),
                        Nets.halving(channels),
                        new LeakyRelu(0.2),
                        Nets.halving(2 * channels),
                        new LeakyRelu(0.2),
                        new MinibatchStandardDeviation(),
                        new Flatten(),
                        new Linear(1)),
                film);
    }
}
