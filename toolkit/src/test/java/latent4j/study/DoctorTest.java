package latent4j.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import latent4j.data.Dataset;
import latent4j.data.Datasets;
import latent4j.data.Samples;
import latent4j.loss.FixedGaussian;
import latent4j.model.Model;
import latent4j.model.gan.Gan;
import latent4j.model.vae.BetaVae;
import latent4j.model.vae.Vae;
import latent4j.nn.Activation;
import latent4j.nn.Adam;
import latent4j.nn.GradientClip;
import latent4j.nn.Layer;
import latent4j.nn.Linear;
import latent4j.nn.Net;
import latent4j.nn.Network;
import latent4j.nn.Nets;
import latent4j.nn.Sgd;
import latent4j.study.Observation.Found;
import latent4j.train.Diverged;
import latent4j.train.History;
import latent4j.train.Trainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each sign on a training made sick on purpose, and none of them on healthy ones, of eight Gaussians on a circle. */
class DoctorTest {

    private static final Dataset RING = Datasets.ring(8, 1, 0.05, 2_000, 3);
    private static final Shape POINT = RING.shape();

    private static Vae vae() {
        return new Vae(
                Nets.mlp("encoder", POINT, 4, 32, 32),
                Nets.mlpDecoder("decoder", 2, POINT, 32, 32),
                new FixedGaussian(0.1));
    }

    private static Trainer trainer(int epochs) {
        return Trainer.epochs(epochs)
                .batch(100)
                .optimizer(Adam.of(3e-3))
                .clip(GradientClip.measured())
                .watchedBy();
    }

    private static Diagnosis examined(Model model, Trainer trainer) {
        return examined(model, RING, trainer);
    }

    private static Diagnosis examined(Model model, Dataset data, Trainer trainer) {
        try {
            return Doctor.examine(trainer.fit(model, data), data);
        } catch (Diverged e) {
            return Doctor.examine(e, model, data);
        }
    }

