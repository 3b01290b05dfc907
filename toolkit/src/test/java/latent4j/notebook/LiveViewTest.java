package latent4j.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import javax.imageio.ImageIO;
import latent4j.plot.Examples;
import latent4j.plot.Palette;
import latent4j.train.History;
import latent4j.train.Progress;
import latent4j.train.Progress.State;
import org.junit.jupiter.api.Test;

class LiveViewTest {

    /** Writes outputs down; each takes the given time of a clock that only moves when it is moved. */
    private static final class Recorder implements Host {
        private final List<Double> times = new ArrayList<>();
        private final List<Bundle> bundles = new ArrayList<>();
        private final HashSet<String> ids = new HashSet<>();
        private double now;
        private double cost;
        private int displays;

        @Override
        public String display(Bundle bundle) {
            displays++;
            update("id " + displays, bundle);
            return "id " + displays;
        }

        @Override
        public void update(String id, Bundle bundle) {
            ids.add(id);
            times.add(now);
            bundles.add(bundle);
            now += cost;
        }

        @Override
        public void register(List<Class<?>> types, Function<Object, Bundle> rendering) {}

        BufferedImage image(int i) {
            try {
                return ImageIO.read(
                        new ByteArrayInputStream(bundles.get(i).file().bytes()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private final Recorder host = new Recorder();
    private final LiveView view = new LiveView(() -> host, () -> (long) (host.now * 1e9));

    private void train(double seconds, double step) {
        var history = Examples.elbo(1, 30);
        view.started(Trainings.progress(new History(), 0, State.RUNNING));
        double began = host.now;
        for (int i = 1; host.now < began + seconds; i++) {
            host.now += step;
            view.stepped(Trainings.progress(history, Math.min(i, Trainings.STEPS), State.RUNNING));
        }
        view.ended(Trainings.progress(history, Trainings.STEPS, State.FINISHED));
    }

    @Test
    void thereAreAtMostFourUpdatesASecond() {
        train(10, 0.01);
        assertTrue(host.times.size() > 30, "it is live: " + host.times.size());
        for (int i = 2; i < host.times.size() - 1; i++) {
            assertTrue(host.times.get(i) - host.times.get(i - 1) >= 0.2499, "update " + i);
        }
    }

    @Test
    void drawingTakesAtMostATwentiethOfTheTime() {
        host.cost = 0.4;
        train(120, 0.05);
        int updates = host.times.size() - 2;
        assertTrue(updates * host.cost <= 0.05 * 121, updates + " updates");
        assertTrue(updates >= 10, "and the share is used: " + updates);
    }

    @Test
    void itIsOneOutputOfOneSizeThatEndsSharp() {
        train(3, 0.05);
        assertEquals(1, host.displays);
        assertEquals(1, host.ids.size());
        int last = host.bundles.size() - 1;
        for (int i : new int[] {0, 1, last}) {
            assertEquals(
                    Map.of("width", LiveView.WIDTH, "height", LiveView.HEIGHT),
                    sizes(host.bundles.get(i)),
                    "on the page");
            int scale = i == last ? 2 : 1;
            assertEquals(LiveView.WIDTH * scale, host.image(i).getWidth());
            assertEquals(LiveView.HEIGHT * scale, host.image(i).getHeight());
        }
        assertTrue(host.bundles.get(last).text().contains("finished 2 epochs"));
        assertTrue(
                String.valueOf(host.bundles.get(last).data().get("text/html"))
                        .contains("<figcaption>" + host.bundles.get(last).text().split(" \\(")[0] + "</figcaption>"),
                "a caption in words: what is seen");
    }

    @Test
    void eachTrainingHasAnOutputOfItsOwnThoughTheWatcherIsTheSame() {
        train(1, 0.1);
        train(1, 0.1);
        assertEquals(2, host.displays);
        assertEquals(2, host.ids.size());
    }

    @Test
    void samplesAreShownAtTheRight() {
        for (var shape : List.of(new Shape(1, 28, 28), new Shape(3, 32, 32), new Shape(3, 64, 48), new Shape(2))) {
            view.started(Trainings.progress(Trainings.model(shape), new History(), 0, State.RUNNING));
            int before = ink(host.image(host.bundles.size() - 1));
            view.ended(Trainings.progress(Trainings.model(shape), Examples.elbo(1, 30), 30, State.INTERRUPTED));
            assertTrue(ink(host.image(host.bundles.size() - 1)) > before + 1000, shape.toString());
        }
        view.started(Trainings.progress(Trainings.model(new Shape(5)), new History(), 0, State.RUNNING));
        view.ended(Trainings.progress(Trainings.model(new Shape(5)), Examples.elbo(1, 30), 30, State.FINISHED));
        assertTrue(host.bundles.get(host.bundles.size() - 1).text().contains("finished"), "vectors: the chart alone");
    }

    @Test
    void theBarIsAsLongAsTheTrainingIsFar() {
        view.started(Trainings.progress(new History(), 0, State.RUNNING));
        view.ended(Trainings.progress(Examples.elbo(1, 300), 150, State.INTERRUPTED));
        var image = host.image(1);
        int row = 2 * (LiveView.HEIGHT - 36 + 7);
        int length = 0;
        for (int x = 0; x < image.getWidth(); x++) {
            length += image.getRGB(x, row) == Palette.of(6).getRGB() ? 1 : 0;
        }
        assertEquals(0.25, length / (2.0 * (LiveView.WIDTH - 20)), 0.01);
        assertTrue(host.bundles.get(1).text().contains("interrupted after step 150 of 600"));
    }

    @Test
    void aPictureThatFailsDoesNotEndTheTraining() {
        var failing = new LiveView(
                () -> new Host() {
                    @Override
                    public String display(Bundle bundle) {
                        throw new IllegalStateException("no socket");
                    }

                    @Override
                    public void update(String id, Bundle bundle) {
                        throw new IllegalStateException("no socket");
                    }

                    @Override
                    public void register(List<Class<?>> types, Function<Object, Bundle> rendering) {}
                },
                System::nanoTime);
        var printed = Console.of(() -> {
            failing.started(Trainings.progress(new History(), 0, State.RUNNING));
            failing.ended(Trainings.progress(new History(), 0, State.FINISHED));
        });
        assertEquals(1, printed.lines().count(), printed);
        assertTrue(printed.contains("no socket"));
    }

    @Test
    void nothingIsSentFromAnInterruptedThread() {
        view.started(Trainings.progress(new History(), 0, State.RUNNING));
        host.now += 100;
        Thread.currentThread().interrupt();
        view.stepped(Trainings.progress(Examples.elbo(1, 30), 10, State.RUNNING));
        assertTrue(Thread.interrupted(), "the flag is left for the trainer");
        assertEquals(1, host.bundles.size());
        view.stepped(Trainings.progress(Examples.elbo(1, 30), 10, State.RUNNING));
        assertEquals(2, host.bundles.size());
    }

    /** On the clock of this thread, which stands still while the machine does something else. */
    @Test
    void theOverheadIsSmall() {
        LiveView.warmUp();
        LongSupplier clock = ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime;
        long spent = 0;
        var live = new LiveView(() -> host, clock);
        var history = Examples.vae(1, 400);
        live.started(Trainings.progress(new History(), 0, State.RUNNING));
        long began = clock.getAsLong();
        Progress progress = Trainings.progress(history, 400, State.RUNNING);
        while (clock.getAsLong() - began < 4e9) {
            busy(2_000_000, clock);
            long start = clock.getAsLong();
            live.stepped(progress);
            spent += clock.getAsLong() - start;
        }
        double share = (double) spent / (clock.getAsLong() - began);
        assertTrue(host.bundles.size() >= 2, "something was drawn");
        // the cost of a picture is known only after it is drawn
        assertTrue(share < 0.09, "share of the time: " + share);
        assertFalse(host.bundles.size() > 1 + 4 * 4);
    }

    private static void busy(long nanoseconds, LongSupplier clock) {
        long end = clock.getAsLong() + nanoseconds;
        while (clock.getAsLong() < end) {
            Thread.onSpinWait();
        }
    }

    private static Map<String, Object> sizes(Bundle bundle) {
        @SuppressWarnings("unchecked")
        var metadata = (Map<String, Object>) bundle.metadata().get("image/png");
        return Map.of("width", metadata.get("width"), "height", metadata.get("height"));
    }

    /** Pixels right of the chart and above the bar that are not white, at one pixel to a pixel of the page. */
    private static int ink(BufferedImage image) {
        int scale = image.getWidth() / LiveView.WIDTH;
        int ink = 0;
        for (int y = 0; y < 300; y++) {
            for (int x = LiveView.WIDTH - 290; x < LiveView.WIDTH - 5; x++) {
                ink += image.getRGB(x * scale, y * scale) != 0xffffffff ? 1 : 0;
            }
        }
        return ink;
    }
}
