package latent4j.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import latent4j.tensor.Compute;
import latent4j.tensor.GradientCheck;
import latent4j.tensor.Kernels;
import latent4j.tensor.Seed;
import latent4j.tensor.Tape;
import org.junit.jupiter.api.Test;

class CodePenaltyTest {

    private static final double[] W = {0.5, -1, 2, 0.3, 1, -0.7}; // [2, 3]: two codes to three outputs

    private static NDArray array(Shape shape, double... values) {
        return Compute.current().manager().create(values, shape);
    }

    private static double value(NDArray scalar) {
        return Kernels.current().read(List.of(scalar))[0];
    }

    @Test
    void theNormIsHalfTheSquareSummedOverDimensionsAndAveragedOverTheBatch() {
        var codes = new double[] {1, 2, 3, 4};
        try (var tape = Tape.evaluation()) {
            assertEquals(0.5 * (1 + 4 + 9 + 16) / 2, value(CodePenalty.norm(array(new Shape(2, 2), codes))), 1e-12);
        }
        GradientCheck.check(CodePenalty::norm, codes, new Shape(2, 2));
    }

    /** Of D(z) = zW the Jacobian is W everywhere: one direction v gives ‖Wv‖², and its mean over v is ‖W‖². */
    @Test
    void theJacobiansNormIsThatOfALinearDecoder() {
        double expected = 0;
        for (double w : W) {
            expected += w * w;
        }
        int n = 20_000;
        try (var tape = Tape.evaluation()) {
            var w = array(new Shape(2, 3), W);
            var v = array(new Shape(1, 3), 0.2, -1, 0.5);
            double first = 0.5 * 0.2 + 1 + 2 * 0.5;
            double second = 0.3 * 0.2 - 1 - 0.7 * 0.5;
            var one = CodePenalty.jacobian(z -> z.matMul(w), array(new Shape(1, 2), 3, 4), v);
            assertEquals(first * first + second * second, value(one), 1e-12);

            var draws = new Seed(3).normal(3 * n);
            var all = new double[3 * n];
            for (int i = 0; i < all.length; i++) {
                all[i] = draws[i];
            }
            var many = CodePenalty.jacobian(
                    z -> z.matMul(w), array(new Shape(n, 2), new double[2 * n]), array(new Shape(n, 3), all));
            assertEquals(expected, value(many), 0.03 * expected); // a standard error is at most 2/√(2n) = 1 % of it
        }
    }

    @Test
    void itsGradientReachesTheDecoderAndNotTheCodes() {
        var codes = new double[] {0.3, -0.2, 1, 0.5};
        var noise = new double[] {1, -0.5, 0.3, 0.7, 0.1, -1};
        GradientCheck.check(
                w -> CodePenalty.jacobian(
                        z -> z.matMul(w).tanh(), array(new Shape(2, 2), codes), array(new Shape(2, 3), noise)),
                W,
                new Shape(2, 3));
        var found = GradientCheck.gradient(
                z -> CodePenalty.jacobian(
                                a -> a.matMul(array(new Shape(2, 3), W)).tanh(), z, array(new Shape(2, 3), noise))
                        .add(CodePenalty.norm(z)),
                codes,
                new Shape(2, 2),
                false);
        for (int i = 0; i < found.length; i++) {
            assertEquals(codes[i] / 2, found[i], 1e-12); // the norm's gradient alone
        }
    }
}
