package latent4j.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import latent4j.data.Dataset;
import latent4j.data.Datasets;
import latent4j.metric.Measure;
import latent4j.metric.Measure.Better;
import latent4j.metric.Metric;
import latent4j.model.Model;
import latent4j.model.ProbabilisticAutoencoder;
import latent4j.model.gan.Gan;
import latent4j.model.vae.Ae;
import latent4j.model.vae.Vae;
import latent4j.nn.Adam;
import latent4j.nn.Sgd;
import latent4j.train.Trainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest extends WithOnlooker {

    private static final Dataset DATA = Datasets.digits(80, 20);

    /** Finds known numbers: one for an autoencoder without noise, another for a VAE, none for a GAN. */
    private record Known(String name, Better better, double[] ae, double[] vae) implements Metric {

        @Override
        public List<Measure> measure(Model model, Dataset data, long seed) {
            if (!(model instanceof ProbabilisticAutoencoder)) {
                return List.of();
            }
            var values = model instanceof Ae ? ae : vae;
            return List.of(
                    Measure.of(name, values[(int) seed], "nats", better, 20).above(1.5));
        }

        @Override
        public Optional<String> scale(Model model) {
            return name.equals("scaled") ? Optional.of(model.getClass().getSimpleName()) : Optional.empty();
        }
    }

    private static Known known(String name, Better better, double[] ae, double[] vae) {
        return new Known(name, better, ae, vae);
    }

    private static final Known ERROR =
            known("error", Better.LOWER, new double[] {10, 11, 12, 13, 14}, new double[] {9, 9, 9, 9, 9});

    private static Comparison comparison() {
        return Comparison.on(DATA)
                .with("AE", () -> Ae.small(DATA.shape()))
                .with("VAE", () -> Vae.small(DATA.shape()))
                .trainer(Trainer.epochs(1).batch(20))
                .measuring(ERROR);
    }

    /** Differences −1 … −5: t = −4.243, p = 0.0132 alone; a GAN has no such error. */
    @Test
    void oneTableSaysWhatTheSeedsDecide() {
        var same = known("same", Better.HIGHER, new double[] {1, 2, 3, 4, 5}, new double[] {1, 2, 3, 4, 5});
        var lost = known("lost", Better.NEITHER, new double[] {1, 2, 3, 4, Double.NaN}, new double[] {4, 5, 6, 7, 8});
        var compared = comparison()
                .with("GAN", () -> Gan.small(DATA.shape()))
                .measuring(ERROR, same, lost)
                .run();
        assertTrue(compared.isComplete());
        var table = compared.toTable();
        assertEquals(
                List.of("AE", "VAE", "GAN", "floor (perfect samples)"),
                table.stringColumn("model").asList());
        assertEquals(
                List.of("12.00 ± 0.71", "9.000 ± 0, better", "–", "1.500"),
                table.stringColumn("error (nats) ↓").asList());
        assertEquals(
                List.of("3.00 ± 0.71", "3.00 ± 0.71, not decided", "–", "1.500"),
                table.stringColumn("same (nats) ↑").asList());
        assertEquals(
                List.of("2.50 ± 0.65 (4 runs)", "6.00 ± 0.71, more", "–", "1.500"),
                table.stringColumn("lost (nats)").asList());
        var numbers = compared.numbers();
        var row = numbers.where(numbers.stringColumn("model")
                .isEqualTo("VAE")
                .and(numbers.stringColumn("measure").isEqualTo("error")));
        assertEquals(-3, row.doubleColumn("difference").get(0), 1e-12);
        assertEquals(0.01324, row.doubleColumn("p after Holm").get(0), 1e-5);
        assertEquals(5, row.intColumn("pairs").get(0));
        assertEquals("better", row.stringColumn("against AE").get(0));
        assertTrue(compared.toString().contains("paired t-test"), compared.toString());
        assertTrue(compared.chart().image().getWidth() > 0);
        assertTrue(compared.pictures().isPresent());
        var other = comparison().against("VAE").run();
        assertEquals(
                List.of("12.00 ± 0.71, worse", "9.000 ± 0", "1.500"),
                other.toTable().stringColumn("error (nats) ↓").asList());
    }

    /** With a second comparison in the column, p = 0.0132 doubles; with five it would not count any more. */
    @Test
    void manyModelsNeedMoreEvidence() {
        var many = comparison();
        for (int i = 2; i <= 5; i++) {
            many = many.with("VAE " + i, () -> Vae.small(DATA.shape()));
        }
        var words = many.run().toTable().stringColumn("error (nats) ↓");
        assertEquals("9.000 ± 0, not decided", words.get(1), "5 · 0.0132 = 0.066");
    }

    @Test
    void oneSeedDecidesNothing() {
        var compared = comparison().seeds(1).run();
        assertEquals(
                List.of("10.00", "9.000, not decided", "1.500"),
                compared.toTable().stringColumn("error (nats) ↓").asList());
    }

    @Test
    void interruptedAnywhereItGoesOnAndComesToTheSame(@TempDir Path folder) throws IOException {
        var whole = comparison().seeds(2).run();
        var kept = comparison().seeds(2).keptIn(folder);
        int[] stops = {2, 3};
        onlooker = new Onlooker() {
            @Override
            public void done(Standing standing) {
                if (standing.done() == stops[0]) {
                    stops[0] = -1;
                    Thread.currentThread().interrupt();
                }
            }

            @Override
            public void going(Standing standing) {
                if (standing.done() == 3 && standing.training().orElseThrow().step() == stops[1]) {
                    stops[1] = -1;
                    Thread.currentThread().interrupt();
                }
            }
        };
        var between = kept.run();
        assertEquals(2, between.outcomes().size(), "the stop came between two runs");
        assertTrue(between.toString().contains("2 of 4 runs are done"), between.toString());
        var within = kept.run();
        assertEquals(3, within.outcomes().size(), "the stop came within the fourth run");
        assertTrue(within.toString().startsWith(within.toTable().print(9)), within.toString());
        assertTrue(Files.isDirectory(folder.resolve("vae-1/checkpoints")));
        var end = kept.run();
        assertTrue(end.isComplete());
        assertFalse(Files.isDirectory(folder.resolve("vae-1/checkpoints")));
        for (int i = 0; i < 4; i++) {
            assertEquals(
                    whole.outcomes().get(i).run().weights(),
                    end.outcomes().get(i).run().weights());
        }
        assertEquals(
                whole.toTable().stringColumn("error (nats) ↓").asList(),
                end.toTable().stringColumn("error (nats) ↓").asList());
        assertEquals(2, end.samples().size(), "draws come from the models in the folder");
    }

    @Test
    void aFurtherMetricNeedsNoFurtherTraining(@TempDir Path folder) {
        var kept = comparison().seeds(1).keptIn(folder);
        double seconds = kept.run().outcomes().get(1).run().seconds();
        onlooker = new Onlooker() {
            @Override
            public void done(Standing standing) {}

            @Override
            public void going(Standing standing) {
                throw new AssertionError("nothing is to be trained");
            }
        };
        var more = known("more", Better.LOWER, new double[] {5}, new double[] {6});
        var compared = kept.measuring(ERROR, more).run();
        assertEquals(List.of("error", "more"), compared.names());
        assertEquals(seconds, compared.outcomes().get(1).run().seconds());
        assertEquals(List.of("error"), kept.run().names());
    }

    @Test
    void aBrokenRunIsAResultWithItsReason(@TempDir Path folder) {
        var kept = comparison()
                .with(
                        "hot",
                        () -> Vae.small(DATA.shape()),
                        Trainer.epochs(9).batch(20).optimizer(Sgd.of(1e20)))
                .seeds(2)
                .keptIn(folder);
        for (int i = 0; i < 2; i++) {
            var compared = kept.run();
            assertTrue(compared.isComplete());
            var table = compared.toTable();
            assertEquals("2, 2 broken off", table.stringColumn("runs").get(2));
            assertEquals("–", table.stringColumn("error (nats) ↓").get(2));
            assertTrue(
                    table.stringColumn("the doctor").get(2).contains("not finite"),
                    table.stringColumn("the doctor").get(2));
            assertTrue(compared.toString().contains("hot from seed 1: "), compared.toString());
        }
    }

    @Test
    void whatDoesNotCompareIsRefusedBeforeTraining(@TempDir Path folder) {
        onlooker = standing -> {
            throw new AssertionError("nothing is to be trained");
        };
        var scaled = comparison().measuring(known("scaled", Better.LOWER, new double[5], new double[5]));
        refused("the numbers of scaled do not compare between 'AE' (Ae) and 'VAE' (Vae)", scaled);
        refused("the baseline must be one of [AE, VAE], got GAN", comparison().against("GAN"));
        refused("nothing to compare", Comparison.on(DATA));
        onlooker = standing -> {};
        comparison().seeds(1).keptIn(folder).run();
        refused(
                "trainer.optimizers..learningRate must be none, got 0.01",
                comparison()
                        .seeds(1)
                        .keptIn(folder)
                        .trainer(Trainer.epochs(1).batch(20).optimizer(Adam.of(0.01))));
        assertThrows(IllegalArgumentException.class, () -> comparison().with("AE", () -> Ae.small(DATA.shape())));
    }

    private static void refused(String message, Comparison comparison) {
        var error = assertThrows(IllegalArgumentException.class, comparison::run);
        assertTrue(error.getMessage().contains(message), error.getMessage());
    }

    @Test
    void twoProcessesShareAFolder(@TempDir Path folder) {
        var kept = comparison().seeds(1).keptIn(folder);
        var inner = new Compared[1];
        onlooker = new Onlooker() {
            @Override
            public void done(Standing standing) {}

            @Override
            public void going(Standing standing) {
                if (inner[0] == null) {
                    onlooker = other -> {};
                    inner[0] = kept.run(); // as another process would, while this one trains the first model
                }
            }
        };
        var outer = kept.run();
        assertEquals(1, inner[0].outcomes().size());
        assertTrue(inner[0].note().contains("1 runs are being made by another process"), inner[0].note());
        assertTrue(outer.isComplete());
    }

    @Test
    void namesBecomeFiles() {
        assertEquals("beta-vae", Comparing.fileName("β-VAE"));
        assertEquals("gan--r1-", Comparing.fileName("GAN (R1)"));
        assertEquals("etude", Comparing.fileName("Étude"));
    }
}
