package latent4j.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import latent4j.nn.Json;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final List<Schedule> EVERY_KIND = List.of(
            Schedule.constant(),
            Schedule.linearDecay(0.5),
            Schedule.cosine(),
            Schedule.steps(0.1, 3, 6.5),
            Schedule.cyclical(4),
            Schedule.exponential(0.1, 0.5),
            Schedule.stages(5, 1, 0.72, 0.1),
            new Schedule.Cosine(0.1).warmUp(2));

    /** The factors at epochs 0, 2.5, 5, 7.5 and 10 of 10. */
    private static void factors(Schedule schedule, double... expected) {
        for (int i = 0; i < 5; i++) {
            assertEquals(expected[i], schedule.factor(2.5 * i, 10), 1e-12, schedule + " at " + 2.5 * i);
        }
    }

    @Test
    void theFactorsByHand() {
        factors(Schedule.constant(), 1, 1, 1, 1, 1);
        factors(Schedule.linearDecay(), 1, 0.75, 0.5, 0.25, 0);
        factors(Schedule.linearDecay(0.5), 1, 1, 1, 0.5, 0);
        factors(new Schedule.LinearDecay(0, 0.2), 1, 0.8, 0.6, 0.4, 0.2);
        double up = Math.sqrt(0.5);
        factors(Schedule.cosine(), 1, (1 + up) / 2, 0.5, (1 - up) / 2, 0);
        factors(new Schedule.Cosine(0.2), 1, 0.2 + 0.4 * (1 + up), 0.6, 0.2 + 0.4 * (1 - up), 0.2);
        factors(Schedule.steps(0.1, 2.5, 7), 1, 0.1, 0.1, 0.01, 0.01);
        factors(Schedule.constant().warmUp(4), 0, 0.625, 1, 1, 1);
        // the line down begins where the line up ends, and has 5 epochs left
        factors(Schedule.linearDecay().warmUp(5), 0, 0.5, 1, 0.5, 0);
        factors(Schedule.steps(0.1, 2).warmUp(5), 0, 0.5, 1, 0.1, 0.1);
    }

    /** Fu et al. 2019, equations 6 and 7, with M = 2 cycles and R = 0.5 over 10 epochs. */
    @Test
    void cyclesRiseAndStay() {
        var cycles = Schedule.cyclical(2);
        double[] expected = {0, 0.4, 0.8, 1, 1, 0, 0.4, 0.8, 1, 1, 1};
        for (int epoch = 0; epoch <= 10; epoch++) {
            assertEquals(expected[epoch], cycles.factor(epoch, 10), 1e-12, "epoch " + epoch);
        }
        factors(Schedule.linearRise(), 0, 0.25, 0.5, 0.75, 1);
        refuses("cycles must be >= 1, got 0", () -> Schedule.cyclical(0));
        refuses("rising must be in (0, 1], got 0.0", () -> new Schedule.Cyclical(1, 0));
    }

    @Test
    void stagesFollowOneAnother() {
        factors(Schedule.stages(2.5, 1, 0.7, 0.2), 1, 0.7, 0.2, 0.2, 0.2);
        factors(new Schedule.Stages(List.of(1.0, 0.5, 0.25), List.of(1.0, 6.0, 2.0)), 1, 0.5, 0.5, 0.25, 0.25);
        refuses("factor must be a finite number >= 0, got -1.0", () -> Schedule.stages(1, 1, -1));
        refuses("length must be a finite number > 0, got 0.0", () -> Schedule.stages(0, 1));
        refuses("number of factors must be >= 1, got 0", () -> Schedule.stages(1));
        refuses(
                "each factor needs a length, got 1 factors and 2 lengths",
                () -> new Schedule.Stages(List.of(1.0), List.of(1.0, 2.0)));
    }

    @Test
    void aWarmUpLongerThanTheTrainingIsCutOff() {
        assertEquals(0.5, Schedule.cosine().warmUp(20).factor(10, 10), 1e-12);
        assertEquals(1, Schedule.cosine().warmUp(10).factor(10, 10), 1e-12);
    }

    @Test
    void afterTheEndTheFactorStaysWhereItEnded() {
        assertEquals(0.2, new Schedule.LinearDecay(0, 0.2).factor(11, 10), 1e-12);
        assertEquals(0.2, new Schedule.Cosine(0.2).factor(11, 10), 1e-12);
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        refuses("hold must be in [0, 1), got 1.0", () -> Schedule.linearDecay(1));
        refuses("end must be a finite number >= 0, got -0.1", () -> new Schedule.LinearDecay(0, -0.1));
        refuses("end must be a finite number >= 0, got -1.0", () -> new Schedule.Cosine(-1));
        refuses("factor must be a finite number > 0, got 0.0", () -> Schedule.steps(0, 1));
        refuses("at must be a finite number > 0, got 0.0", () -> Schedule.steps(0.1, 0));
        refuses("at must be ascending epochs, got [2.0, 1.0]", () -> Schedule.steps(0.1, 2, 1));
        refuses("length must be a finite number > 0, got 0.0", () -> Schedule.cosine()
                .warmUp(0));
    }

    private static void refuses(String message, org.junit.jupiter.api.function.Executable settings) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, settings).getMessage());
    }

    @Test
    void everyKindComesBackFromJson() {
        Set<Class<?>> kinds = EVERY_KIND.stream().map(Object::getClass).collect(Collectors.toSet());
        assertEquals(Set.of(Schedule.class.getPermittedSubclasses()), kinds, "this test must hold every kind");
        for (var schedule : EVERY_KIND) {
            assertEquals(schedule, Json.read(Json.write(schedule, Schedule.class), Schedule.class));
        }
    }
}
