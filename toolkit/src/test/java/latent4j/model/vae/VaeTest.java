package latent4j.model.vae;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoopTranslator;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import latent4j.data.Dataset;
import latent4j.data.Samples;
import latent4j.loss.Bernoulli;
import latent4j.loss.Categorical;
import latent4j.loss.Columns;
import latent4j.loss.DiagonalGaussian;
import latent4j.loss.DiscretisedLogistic;
import latent4j.loss.FixedGaussian;
import latent4j.model.Batch;
import latent4j.model.Inference;
import latent4j.model.LearnedGaussian;
import latent4j.model.Step;
import latent4j.model.VariationalAutoencoder;
import latent4j.nn.Adam;
import latent4j.nn.Nets;
import latent4j.tensor.Compute;
import latent4j.tensor.Kernels;
import latent4j.tensor.OneCall;
import latent4j.tensor.Seed;
import latent4j.tensor.Tape;
import latent4j.train.Trainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The VAE with every likelihood and every kind of network. */
class VaeTest {

    private static final Shape TABLE = new Shape(6);
    private static final Shape IMAGE = new Shape(1, 8, 9);
    private static final Shape FILM = new Shape(2, 4, 9);
    private static final Shape SEQUENCE = new Shape(4, 3);

    /** Two real columns, a flag and a class of three that depends on the first column. */
    private static Samples table(int n) {
        var noise = new Seed(3).normal(2 * n);
        var values = new float[6 * n];
        for (int i = 0; i < n; i++) {
            values[6 * i] = noise[2 * i];
            values[6 * i + 1] = 0.8f * noise[2 * i] + 0.6f * noise[2 * i + 1];
            values[6 * i + 2] = noise[2 * i] > 0 ? 1 : 0;
            values[6 * i + 3 + (noise[2 * i] < -0.5 ? 0 : noise[2 * i] < 0.5 ? 1 : 2)] = 1;
        }
        return Samples.of(TABLE, values);
    }

    /** Whole rows of one symbol after the other. */
    private static Samples sequences(int n) {
        var values = new float[12 * n];
        for (int i = 0; i < n; i++) {
            for (int step = 0; step < 4; step++) {
                values[12 * i + 3 * step + (i + step) % 3] = 1;
            }
        }
        return Samples.of(SEQUENCE, values);
    }

    private static Samples images(int n) {
        var noise = new Seed(4).uniform(n * 72);
        for (int k = 0; k < noise.length; k++) {
            noise[k] = (k % 9 < 4) == (k / 72 % 2 == 0) ? 0.8f + 0.2f * noise[k] : 0.2f * noise[k];
        }
        return Samples.of(IMAGE, noise);
    }

