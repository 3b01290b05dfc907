package latent4j.data;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.function.Executable;

/** Checks that something is refused with a message that holds all of some words. */
public final class Refusal {

    private Refusal() {}

    public static void expect(Executable action, String... words) {
        expect(IllegalArgumentException.class, action, words);
    }

    public static void expect(Class<? extends RuntimeException> type, Executable action, String... words) {
        var message = String.valueOf(assertThrows(type, action).getMessage());
        for (var word : words) {
            assertTrue(message.contains(word), () -> "expected '" + word + "' in: " + message);
        }
    }
}
