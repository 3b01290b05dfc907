package latent4j.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import latent4j.train.LogLines;
import latent4j.train.Progress;
import latent4j.train.Watcher;
import latent4j.train.Watchers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows works as it stands there. */
public class ReadmeTest {

    private static final String IMPORTS =
            """
            import ai.djl.ndarray.*;
            import latent4j.data.*;
            import latent4j.metric.*;
            import latent4j.model.*;
            import latent4j.model.gan.*;
            import latent4j.model.stabiliser.*;
            import latent4j.model.translation.*;
            import latent4j.model.vae.*;
            import latent4j.nn.*;
            import latent4j.study.*;
            import latent4j.train.*;
            import java.nio.file.Path;
            import static latent4j.notebook.Notebook.*;
            """;

    @Test
    void itsStudyRuns(@TempDir Path folder) throws Exception {
        var lines = blocks("<!-- study -->\\s*```java\\n(.*?)```").group(1);
        try (var cells = new Cells()) {
            cells.run(IMPORTS);
            cells.run("var digits = Datasets.digits(200, 100);");
            cells.run(in(folder, lines)
                    .replace("2, 8, 16", "2, 8")
                    .replace("0.5, 1, 2, 4", "1, 4")
                    .replace("seeds(5)", "seeds(2)")
                    .replace("(1000, 4)", "(50, 1)")
                    .replace("Place.processes(2)", "Place.here()"));
            assertEquals(8, cells.run("studied.results().size()"));
            assertEquals(true, cells.run("studied.best(\"−ELBO\").toString().contains(\"the best of 4\")"));
        }
    }

    @Test
    void itsModelTrains() throws Exception {
        var blocks = blocks("<!-- model -->\\s*```java\\n(.*?)```\\s*```java\\n(.*?)```");
        assertTrue(blocks.group(1).lines().count() <= 20, "a model must fit in 20 lines");
        try (var cells = new Cells()) {
            cells.run(IMPORTS);
            cells.run("var digits = Datasets.digits(300, 60);");
            cells.run(blocks.group(1));
            var training = blocks.group(2)
                    .replaceAll("epochs\\(\\d+\\)", "epochs(1)")
                    .replace("batch(64)", "batch(64).watchedBy()");
            cells.run(training);
            assertEquals(
                    4.0, cells.run("(double) gan.draw(4, 1).size()"), "the README's model must be trained and draw");
            cells.run(
                    """
                    var small = Gan.mlp(digits.shape(), 16, 64);
                    var game = new PearsonGan(small.generator(), small.discriminator());
                    var before = game.validate(digits.test(), 1).get("MMD²");
                    Trainer.epochs(60).batch(50).watchedBy().fit(game, digits);
                    """);
            assertEquals(
                    true,
                    cells.run("(Boolean) (game.validate(digits.test(), 1).get(\"MMD²\") < before / 2)"),
                    "training must improve it");
        }
    }

    @Test
    void itsFamilyTrains() throws Exception {
        var lines = blocks("<!-- family -->\\s*```java\\n(.*?)```").group(1);
        try (var cells = new Cells()) {
            cells.run(IMPORTS);
            cells.run("var digits = Datasets.digits(300, 60);");
            cells.run(lines.replaceAll("epochs\\(\\d+\\)", "epochs(1).watchedBy()")
                    .replace("View.OUTLINE)", "View.OUTLINE, 64, 16, 1)"));
            assertEquals("[3, 3]", cells.run("java.util.Arrays.toString(asked.draw(2, 3, 7).labels().get())"));
            assertEquals(64.0, cells.run("(double) steady.draw(64, 1).size()"));
        }
    }

    @Test
    void itsRunIsRepeated(@TempDir Path folder) throws Exception {
        try (var cells = new Cells()) {
            cells.run(IMPORTS);
            cells.run("var digits = Datasets.digits(300, 60);");
            cells.run(in(folder, blocks("<!-- runs -->\\s*```java\\n(.*?)```").group(1)));
            var differing = cells.run("again.diff(run).stringColumn(\"name\").asList().toString()");
            assertEquals("[seconds]", differing);
        }
    }

    @Test
    void itsTrainingIsResumed(@TempDir Path folder) throws Exception {
        var lines = blocks("<!-- resume -->\\s*```java\\n(.*?)```\\s*```java\\n(.*?)```");
        try (var cells = new Cells()) {
            cells.run(IMPORTS);
            cells.run("var digits = Datasets.digits(300, 60);");
            cells.run("Watchers.install(() -> latent4j.notebook.ReadmeTest.stopAt(1));");
            cells.run(in(folder, lines.group(1)));
            assertEquals("INTERRUPTED", cells.run("run.state().name()"));
            cells.run("Watchers.install(() -> new Watcher() {});");
            cells.run(in(folder, lines.group(1)).lines().findFirst().orElseThrow());
            cells.run(in(folder, lines.group(2)));
            assertEquals("FINISHED", cells.run("run.state().name()"));
            assertEquals(cells.run("run.weights()"), cells.run("run.repeat().weights()"));
        } finally {
            Watchers.install(LogLines::new);
        }
    }