    /** A VAE and what it is trained on. */
    record Case(String name, VariationalAutoencoder vae, Samples data) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        var table = table(64);
        var images = images(64);
        return Stream.of(
                new Case("Bernoulli", Vae.mlp(IMAGE, 2, new Bernoulli()), images),
                new Case("fixed Gaussian", Vae.mlp(IMAGE, 2, new FixedGaussian(0.2)), images),
                new Case("learned Gaussian", Vae.mlp(IMAGE, 2, LearnedGaussian.start()), images),
                new Case("diagonal Gaussian", Vae.mlp(IMAGE, 2, new DiagonalGaussian(0.01)), images),
                new Case(
                        "diagonal Gaussian, convolutional",
                        Vae.convolutional(IMAGE, 2, new DiagonalGaussian(0.01)),
                        images),
                new Case("discretised logistic", Vae.convolutional(IMAGE, 2, new DiscretisedLogistic()), images),
                new Case("residual", Vae.residual(IMAGE, 2), images),
                new Case("residual, diagonal Gaussian", Vae.residual(IMAGE, 2, new DiagonalGaussian(0.01)), images),
                new Case("film", Vae.film(FILM, 2, 1), Samples.of(FILM, images.toArray())),
                new Case("categorical", Vae.mlp(SEQUENCE, 2, new Categorical()), sequences(64)),
                new Case("recurrent", new FreeBits(Vae.recurrent(SEQUENCE, 2, 16), 0.5), sequences(64)),
                new Case(
                        "columns",
                        Vae.mlp(TABLE, 2, Columns.of(Columns.real(2), Columns.binary(), Columns.category(3))),
                        table));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void itTrainsInOneCallAndIsExported(Case each, @TempDir Path folder) throws Exception {
        var vae = each.vae();
        var repeated = new int[1];
        try (var call = new OneCall()) {
            for (int number = 0; number < 3; number++) {
                int n = number;
                try (var tape = Tape.training()) {
                    call.run("step", () -> step(each, n), () -> repeated[0]++);
                }
            }
        }
        assertEquals(0, repeated[0]);

        double before = vae.negativeElbo(each.data(), 1);
        Trainer.epochs(60)
                .batch(16)
                .optimizer(Adam.of(5e-3))
                .watchedBy()
                .fit(vae, new Dataset("small", each.data(), each.data()));
        double after = vae.negativeElbo(each.data(), 1);
        assertTrue(after < before - 0.5, before + " -> " + after);

        var codes = vae.prior(4, 1);
        assertEquals(each.data().shape(), vae.draw(2, 1).shape());
        vae.export(folder.resolve("decoder.pt"));
        try (var model = ai.djl.Model.newInstance("decoder", Compute.current().device());
                var tape = Tape.evaluation()) {
            model.load(folder, "decoder");
            try (Predictor<NDList, NDList> predictor = model.newPredictor(new NoopTranslator())) {
                var found = predictor.predict(new NDList(Inference.array(codes, 0, 4)));
                assertArrayEquals(
                        vae.decode(codes).toArray(), found.singletonOrThrow().toFloatArray(), 1e-5f);
            }
        }
    }

    private static List<ai.djl.ndarray.NDArray> step(Case each, int number) {
        var batch = new Batch(() -> Inference.array(each.data(), 8 * number, 8 * number + 8), null, 8);
        var objective = each.vae().objectives().get(0);
        var terms = objective.loss().apply(new Step(batch, new Seed(number), number, 0));
        var weights = each.vae().nets().stream()
                .flatMap(net -> net.trainable().stream())
                .toList();
        var gradients = Kernels.current().gradients(terms.total(), weights);
        return List.of(terms.total(), gradients.get(0).sum());
    }

    @Test
    void networksThatDoNotFitAreRefused() {
        var encoder = Nets.mlp("encoder", IMAGE, 4);
        var decoder = Nets.mlpDecoder("decoder", 2, IMAGE);
        var error = assertThrows(
                IllegalArgumentException.class, () -> new Vae(encoder, decoder, new DiagonalGaussian(0.1)));
        assertEquals("decoder's output must have shape (2, 8, 9), got (1, 8, 9)", error.getMessage());
        var wide = Nets.mlp("encoder", IMAGE, 5);
        error = assertThrows(IllegalArgumentException.class, () -> new Vae(wide, decoder, new Bernoulli()));
        assertEquals("encoder's output must have shape (4), got (5)", error.getMessage());
    }

    /**
     * Recurrent networks give up their codes at first sight of the KL term (Bowman et al. 2016, section 3): then each of the
     * four letters costs log 3. With free bits they learn that the first letter tells the others.
     */
    @Test
    void aRecurrentVaeLearnsSequencesWithFreeBits() {
        var data = sequences(64);
        double without = trained(Vae.recurrent(SEQUENCE, 2, 16), data);
        assertEquals(4 * Math.log(3), without, 0.05);
        double with = trained(new FreeBits(Vae.recurrent(SEQUENCE, 2, 16), 0.5), data);
        assertTrue(with < 3 && with > Math.log(3), "negative ELBO with free bits: " + with);
    }

    private static double trained(VariationalAutoencoder vae, Samples data) {
        Trainer.epochs(60)
                .batch(16)
                .optimizer(Adam.of(5e-3))
                .watchedBy()
                .fit(vae, new Dataset("sequences", data, data));
        return vae.negativeElbo(data, 1);
    }
}
