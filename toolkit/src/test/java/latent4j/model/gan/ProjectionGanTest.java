package latent4j.model.gan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import latent4j.nn.Activation;
import latent4j.nn.Linear;
import latent4j.nn.Net;
import latent4j.nn.Network;
import latent4j.tensor.Tape;
import org.junit.jupiter.api.Test;

class ProjectionGanTest {

    /** yᵀVφ(x) + ψ(φ(x)) with φ(x) = tanh(Ux), a row of V for each class and ψ linear, by hand. */
    @Test
    void theScoreIsEquationThree() {
        var plane = new Shape(2);
        var discriminator = new Net(
                "discriminator", Network.of(new Linear(2, false), Activation.TANH, new Linear(4, false)), plane);
        float[] u = {1, -2, 0.5f, 0.3f};
        float[] psiAndV = {0.7f, -0.1f, 1, 2, -3, 0.4f, 0.2f, 5};
        discriminator.load(List.of(u, psiAndV));
        var model = new ProjectionGan(ProjectionGan.mlp(plane, 2, 3).generator(), discriminator, 3);
        int[] labels = {2, 0, 1, 1};
        try (var tape = Tape.evaluation()) {
            var step = Steps.of(plane, labels);
            var x = step.data().toFloatArray();
            var scores = model.score(step, step.data()).toFloatArray();
            for (int i = 0; i < labels.length; i++) {
                double first = Math.tanh(u[0] * x[2 * i] + u[1] * x[2 * i + 1]);
                double second = Math.tanh(u[2] * x[2 * i] + u[3] * x[2 * i + 1]);
                int v = 2 + 2 * labels[i];
                double expected =
                        psiAndV[0] * first + psiAndV[1] * second + psiAndV[v] * first + psiAndV[v + 1] * second;
                assertEquals(expected, scores[i], 1e-5);
            }
        }
    }
}
