package latent4j.model.gan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import latent4j.data.Datasets;
import latent4j.tensor.Kernels;
import latent4j.tensor.Tape;
import org.junit.jupiter.api.Test;

class SemiSupervisedGanTest {

    private static final Shape IMAGE = new Shape(1, 4, 4);

    /** The K + 1 classes' softmax with the last logit at 0: 1 − p(K + 1|x) = Z/(Z + 1). */
    @Test
    void theScoreIsTheLogitOfNotBeingASample() {
        var model = SemiSupervisedGan.mlp(IMAGE, 3, 4);
        try (var tape = Tape.training()) {
            var step = Steps.of(IMAGE, 0, 1, 4);
            var logits = model.discriminator().apply(step.data()).toFloatArray();
            var probability =
                    Kernels.current().sigmoid(model.score(step, step.data())).toFloatArray();
            var known = new double[3];
            for (int i = 0; i < 3; i++) {
                double z = 0;
                for (int k = 0; k < 4; k++) {
                    z += Math.exp(logits[4 * i + k]);
                }
                assertEquals(z / (z + 1), probability[i], 1e-6);
                known[i] = Math.log(z) - (i < 2 ? logits[4 * i + i] : 0);
            }
            var terms = model.discriminatorTerms(step, model.samples(step));
            assertEquals(
                    (known[0] + known[1]) / 2,
                    terms.parts().get("class").value().getFloat(),
                    1e-5,
                    "the mean over those two whose class is known");
        }
    }

    @Test
    void onlyTheChosenRecordsKeepTheirClass() {
        var digits = Datasets.digits(500, 20);
        var partly = SemiSupervisedGan.partlyLabelled(digits, 3, 1);
        var truth = digits.train().labels().orElseThrow();
        var labels = partly.train().labels().orElseThrow();
        var counts = new int[11];
        for (int i = 0; i < 500; i++) {
            counts[labels[i]]++;
            assertEquals(true, labels[i] == 10 || labels[i] == truth[i]);
        }
        var expected = new int[11];
        Arrays.fill(expected, 3);
        expected[10] = 470;
        assertArrayEquals(expected, counts);
        assertArrayEquals(
                digits.test().labels().orElseThrow(), partly.test().labels().orElseThrow());
        assertArrayEquals(
                labels,
                SemiSupervisedGan.partlyLabelled(digits, 3, 1).train().labels().orElseThrow());
    }

    @Test
    void aClassifierWithBatchNormalisationIsRefused() {
        var nets = Gan.convolutional(new Shape(1, 8, 8), 3, 4);
        assertThrows(
                IllegalArgumentException.class, () -> new SemiSupervisedGan(nets.generator(), nets.discriminator(), 2));
    }
}
