package latent4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class LogLinesTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final LogLines lines = new LogLines(() -> new PrintStream(bytes, true, StandardCharsets.UTF_8));

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static Progress progress(History history, int epoch, long step, double speed, Progress.State state) {
        return new Progress(null, history, epoch, 3, step, 3000, 3700, speed, state);
    }

    @Test
    void anEpochIsOneLineWithItsMeansUnitsSpeedAndTimeLeft() {
        var history = new History();
        // a batch carries the part of the epochs that came before it: the second epoch is 1.0 and 1.5
        history.add("loss", "nats", false, 0.5, 900);
        history.add("loss", "nats", false, 1, 100);
        history.add("loss", "nats", false, 1.5, 120);
        history.add("loss", "nats", true, 2, 123.4);
        history.add("score", "", false, 2, 0.5);
        lines.epochEnded(progress(history, 2, 2000, 10, Progress.State.RUNNING));
        assertEquals(
                "epoch 2 of 3: loss 110.0 nats, loss (held-out) 123.4 nats, score 0.5000; 10 steps/s, 1:40 left"
                        + System.lineSeparator(),
                printed());
    }

    @Test
    void theEndSaysHowItEnded() {
        assertEquals("finished 3 epochs in 1:01:40", end(Progress.State.FINISHED));
        assertEquals(
                "interrupted after step 2,000 of 3,000 (1:01:40); the model can be used as it is",
                end(Progress.State.INTERRUPTED));
        assertEquals(
                "broken off after step 2,000 of 3,000 (1:01:40); the error says why", end(Progress.State.DIVERGED));
    }

    @Test
    void anUnknownSpeedIsNotTold() {
        assertEquals("", LogLines.speed(progress(new History(), 0, 0, 0, Progress.State.RUNNING)));
        assertEquals(
                "2.5 steps/s, 6:40 left",
                LogLines.speed(progress(new History(), 0, 2000, 2.5, Progress.State.RUNNING)));
    }

    @Test
    void eachTrainingHasAWatcherOfItsOwn() {
        var made = new ArrayList<Watcher>();
        try {
            Watchers.install(() -> {
                made.add(new LogLines());
                return made.get(made.size() - 1);
            });
            assertSame(Watchers.current(), made.get(0));
            assertSame(Watchers.current(), made.get(1));
        } finally {
            Watchers.install(LogLines::new);
        }
    }

    private static String end(Progress.State state) {
        return LogLines.outcome(progress(new History(), 2, 2000, 10, state));
    }
}
