package latent4j.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import latent4j.study.Compared;
import latent4j.study.ComparisonStanding;
import latent4j.study.Standing;
import latent4j.train.History;
import latent4j.train.Progress.State;
import org.junit.jupiter.api.Test;

class LiveTableTest {

    private static final Compared NOTHING = new Compared(List.of("VAE", "GAN"), "VAE", 5, List.of(), Map.of(), "");

    private final List<Bundle> shown = new ArrayList<>();
    private int displays;
    private long now;

    private final Host host = new Host() {
        @Override
        public String display(Bundle bundle) {
            displays++;
            shown.add(bundle);
            return "id";
        }

        @Override
        public void update(String id, Bundle bundle) {
            assertEquals("id", id);
            shown.add(bundle);
        }

        @Override
        public void register(List<Class<?>> types, Function<Object, Bundle> rendering) {}
    };

    private static Standing at(int done, long step) {
        return new ComparisonStanding(
                NOTHING,
                done,
                10,
                "GAN from seed 1",
                Optional.of(Trainings.progress(new History(), step, State.RUNNING)));
    }

    @Test
    void itIsOneOutputThatChangesOnceASecond() {
        var table = new LiveTable(() -> host, () -> now);
        for (int step = 0; step < 30; step++) {
            table.going(at(3, step));
            now += 100_000_000; // a tenth of a second
        }
        assertEquals(1, displays);
        assertEquals(3, shown.size());
        assertEquals(
                "run 4 of 10, GAN from seed 1: step 20 of 600", shown.get(2).text());
        var html = shown.get(2).data().get("text/html").toString();
        assertTrue(html.contains("max=\"10\""), html);
        assertTrue(html.contains("<td style=\"text-align:left\">VAE</td>"), html);
        table.done(new ComparisonStanding(NOTHING, 10, 10, "", Optional.empty()));
        assertEquals("all 10 runs are done", shown.get(3).text());
        assertFalse(
                shown.get(3).data().get("text/html").toString().contains("<table>"), "the result itself comes next");
    }
}
