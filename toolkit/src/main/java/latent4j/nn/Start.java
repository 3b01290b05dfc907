package latent4j.nn;

import java.util.Arrays;
import latent4j.tensor.Seed;

/** How an array is filled before training. */
public sealed interface Start {

    /** {@code n} values; the same seed gives the same ones on every engine. */
    float[] values(int n, Seed seed);

    /** The same value everywhere. */
    record Constant(double value) implements Start {
        @Override
        public float[] values(int n, Seed seed) {
            var values = new float[n];
            Arrays.fill(values, (float) value);
            return values;
        }
    }

    /** Uniform on [−bound, bound). */
    record Uniform(double bound) implements Start {
        @Override
        public float[] values(int n, Seed seed) {
            var values = seed.uniform(n);
            for (int i = 0; i < n; i++) {
                values[i] = (float) ((2.0 * values[i] - 1.0) * bound);
            }
            return values;
        }
    }

    /** Normal with this mean and standard deviation. */
    record Normal(double mean, double standardDeviation) implements Start {
        @Override
        public float[] values(int n, Seed seed) {
            var values = seed.normal(n);
            for (int i = 0; i < n; i++) {
                values[i] = (float) (mean + standardDeviation * values[i]);
            }
            return values;
        }
    }
}
