package latent4j.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import latent4j.notebook.TestKernel.Output;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every display call, in a kernel of either family. */
class KernelTest {

    private static final String IMPORTS = "import static latent4j.notebook.Notebook.*; import latent4j.plot.Examples;"
            + " import latent4j.data.*; import latent4j.train.*; import tech.tablesaw.api.*; import java.util.*;";

    static Stream<Named<Supplier<TestKernel>>> kernels() {
        return Stream.of(Named.of("IJava", IJavaTestKernel::new), Named.of("JJava", JJavaTestKernel::new));
    }

    /** The kernel is gone, so that other tests of this process have no live view. */
    @AfterEach
    void backToTheTerminal() {
        Notebook.prepare();
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void picturesComeAsHtmlWithAlternativeTextAndAsPng(Supplier<TestKernel> kernels) throws Exception {
        try (var kernel = started(kernels)) {
            for (var value : List.of(
                    "grid(Examples.images(6, 1, 28, 28))",
                    "lossChart(Examples.elbo(3, 50))",
                    "playersChart(Examples.gan(3, 50))",
                    "scatter(new float[][] {{0, 1}, {2, 3}}, new int[] {0, 1})",
                    "bars(\"nats\", Map.of(\"a\", 1.5))",
                    "lines(\"x\", \"y\", line(\"a\", new double[] {1, 2}, new double[] {3, 4}))",
                    "rows(row(\"original\", Examples.images(3, 3, 48, 64)))",
                    "Examples.images(6, 3, 32, 32)",
                    "Examples.elbo(3, 50)",
                    "new org.knowm.xchart.XYChart(300, 200)",
                    "animation(Examples.images(4, 1, 28, 28), 5)")) {
                var shown = one(kernel.run("show(\"caption <1>\", " + value + ")"), "display_data");
                assertPicture(shown, value);
                assertTrue(shown.data("text/html").contains("<figcaption>caption &lt;1&gt;</figcaption>"), value);
                assertPicture(one(kernel.run(value), "execute_result"), value);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void anAnimationMovesInHtmlAndStandsStillAsPng(Supplier<TestKernel> kernels) {
        try (var kernel = started(kernels)) {
            var shown = one(kernel.run("show(animation(Examples.images(4, 1, 28, 28), 5))"), "display_data");
            assertTrue(shown.data("text/html").contains("src=\"data:image/gif;base64,R0lGODlh"));
            assertTrue(shown.data("image/png").startsWith("iVBOR"));
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void textFormulasAndTablesComeInTheirOwnForms(Supplier<TestKernel> kernels) {
        try (var kernel = started(kernels)) {
            var outputs = kernel.run(
                    """
                    show("words", tex("x^2"), markdown("*m*"), html("<b>h</b>"),
                        Table.create("t", DoubleColumn.create("v < 1", 0.25, 12)), 42);
                    """);
            assertEquals(6, outputs.size());
            assertEquals("words", outputs.get(0).data("text/plain"));
            assertEquals("$$x^2$$", outputs.get(1).data("text/latex"));
            assertEquals("*m*", outputs.get(2).data("text/markdown"));
            assertEquals("<b>h</b>", outputs.get(3).data("text/html"));
            assertTrue(outputs.get(4).data("text/html").contains("v &lt; 1"));
            assertEquals("42", outputs.get(5).data("text/plain"));
            assertEquals(
                    "$$x^2$$", one(kernel.run("tex(\"x^2\")"), "execute_result").data("text/latex"));
            assertTrue(one(kernel.run("Table.create(\"t\", DoubleColumn.create(\"v\", 0.25))"), "execute_result")
                    .data("text/html")
                    .startsWith("<table>"));
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void showReturnsNothingAndAWrongCallSaysWhatWasExpected(Supplier<TestKernel> kernels) {
        try (var kernel = started(kernels)) {
            assertTrue(kernel.run("show(1)").stream().noneMatch(o -> o.type().equals("execute_result")));
            var error = one(kernel.run("show(grid(Examples.images(6, 1, 28, 28), 0))"), "error");
            assertTrue(error.content().toString().contains("columns must be >= 1, got 0"), error.toString());
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void theLiveViewIsOneOutputThatIsExchangedInPlace(Supplier<TestKernel> kernels) {
        try (var kernel = started(kernels)) {
            var outputs = kernel.run(
                    """
                    var watcher = Watchers.current();
                    var history = Examples.elbo(1, 300);
                    watcher.started(latent4j.notebook.Trainings.progress(history, 0, Progress.State.RUNNING));
                    watcher.ended(latent4j.notebook.Trainings.progress(history, 300, Progress.State.INTERRUPTED));
                    """);
            assertEquals(
                    List.of("display_data", "update_display_data"),
                    outputs.stream().map(Output::type).toList());
            assertEquals(outputs.get(0).displayId(), outputs.get(1).displayId());
            var text = outputs.get(1).data("text/plain");
            assertTrue(text.contains("while it learns: what it minimises"), text);
            assertTrue(text.contains("interrupted after step 300"), text);
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void initPrintsOneLineEachTimeAndRegistersOnce(Supplier<TestKernel> kernels) {
        try (var kernel = started(kernels)) {
            for (int i = 0; i < 2; i++) {
                var line = kernel.run("init()").stream().map(Output::text).reduce("", String::concat);
                assertTrue(line.startsWith("PyTorch 2.7.1"), line);
                assertEquals(1, line.lines().count(), line);
            }
            assertPicture(one(kernel.run("grid(Examples.images(2, 1, 28, 28))"), "execute_result"), "after init");
        }
    }

    @Test
    void jjavaIsReadyWithoutACallThroughItsExtension() {
        try (var kernel = new JJavaTestKernel()) {
            assertPicture(one(kernel.run("latent4j.plot.Examples.images(2, 1, 28, 28)"), "execute_result"), "bare");
        }
    }

    private static TestKernel started(Supplier<TestKernel> kernels) {
        var kernel = kernels.get();
        kernel.run(IMPORTS);
        Notebook.prepare();
        return kernel;
    }

    private static Output one(List<Output> outputs, String type) {
        assertEquals(1, outputs.size(), () -> "one output, got " + outputs);
        assertEquals(type, outputs.get(0).type(), outputs.get(0)::toString);
        return outputs.get(0);
    }

    private static void assertPicture(Output output, String what) {
        var png = output.data("image/png");
        assertNotNull(png, what);
        assertNull(output.data("image/gif"), what);
        assertNotEquals("", output.data("text/plain"), what);
        assertTrue(
                output.data("text/html").matches("(?s)<figure.*<img width=\"\\d+\" height=\"\\d+\" alt=\"[^\"]+\".*"),
                what);
        var metadata = output.content().getAsJsonObject("metadata").getAsJsonObject("image/png");
        assertTrue(metadata.get("alt").getAsString().length() > 4, what);
        try {
            var image =
                    ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(png)));
            assertEquals(0, image.getWidth() % metadata.get("width").getAsInt(), what);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
