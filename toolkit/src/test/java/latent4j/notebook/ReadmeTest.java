package latent4j.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the README shows works as it stands there. */
class ReadmeTest {

    private static final String IMPORTS =
            """
            import ai.djl.ndarray.*;
            import latent4j.data.*;
            import latent4j.model.*;
            import latent4j.model.gan.*;
            import latent4j.nn.*;
            import latent4j.train.*;
            """;

    @Test
    void itsModelTrains() throws Exception {
        var readme = Files.readString(Path.of("..", "README.md"));
        var blocks = Pattern.compile("(?s)<!-- model -->\\s*```java\\n(.*?)```\\s*```java\\n(.*?)```")
                .matcher(readme);
        assertTrue(blocks.find(), "the README must show a model and its training");
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
        }
    }
}
