package latent4j.notebook;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import latent4j.data.DrawnSounds;
import latent4j.data.Sound;
import latent4j.plot.Examples;
import latent4j.plot.Images;
import latent4j.train.LogLines;
import latent4j.train.Watchers;
import org.junit.jupiter.api.Test;

class NotebookTest {

    @Test
    void theWholeChainOfCausesIsTold() {
        var error =
                new IllegalStateException("outer", new RuntimeException(null, new java.io.IOException("disk full")));
        assertEquals(
                "IllegalStateException: outer\n  caused by RuntimeException\n  caused by IOException: disk full",
                Notebook.explain(error));
        var round = new RuntimeException("a");
        round.initCause(new RuntimeException("b", round));
        assertEquals("RuntimeException: a\n  caused by RuntimeException: b", Notebook.explain(round));
    }

    @Test
    void inATerminalPicturesAreSavedAndTheirPathIsPrinted() throws Exception {
        var images = Examples.images(4, 1, 8, 8);
        var printed = Console.of(() -> Notebook.show("four rings", images)).strip();
        assertTrue(printed.startsWith("four rings (4 images in 1 rows of 4): "), printed);
        var path = Path.of(printed.substring(printed.lastIndexOf(": ") + 2));
        assertArrayEquals(Images.png(Images.grid(images)), Files.readAllBytes(path));
        Files.delete(path);
        assertEquals("a string" + System.lineSeparator(), Console.of(() -> Notebook.show("a string")));
    }

    @Test
    void aSoundIsAPlayerThatHoldsIt() throws Exception {
        var sound = DrawnSounds.draw(2, 120, 0, 1, -6);
        var bundle = Rendering.of(sound, "a <vowel>");
        var html = String.valueOf(bundle.data().get("text/html"));
        var data = Base64.getEncoder().encodeToString(sound.wav());
        assertTrue(html.contains("<audio controls aria-label=\"sound of 0.51 s, 8000 samples a second\""), html);
        assertTrue(html.contains("src=\"data:audio/wav;base64," + data + "\"></audio>"), html);
        assertTrue(html.contains("<figcaption>a &lt;vowel&gt;</figcaption>"), html);
        assertEquals("a <vowel> (sound of 0.51 s, 8000 samples a second)", bundle.text());
        assertTrue(Rendering.TYPES.contains(Sound.class), "a cell's last value plays as well");
        var printed = Console.of(() -> Notebook.show(sound)).strip();
        var path = Path.of(printed.substring(printed.lastIndexOf(": ") + 2));
        assertArrayEquals(sound.wav(), Files.readAllBytes(path));
        Files.delete(path);
    }

    @Test
    void inATerminalTrainingIsWatchedByLogLines() {
        Notebook.prepare();
        assertInstanceOf(LogLines.class, Watchers.current());
        assertEquals("true", System.getProperty("java.awt.headless"));
        assertEquals("PyTorch", System.getProperty("ai.djl.default_engine"));
    }

    @Test
    void whatOnlyANewStartImprovesIsAdvisedWithTheRemedy() {
        long heap = 2L << 30;
        assertEquals("", Notebook.advice(heap, 2, "PASSIVE"));
        assertEquals("", Notebook.advice(heap, 2, "ACTIVE"), "whoever sets it has chosen");
        assertEquals("", Notebook.advice(heap, 1, null), "a single thread waits for nobody");
        assertEquals(
                "; far slower while other programs compute:"
                        + " start Jupyter with OMP_WAIT_POLICY=PASSIVE in its environment",
                Notebook.advice(heap, 2, null));
        assertEquals(
                "; the heap is only 512 MiB: start Jupyter with JDK_JAVA_OPTIONS=-Xmx4g in its environment",
                Notebook.advice(512L << 20, 1, null));
    }

    @Test
    void manyImagesAreCutAndSaySo() {
        var bundle = Rendering.of(Examples.images(101, 1, 2, 2), "data");
        assertTrue(bundle.text().startsWith("data: the first 100 of 101 images"), bundle.text());
    }

    @Test
    void nothingThatACellCallsThrowsCheckedExceptions() {
        for (var method : Notebook.class.getDeclaredMethods()) {
            if (Modifier.isPublic(method.getModifiers())) {
                assertTrue(
                        Arrays.stream(method.getExceptionTypes()).allMatch(RuntimeException.class::isAssignableFrom),
                        method.toString());
            }
        }
        assertTrue(Arrays.stream(Notebook.class.getMethods())
                .filter(m -> m.getName().equals("show"))
                .allMatch(m -> m.getReturnType() == void.class));
    }
}
