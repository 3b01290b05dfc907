package latent4j.nn;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import latent4j.tensor.Kernels;
import latent4j.tensor.Require;

/** How gradients are kept from growing too large before an optimiser uses them. */
public sealed interface GradientClip {

    /**
     * Clips the gradients of all networks that an objective moves, in place.
     *
     * @return the norm that they had together, where it is asked for; where it is not finite, they are spoilt
     */
    Optional<NDArray> apply(List<NDArray> gradients);

    /** Gradients stay as they are. */
    record None() implements GradientClip {
        @Override
        public Optional<NDArray> apply(List<NDArray> gradients) {
            return Optional.empty();
        }
    }

    /** Gradients stay as they are, and their norm is asked for: the trainer logs it for each objective. */
    record Measured() implements GradientClip {
        @Override
        public Optional<NDArray> apply(List<NDArray> gradients) {
            return Optional.of(Kernels.current().squaredNorm(gradients).sqrt());
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
        public Optional<NDArray> apply(List<NDArray> gradients) {
            return Optional.of(Kernels.current().clipNorm(gradients, bound));
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
        public Optional<NDArray> apply(List<NDArray> gradients) {
            Kernels.current().clamp(gradients, bound);
            return Optional.empty();
        }
    }

    /** Gradients stay as they are. */
    static GradientClip none() {
        return new None();
    }

    /** Gradients stay as they are, and the history tells their norms, one series for each objective. */
    static GradientClip measured() {
        return new Measured();
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
