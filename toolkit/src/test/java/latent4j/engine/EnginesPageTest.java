package latent4j.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import latent4j.data.Datasets;
import latent4j.model.gan.Gan;
import latent4j.model.vae.Vae;
import latent4j.tensor.Compute;
import latent4j.tensor.WholeFile;
import latent4j.train.Trainer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The page {@code data/results/engines.md} says what each engine can do and how well it trains. Each engine makes its own
 * parts: {@code mvn -Pmxnet test -Dtest=EnginesPageTest -Dexcluded.tests= -Dwrite.pages=true} writes them.
 */
@Tag("engines")
class EnginesPageTest {

    private static final Path PAGE = Path.of("..", "data", "results", "engines.md");

    @Test
    void thePageSaysWhatTheEngineCanDo() throws IOException {
        compare(
                "can do",
                "| | | reason and alternative |\n|---|---|---|\n"
                        + Capability.all().stream().map(Capability::row).collect(Collectors.joining("\n")));
    }

    /** The same seeds give the same weights, batches and noise on every engine: what differs is rounding. */
    @Tag("long")
    @Test
    void itTrainsToTheQualityOfPyTorch() throws IOException {
        var digits = Datasets.digits(6000, 1000);
        var bounds = new ArrayList<Double>();
        var distances = new ArrayList<Double>();
        for (long seed = 0; seed < 3; seed++) {
            var vae = Vae.mlp(digits.shape(), 20);
            Trainer.epochs(5).batch(128).seed(seed).watchedBy().fit(vae, digits);
            bounds.add(vae.negativeElbo(digits.test(), 1));
            var ring = Datasets.ring(8, 1, 0.05, 12_000, 1);
            var gan = Gan.mlp(new Shape(2), 2, 64);
            Trainer.epochs(5).batch(100).seed(seed).watchedBy().fit(gan, ring);
            distances.add(gan.validate(ring.test(), 1).get("MMD²"));
        }
        if (writes()) {
            var head = "| | seed 0 | seed 1 | seed 2 |\n|---|---|---|---|\n";
            compare("trains", head + row("negative ELBO, nats", bounds) + "\n" + row("MMD²", distances));
        }
        withinTheSeeds("negative ELBO, nats", bounds);
        withinTheSeeds("MMD²", distances);
    }

    private static String row(String name, List<Double> values) {
        return "| " + name + " | "
                + values.stream()
                        .map(v -> String.format(Locale.ROOT, "%.5g", v))
                        .collect(Collectors.joining(" | ")) + " |";
    }

    /** The mean lies no farther from PyTorch's mean than PyTorch's seeds lie from each other. */
    private static void withinTheSeeds(String name, List<Double> found) throws IOException {
        var row = Pattern.compile("(?m)^\\| " + Pattern.quote(name) + " \\| (.*) \\|$")
                .matcher(part(Files.readString(PAGE), "PyTorch trains"));
        assertTrue(row.find(), "the page lacks PyTorch's " + name);
        var theirs = Arrays.stream(row.group(1).split(" \\| "))
                .mapToDouble(Double::parseDouble)
                .sorted()
                .toArray();
        double mean = found.stream().mapToDouble(v -> v).average().orElseThrow();
        double difference = Math.abs(mean - Arrays.stream(theirs).average().orElseThrow());
        assertTrue(
                difference <= theirs[2] - theirs[0],
                name + ": " + found + ", on PyTorch " + Arrays.toString(theirs) + ", difference " + difference);
        assertEquals(
                3,
                IntStream.range(0, 3).filter(i -> Double.isFinite(found.get(i))).count());
    }

    private static boolean writes() {
        return Boolean.getBoolean("write.pages");
    }

    private static void compare(String part, String made) throws IOException {
        var name = Compute.current().engine() + " " + part;
        var page = Files.readString(PAGE);
        if (writes()) {
            var written = part(name)
                    .matcher(page)
                    .replaceAll(Matcher.quoteReplacement("<!-- " + name + " -->\n" + made + "\n<!-- end -->"));
            WholeFile.write(PAGE, stream -> stream.write(written.getBytes(StandardCharsets.UTF_8)));
        } else {
            assertEquals(part(page, name), made, "the page is out of date; see this class for how it is made");
        }
    }

    private static Pattern part(String name) {
        return Pattern.compile("(?s)<!-- " + name + " -->\n(.*?)<!-- end -->");
    }

    private static String part(String page, String name) {
        var found = part(name).matcher(page);
        assertTrue(found.find(), "the page lacks the part «" + name + "»");
        return found.group(1).strip();
    }
}
