package latent4j.nn;

import ai.djl.ndarray.NDArray;
import java.util.List;
import latent4j.tensor.Kernels;
import latent4j.tensor.Require;

/** How gradients are kept from growing too large before an optimiser uses them. */
public sealed interface GradientClip {

    /**
     * Clips the gradients of all networks that an objective moves, in place.
     *
     * @return the norm that they had together, where it was asked for, else 0; where it is not finite, nothing is clipped
     */
    double apply(List<NDArray> gradients);

    /** Gradients stay as they are. */
    record None() implements GradientClip {
        @Override
        public double apply(List<NDArray> gradients) {
            return 0;
        }
    }

    /**
     * Where the norm ‖g‖ of all gradients together exceeds a bound, g ← g·bound/(‖g‖ + 10⁻⁶) (Pascanu et al. 2013, algorithm
     * 1, as PyTorch's {@code clip_grad_norm_} computes it).
     *
     * @param bound the largest norm
     */
    record ByNorm(double bound) implements GradientClip {
        public ByNorm {
            Require.positive("bound", bound);
        }

        @Override
        public double apply(List<NDArray> gradients) {
            double norm = Kernels.current().norm(gradients);
            double factor = bound / (norm + 1e-6);
            if (Double.isFinite(norm) && factor < 1) {
                Kernels.current().scale(gradients, factor);
            }
            return norm;
        }
    }

    /**
     * Every element is brought into [−bound, bound].
     *
     * @param bound the largest size of an element
     */
    record ByValue(double bound) implements GradientClip {
        public ByValue {
            Require.positive("bound", bound);
        }

        @Override
        public double apply(List<NDArray> gradients) {
            Kernels.current().clamp(gradients, bound);
            return 0;
        }
    }

    /** Gradients stay as they are. */
    static GradientClip none() {
        return new None();
    }

    /** All gradients together have at most this norm. */
    static GradientClip byNorm(double bound) {
        return new ByNorm(bound);
    }

    /** Every element of the gradients has at most this size. */
    static GradientClip byValue(double bound) {
        return new ByValue(bound);
    }
}