    @Test
    void itsModelIsMeasured() throws Exception {
        var lines = blocks("<!-- measure -->\\s*```java\\n(.*?)```").group(1);
        try (var cells = new Cells()) {
            cells.run(IMPORTS);
            cells.run("var digits = Datasets.digits(400, 200);");
            cells.run(lines.replaceAll("epochs\\(\\d+\\)", "epochs(2).watchedBy()")
                    .replace("2000", "200")
                    .replace("5000", "50")
                    .replace("train(), 10, 1)", "train(), 2, 1)"));
            assertEquals(200.0, cells.run("(double) mixture.draw(200, 1).size()"));
        }
    }

    @Test
    void itsModelsAreCompared(@TempDir Path folder) throws Exception {
        var lines = blocks("<!-- compare -->\\s*```java\\n(.*?)```").group(1);
        var doctor = blocks("<!-- doctor -->\\s*```java\\n(.*?)```").group(1);
        try (var cells = new Cells()) {
            cells.run(IMPORTS);
            cells.run("var digits = Datasets.digits(400, 200);");
            cells.run(in(folder, lines)
                    .replace("2000", "200")
                    .replace(".measuring", ".trainer(Trainer.epochs(1)).seeds(2).measuring"));
            assertEquals(6, cells.run("compared.outcomes().size()"));
            assertEquals(
                    "[VAE, β-VAE, GAN]",
                    cells.run("compared.toTable().stringColumn(\"model\").asList().subList(0, 3).toString()"));
            cells.run(in(folder, doctor).replace("epochs(1)", "epochs(3)"));
            assertEquals("posterior collapse", cells.run("Doctor.examine(run, digits).findings().get(0).sign()"));
        }
    }

    /** For cells: stands for the stop button. */
    public static Watcher stopAt(long step) {
        return new Watcher() {
            @Override
            public void stepped(Progress progress) {
                if (progress.step() == step) {
                    Thread.currentThread().interrupt();
                }
            }
        };
    }

    /** JShell numbers its classes anew in each session; the model is the same one all the same. */
    @Test
    void theRunOfACellsModelIsRepeatedInAnotherSession(@TempDir Path folder) throws Exception {
        var model = blocks("<!-- model -->\\s*```java\\n(.*?)```").group(1);
        var run = "Run.load(" + in(folder, "Path.of(\"run.json\")") + ")";
        var weights = new ArrayList<Object>();
        try (var cells = new Cells()) {
            make(cells, model);
            weights.add(cells.run("var run = Trainer.epochs(1).watchedBy().fit(gan, digits); run.weights()"));
            cells.run(in(folder, "run.save(Path.of(\"run.json\"));"));
        }
        try (var cells = new Cells()) {
            cells.run("int another = 0; record Shift() {}");
            make(cells, model);
            weights.add(cells.run(run + ".repeat(gan, digits).weights()"));
            var error = assertThrows(IllegalStateException.class, () -> cells.run(run + ".repeat()"));
            assertTrue(error.getMessage().contains("unknown Model 'PearsonGan'"), error.getMessage());
        }
        assertEquals(weights.get(0), weights.get(1));
    }

    @Test
    void itsPicturesAreRead(@TempDir Path folder) throws Exception {
        for (int i = 0; i < 20; i++) {
            var file = folder.resolve(i % 2 == 0 ? "faces/anna" : "faces/otto").resolve(i + ".png");
            Files.createDirectories(file.getParent());
            ImageIO.write(new BufferedImage(70 + i, 90, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
        }
        try (var cells = new Cells()) {
            cells.run(IMPORTS);
            cells.run(in(folder, blocks("<!-- images -->\\s*```java\\n(.*?)```").group(1)));
            assertEquals("(3, 64, 48)", cells.run("vae.draw(2, 1).shape().toString()"));
            assertEquals(2, cells.run("faces.classes()"));
        }
    }

    private static void make(Cells cells, String model) throws Exception {
        cells.run(IMPORTS);
        cells.run("var digits = Datasets.digits(300, 60);");
        cells.run(model);
        cells.run("var nets = Gan.small(digits.shape());");
        cells.run("var gan = new PearsonGan(nets.generator(), nets.discriminator());");
    }

    private static MatchResult blocks(String pattern) throws IOException {
        var matcher = Pattern.compile("(?s)" + pattern).matcher(Files.readString(Path.of("..", "README.md")));
        assertTrue(matcher.find(), "the README must show " + pattern);
        return matcher.toMatchResult();
    }

    /** The same lines with their files in a folder of the test, and at the test's size. */
    private static String in(Path folder, String lines) {
        return lines.replace("Path.of(\"", "Path.of(\"" + folder.toString().replace('\\', '/') + "/")
                .replaceAll("epochs\\(\\d+\\)", "epochs(1)");
    }
}
