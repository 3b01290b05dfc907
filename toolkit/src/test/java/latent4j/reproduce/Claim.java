package latent4j.reproduce;

import java.util.Locale;
import java.util.function.Function;

/**
 * What a paper claims of a model, on a case small enough to check. The long tests hold all claims to it, and {@code ./lab
 * reproduce} keeps their runs and what was found.
 *
 * @param model the model's name, unique among the claims of a group
 * @param paper where it is claimed
 * @param expected what is asked here
 * @param seeds for how many seeds
 * @param open not seen to hold so far: reported, and not asserted
 * @param check trains and measures
 */
record Claim(String model, String paper, String expected, int seeds, boolean open, Function<Trials, Finding> check) {

    Claim(String model, String paper, String expected, int seeds, Function<Trials, Finding> check) {
        this(model, paper, expected, seeds, false, check);
    }

    /** The same claim, not seen to hold so far. */
    Claim leftOpen() {
        return new Claim(model, paper, expected, seeds, true, check);
    }

    @Override
    public String toString() {
        return model + ": " + expected;
    }

    /** What came of a claim. */
    record Finding(boolean holds, String found) {

        static Finding of(boolean holds, String found, Object... values) {
            return new Finding(holds, String.format(Locale.ROOT, found, values));
        }
    }
}