    private static String found(String sign, Diagnosis diagnosis) {
        return diagnosis.findings().stream()
                .filter(f -> f.sign().equals(sign))
                .map(f -> f.evidence() + " " + f.advice())
                .findFirst()
                .orElseThrow(() -> new AssertionError(sign + " must be found: " + diagnosis));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2})
    void aHealthyVaeIsHealthy(long seed) {
        var diagnosis = examined(vae(), trainer(25).seed(seed));
        assertEquals("healthy", diagnosis.word(), diagnosis.toString());
        assertEquals(8, diagnosis.observations().size());
        assertTrue(diagnosis.toString().contains("no posterior collapse: KL"), diagnosis.toString());
        assertTrue(
                diagnosis.toString().contains("not seen, discriminator saturated: there is no discriminator"),
                diagnosis.toString());
        assertEquals(8, diagnosis.toTable().rowCount());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2})
    void aHealthyGanIsHealthy(long seed) {
        var diagnosis = examined(
                Gan.mlp(POINT, 8, 32), trainer(25).optimizer(Adam.of(1e-3).beta1(0.5)).seed(seed));
        assertEquals("healthy", diagnosis.word(), diagnosis.toString());
    }

    @Test
    void posteriorCollapse() {
        var diagnosis = examined(BetaVae.of(vae(), 1000), trainer(10));
        assertTrue(found("posterior collapse", diagnosis).contains("FreeBits"), diagnosis.toString());
    }

    @Test
    void priorHole() {
        var diagnosis = examined(BetaVae.of(vae(), 1e-5), trainer(25));
        assertTrue(found("prior hole", diagnosis).contains("VampPrior"), diagnosis.toString());
    }

    /** The discriminator learns and the generator stands still. */
    @Test
    void discriminatorSaturated() {
        var diagnosis = examined(
                Gan.mlp(POINT, 8, 32),
                trainer(20).optimizer("generator", Adam.of(1e-9)).optimizer("discriminator", Adam.of(3e-3)));
        assertTrue(found("discriminator saturated", diagnosis).contains("InstanceNoise"), diagnosis.toString());
    }

    /** The generator runs ahead of a discriminator that hardly moves: all draws end where that scores best. */
    @Test
    void modeCollapse() {
        var diagnosis = examined(
                Gan.mlp(POINT, 8, 32),
                trainer(20).optimizer("generator", Adam.of(1e-2)).optimizer("discriminator", Adam.of(1e-5)));
        assertTrue(found("mode collapse", diagnosis).contains("Packing"), diagnosis.toString());
    }

    @Test
    void explodingGradients() {
        var diagnosis = examined(vae(), trainer(5).optimizer(Sgd.of(0.2)));
        assertTrue(found("exploding gradients", diagnosis).contains("smaller learning rate"), diagnosis.toString());
        assertTrue(found("numbers that are not finite", diagnosis).contains("negative ELBO"), diagnosis.toString());
    }

    @Test
    void vanishingGradients() {
        var layers = new ArrayList<Layer>();
        for (int i = 0; i < 12; i++) {
            layers.add(new Linear(16));
            layers.add(Activation.SIGMOID);
        }
        layers.add(new Linear(4));
        var deep = new Net("encoder", Network.of(layers.toArray(Layer[]::new)), POINT);
        var model = new Vae(deep, Nets.mlpDecoder("decoder", 2, POINT, 32), new FixedGaussian(0.1));
        var evidence = found("vanishing gradients", examined(model, trainer(1)));
        assertTrue(evidence.contains("in 'encoder'") && evidence.contains("in layer 1 of 13"), evidence);
    }

    @Test
    void recordsOutOfRangeAreFound() {
        var values = RING.train().toArray().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] *= 1e25f;
        }
        var large = new Dataset("large", Samples.of(POINT, values), RING.test());
        var evidence = found("numbers that are not finite", examined(vae(), large, trainer(3)));
        assertTrue(evidence.contains("scaling the records"), evidence);
    }

    /** Sixty digits, learned by heart. */
    @Test
    void overFitting() {
        var few = Datasets.digits(60, 200);
        var diagnosis = examined(Vae.mlp(few.shape(), 8), few, trainer(80).batch(30));
        assertTrue(found("over-fitting", diagnosis).contains("stopping after epoch"), diagnosis.toString());
    }

    /** A discriminator that knows its records shows by D(x). */
    @Test
    void overFittingOfADiscriminator() {
        var history = new History();
        for (int i = 0; i < 10; i++) {
            history.add("D(x)", "probability", false, i, 0.9);
            history.add("D(x)", "probability", true, i + 1, 0.6);
        }
        var look = new OverFitting().look(new Patient(Gan.small(POINT), RING, history, Optional.empty()));
        assertTrue(look instanceof Found, look.toString());
        history.add("D(x)", "probability", true, 11, 0.85);
        look = new OverFitting().look(new Patient(Gan.small(POINT), RING, history, Optional.empty()));
        assertTrue(look instanceof Observation.Clear, look.toString());
    }

    @Test
    void itSpeaksDuringTheTraining() {
        var out = System.out;
        var bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            trainer(8).alsoWatchedBy(Doctor.watching(RING, 100)).fit(BetaVae.of(vae(), 1000), RING);
        } finally {
            System.setOut(out);
        }
        var said = bytes.toString(StandardCharsets.UTF_8);
        assertEquals(
                1,
                said.lines().filter(line -> line.matches("The doctor, after epoch \\d+: posterior collapse: .*"))
                        .count(),
                said);
        assertTrue(said.contains("The doctor says: posterior collapse"), said);
    }

    @Test
    void aReadersOwnSignIsOneMoreRecord() {
        record Short(double least) implements Sign {
            @Override
            public String name() {
                return "too short";
            }

            @Override
            public Observation look(Patient patient) {
                return patient.epochs() < least ? found("epochs " + patient.epochs(), "more") : clear("long enough");
            }
        }
        var run = trainer(1).fit(vae(), RING);
        var diagnosis = new Doctor(List.of(new Short(5))).look(run.model(), RING, run.history(), Optional.empty());
        assertEquals("too short", diagnosis.word());
        assertThrows(UnsupportedOperationException.class, () -> diagnosis.observations().clear());
        assertEquals(
                "too short", diagnosis.findings().stream().map(Found::sign).collect(Collectors.joining()));
    }
}
