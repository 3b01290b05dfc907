package latent4j.tensor;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * The optimisers' steps in operations that every engine has. Each returns new values for a weight and then for what its
 * rule remembers, and changes nothing: MXNet refuses to change arrays in place while it records. See {@link Kernels} for
 * the formulas.
 *
 * @param kernels for {@link Kernels#affine}, by which numbers meet arrays
 */
record PortableSteps(Kernels kernels) {

    List<NDArray> adam(
            NDArray weight,
            NDArray gradient,
            NDArray mean,
            NDArray variance,
            long step,
            double learningRate,
            double beta1,
            double beta2,
            double epsilon,
            double weightDecay) {
        var g = withDecay(gradient, weight, weightDecay);
        var m = scaled(mean, beta1).add(scaled(g, 1 - beta1));
        var v = scaled(variance, beta2).add(scaled(g.square(), 1 - beta2));
        double rate = learningRate / (1 - Math.pow(beta1, step));
        var root = kernels.affine(v.sqrt(), 1 / Math.sqrt(1 - Math.pow(beta2, step)), epsilon);
        return List.of(weight.sub(scaled(m, rate).div(root)), m, v);
    }

    List<NDArray> adamW(
            NDArray weight,
            NDArray gradient,
            NDArray mean,
            NDArray variance,
            long step,
            double learningRate,
            double beta1,
            double beta2,
            double epsilon,
            double weightDecay) {
        var decayed = scaled(weight, 1 - learningRate * weightDecay);
        return adam(decayed, gradient, mean, variance, step, learningRate, beta1, beta2, epsilon, 0);
    }

    List<NDArray> sgd(
            NDArray weight,
            NDArray gradient,
            NDArray velocity,
            double learningRate,
            double momentum,
            boolean nesterov,
            double weightDecay) {
        var g = withDecay(gradient, weight, weightDecay);
        if (momentum == 0) {
            return List.of(weight.sub(scaled(g, learningRate)));
        }
        var b = scaled(velocity, momentum).add(g);
        var slope = nesterov ? g.add(scaled(b, momentum)) : b;
        return List.of(weight.sub(scaled(slope, learningRate)), b);
    }

    List<NDArray> rmsProp(
            NDArray weight,
            NDArray gradient,
            NDArray square,
            double learningRate,
            double decay,
            double epsilon,
            double weightDecay) {
        var g = withDecay(gradient, weight, weightDecay);
        var s = scaled(square, decay).add(scaled(g.square(), 1 - decay));
        return List.of(weight.sub(scaled(g, learningRate).div(kernels.affine(s.sqrt(), 1, epsilon))), s);
    }

    private NDArray withDecay(NDArray gradient, NDArray weight, double weightDecay) {
        return weightDecay == 0 ? gradient : gradient.add(scaled(weight, weightDecay));
    }

    private NDArray scaled(NDArray x, double factor) {
        return kernels.affine(x, factor, 0);
    }
}
