package latent4j.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import latent4j.tensor.Seed;
import latent4j.tensor.Tape;
import org.junit.jupiter.api.Test;

class CodePriorTest {

    private static final int PLACES = 3;
    private static final int CODES = 3;
    private static final int ALL = 27;

    /** All sequences, one-hot, and their probabilities. */
    private static double[] probabilities(CodePrior prior) {
        var codes = new int[ALL * PLACES];
        for (int i = 0; i < ALL; i++) {
            codes[3 * i] = i / 9;
            codes[3 * i + 1] = i / 3 % 3;
            codes[3 * i + 2] = i % 3;
        }
        try (var tape = Tape.evaluation()) {
            var found = prior.logProbability(OneHot.of(codes, CODES).reshape(ALL, PLACES, CODES))
                    .toFloatArray();
            var probabilities = new double[ALL];
            for (int i = 0; i < ALL; i++) {
                probabilities[i] = Math.exp(found[i]);
            }
            return probabilities;
        }
    }

    private static CodePrior prior() {
        var prior = CodePrior.mlp(PLACES, CODES, 16);
        prior.net().initialise(new Seed(3));
        // Larger weights, so that sequences differ in probability.
        var values = prior.net().values();
        for (var array : values) {
            for (int i = 0; i < array.length; i++) {
                array[i] *= 3;
            }
        }
        prior.net().load(values);
        return prior;
    }

    @Test
    void probabilitiesOfAllSequencesSumToOne() {
        double sum = 0;
        for (double p : probabilities(prior())) {
            sum += p;
        }
        assertEquals(1, sum, 1e-5); // only where no place sees itself or what comes after it
    }

    @Test
    void drawsComeAsOftenAsTheirProbabilitySays() {
        var prior = prior();
        int n = 20_000;
        var drawn = prior.draw(n, new Seed(4));
        var share = new double[ALL];
        for (int i = 0; i < n; i++) {
            share[9 * drawn[3 * i] + 3 * drawn[3 * i + 1] + drawn[3 * i + 2]] += 1.0 / n;
        }
        assertArrayEquals(probabilities(prior), share, 4 * 0.5 / Math.sqrt(n)); // four standard errors at most
        assertArrayEquals(drawn, prior.draw(n, new Seed(4)));
    }
}
