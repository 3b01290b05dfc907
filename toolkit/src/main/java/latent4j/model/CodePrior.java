package latent4j.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import latent4j.nn.Net;
import latent4j.nn.Nets;
import latent4j.tensor.Arrays;
import latent4j.tensor.Kernels;
import latent4j.tensor.Require;
import latent4j.tensor.Seed;
import latent4j.tensor.Tape;

/**
 * An autoregressive distribution of codes that are whole numbers, p(c) = Π_g p(c_g | c_1 … c_{g−1}): one network gives the
 * logits of every place from the codes before it, the others masked, and the place's number.
 *
 * @param net masked codes and place, one-hot, side by side to logits: [places·codes + places] to [codes]
 * @param places how many codes a record has
 */
public record CodePrior(Net net, int places) {

    /** One hidden layer of so many units. */
    public static CodePrior mlp(int places, int codes, int hidden) {
        Require.atLeast("places", 1, places);
        Require.atLeast("codes", 1, codes);
        return new CodePrior(Nets.mlp("prior", new Shape((long) places * codes + places), codes, hidden), places);
    }

    /**
     * log p(c).
     *
     * @param codes one-hot, [batch, places, codes]
     * @return [batch], nats: the sum over places
     */
    public NDArray logProbability(NDArray codes) {
        long batch = codes.getShape().get(0);
        var seen =
                codes.reshape(batch, 1, places, codes()).mul(before()).reshape(batch * places, (long) places * codes());
        var place = new int[(int) batch * places];
        java.util.Arrays.setAll(place, i -> i % places);
        var logits = net.apply(Kernels.current().concatenate(List.of(seen, OneHot.of(place, places))));
        return Kernels.current().categoricalLogLikelihood(codes, logits.reshape(batch, places, codes()));
    }

    /** 1 where the second place comes before the first: [1, places, places, 1]. */
    private NDArray before() {
        var values = new float[places * places];
        for (int g = 0; g < places; g++) {
            java.util.Arrays.fill(values, g * places, g * places + g, 1);
        }
        return Arrays.of(values, new Shape(1, places, places, 1));
    }

    /**
     * {@code n} draws, place by place; the same seed draws the same ones.
     *
     * @return for each draw the codes of its places: [n·places]
     */
    public int[] draw(int n, Seed seed) {
        Require.atLeast("n", 1, n);
        int width = places * codes() + places;
        var uniform = seed.uniform(Math.multiplyExact(n, places));
        var drawn = new int[n * places];
        Inference.inBatches(n, (from, to) -> {
            var rows = new float[(to - from) * width];
            for (int g = 0; g < places; g++) {
                for (int i = 0; i < to - from; i++) {
                    rows[i * width + places * codes() + g] = 1;
                    if (g > 0) {
                        rows[i * width + places * codes() + g - 1] = 0;
                    }
                }
                float[] logits;
                try (var tape = Tape.evaluation()) {
                    logits = net.apply(Arrays.of(rows, new Shape(to - from, width)))
                            .toFloatArray();
                }
                for (int i = 0; i < to - from; i++) {
                    int at = (from + i) * places + g;
                    int code = Categories.choose(logits, i * codes(), (i + 1) * codes(), uniform[at]);
                    drawn[at] = code;
                    rows[i * width + g * codes() + code] = 1;
                }
            }
        });
        return drawn;
    }

    private int codes() {
        return (int) net.output().size();
    }
}
