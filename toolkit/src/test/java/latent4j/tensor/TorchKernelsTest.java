package latent4j.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What only PyTorch's kernels can do. */
class TorchKernelsTest {

    private static final double[] X = {0.3, -1.2, 0.8, 2.5, -0.1, 0.6};
    private static final Shape SHAPE = new Shape(2, 3);

    @Test
    void inputGradientCanBeDifferentiatedAgain() {
        // f(x) = Σ w²x³ has the input gradient 3w²x², and Σ(3w²x²)² has the w-gradient 36w³x⁴.
        var x = new double[] {0.5, 2, -1, 3, 1, 0.2};
        var found = GradientCheck.gradient(
                w -> {
                    var leaf =
                            Kernels.current().leaf(Compute.current().manager().create(x, SHAPE));
                    var f = w.square().mul(leaf.pow(3)).sum();
                    return Kernels.current().inputGradient(f, leaf).square().sum();
                },
                X,
                SHAPE,
                true);
        for (int i = 0; i < X.length; i++) {
            assertEquals(36 * Math.pow(X[i], 3) * Math.pow(x[i], 4), found[i], 1e-9 * Math.abs(found[i]) + 1e-12);
        }
    }

    /** One step of gradient descent on L(w) = Σ aw⁴/4 from w leaves w' = w − r·aw³, and Σ(w')² has the a-gradient −2r·w³·w'. */
    @Test
    void aStepOfDescentCanBeDifferentiated() {
        var w = new double[] {0.5, 2, -1, 0.3, 1, 0.2};
        double rate = 0.1;
        var found = GradientCheck.gradient(
                a -> {
                    var kernels = Kernels.current();
                    var weight = kernels.leaf(Compute.current().manager().create(w, SHAPE));
                    var unused = kernels.leaf(Compute.current().manager().create(w, SHAPE));
                    var loss = kernels.affine(weight.pow(4).mul(a).sum(), 0.25, 0);
                    var gradients = kernels.differentiableGradients(loss, List.of(weight, unused));
                    assertEquals(0, gradients.get(1).abs().sum().toDoubleArray()[0]);
                    return weight.sub(kernels.affine(gradients.get(0), rate, 0))
                            .square()
                            .sum();
                },
                X,
                SHAPE,
                true);
        for (int i = 0; i < X.length; i++) {
            double next = w[i] - rate * X[i] * Math.pow(w[i], 3);
            assertEquals(-2 * rate * Math.pow(w[i], 3) * next, found[i], 1e-12);
        }
    }

    /** critic(x) = v·leakyRelu(W x): its gradient is Wᵀ(v ⊙ slopes), and the norm's gradient follows from it. */
    @Test
    void theGradientsNormOfACriticWithKinksIsExact() {
        var x = new double[] {0.5, 2, -1, 3, 1, 0.2};
        double slope = 0.2;
        var found = GradientCheck.gradient(
                w -> {
                    var kernels = Kernels.current();
                    var points = Compute.current().manager().create(x, SHAPE);
                    return kernels.gradientNorm(
                                    a -> kernels.leakyRelu(a.matMul(w.transpose()), slope)
                                            .sum(new int[] {1}),
                                    points)
                            .sum();
                },
                X,
                SHAPE,
                true);
        var expected = new double[6];
        for (int i = 0; i < 2; i++) {
            var slopes = new double[2];
            var gradient = new double[3];
            for (int k = 0; k < 2; k++) {
                double z = 0;
                for (int j = 0; j < 3; j++) {
                    z += X[3 * k + j] * x[3 * i + j];
                }
                slopes[k] = z > 0 ? 1 : slope;
                for (int j = 0; j < 3; j++) {
                    gradient[j] += slopes[k] * X[3 * k + j];
                }
            }
            double norm = Math.sqrt(gradient[0] * gradient[0] + gradient[1] * gradient[1] + gradient[2] * gradient[2]);
            for (int k = 0; k < 6; k++) {
                expected[k] += slopes[k / 3] * gradient[k % 3] / norm;
            }
        }
        for (int k = 0; k < 6; k++) {
            assertEquals(expected[k], found[k], 1e-12);
        }
    }
}
