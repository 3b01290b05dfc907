package latent4j.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The talk with the program that lets several sides take turns: a line {@code go 1.5} on the standard input asks for a round
 * of at least so many seconds, its end ends this process. Answers are lines of JSON; other lines are the training's own.
 */
final class Turns {

    private final BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

    /** Waits for the next order; how many seconds the round shall take. */
    double await() {
        try {
            var order = orders.readLine();
            if (order == null) {
                System.exit(0);
            }
            return Double.parseDouble(order.replace("go ", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A line of JSON; numbers in its arguments are written as the format says, in no language. */
    static void say(String format, Object... arguments) {
        System.out.println(String.format(Locale.ROOT, format, arguments));
        System.out.flush();
    }
}
