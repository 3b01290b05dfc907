package latent4j.data;

import java.util.Arrays;
import latent4j.tensor.Seed;

/** Which records to train on and which to hold out. */
record Split(int[] train, int[] test) {

    /** A share of {@code n} records held out at random, the same for the same seed; each part in the old order. */
    static Split of(int n, double heldOut, long seed) {
        if (!(heldOut >= 0 && heldOut < 1)) {
            throw new IllegalArgumentException("heldOut must be a share in [0, 1), got " + heldOut);
        }
        int test = (int) Math.min(n - 1L, Math.round(n * heldOut));
        var order = new Seed(seed).child(n).stream().permutation(n);
        return new Split(
                Arrays.stream(order, test, n).sorted().toArray(),
                Arrays.stream(order, 0, test).sorted().toArray());
    }
}
