package latent4j.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import latent4j.data.Dataset;
import latent4j.data.Datasets;
import latent4j.model.vae.Vae;
import latent4j.tensor.Bfloat16;
import latent4j.tensor.Seed;
import latent4j.tensor.Tape;
import latent4j.train.Progress;
import latent4j.train.Trainer;
import latent4j.train.Watcher;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PrecisionTest {

    private static final Shape IMAGE = new Shape(3, 6, 6);

    /** Half of the distance between neighbours in bfloat16, relative to their size. */
    private static final double ROUNDING = 1.0 / 256;

    private static float[] absolute(float[] values, boolean really) {
        var result = values.clone();
        for (int i = 0; really && i < result.length; i++) {
            result[i] = Math.abs(result[i]);
        }
        return result;
    }

    /** y of one layer, then the gradients of Σ g·y with respect to its weight, its bias and x; or the same of |x|, |w|, |g|. */
    private static List<float[]> pass(Layer layer, Shape input, Precision precision, boolean ofSizes) {
        var net = new Net("net", Network.of(layer), input);
        net.load(net.values().stream().map(w -> absolute(w, ofSizes)).toList());
        net.trainIn(precision);
        try (var tape = Tape.training()) {
            var shape = new Shape(5).addAll(input);
            var x = latent4j.tensor.Arrays.of(absolute(new Seed(1).normal((int) shape.size()), ofSizes), shape);
            x.setRequiresGradient(true);
            var y = net.apply(x);
            var g = new Seed(2).normal((int) y.size());
            var total = y.mul(latent4j.tensor.Arrays.of(absolute(g, ofSizes), y.getShape()))
                    .sum();
            var wanted = new ArrayList<>(net.trainable());
            wanted.add(x);
            var found = new ArrayList<float[]>();
            found.add(y.toFloatArray());
            tape.gradients(total, wanted).forEach(gradient -> found.add(gradient.toFloatArray()));
            return found;
        }
    }

    /** Each factor of a product is rounded once, and the sum of products once more. */
    private static void liesWithinTheRounding(Layer layer, Shape input) {
        var exact = pass(layer, input, Precision.FLOAT32, false);
        var rounded = pass(layer, input, Precision.BFLOAT16, false);
        var sizes = pass(layer, input, Precision.FLOAT32, true);
        for (int i = 0; i < exact.size(); i++) {
            boolean differs = false;
            for (int j = 0; j < exact.get(i).length; j++) {
                double error = Math.abs(exact.get(i)[j] - rounded.get(i)[j]);
                double bound = 3.02 * ROUNDING * sizes.get(i)[j];
                assertTrue(error <= bound, layer + ", result " + i + ": error " + error + ", bound " + bound);
                differs |= error > 0;
                assertEquals(0, Float.floatToRawIntBits(rounded.get(i)[j]) & 0xffff, "a bfloat16 number");
            }
            assertTrue(differs, layer + " computes in bfloat16");
        }
    }

    @Test
    void valuesAndGradientsLieWithinTheRoundingOfFloat32() {
        liesWithinTheRounding(new Linear(7), new Shape(40));
        liesWithinTheRounding(new Linear(7, false), new Shape(40));
        liesWithinTheRounding(new Convolution(4, 4, 2, 1), IMAGE);
        liesWithinTheRounding(new TransposedConvolution(4, 4, 2, 1, 0, 0), IMAGE);
    }

    /** A few roundings by 1/256 each, in the products only: everything else is computed as ever. */
    @ParameterizedTest
    @MethodSource("latent4j.nn.LayersTest#cases")
    void layersOfEveryKindTrainInIt(LayersTest.Case c) {
        var net = new Net("net", c.network(), c.input());
        var results = new ArrayList<float[]>();
        for (var precision : Precision.values()) {
            net.initialise(new Seed(2));
            net.trainIn(precision);
            try (var tape = Tape.training()) {
                var shape = new Shape(4).addAll(c.input());
                var x = latent4j.tensor.Arrays.of(new Seed(1).normal((int) shape.size()), shape);
                x.setRequiresGradient(true);
                var wanted = new ArrayList<>(net.trainable());
                wanted.add(x);
                var y = net.apply(x);
                results.add(y.toFloatArray());
                tape.gradients(y.square().sum(), wanted);
            }
        }
        double largest = 0;
        for (float value : results.get(0)) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertArrayEquals(results.get(0), results.get(1), (float) (10 * ROUNDING * largest));
    }

    @Test
    void onlyTrainingIsRounded() {
        var net = new Net("net", Network.of(new Linear(7), new BatchNorm(), new Linear(2)), new Shape(9));
        var results = new ArrayList<float[]>();
        for (var precision : Precision.values()) {
            net.trainIn(precision);
            for (var open : List.<Supplier<Tape>>of(Tape::evaluation, Tape::probing)) {
                try (var tape = open.get()) {
                    var x = latent4j.tensor.Arrays.of(new Seed(1).normal(27), new Shape(3, 9));
                    results.add(net.apply(x).toFloatArray());
                }
            }
        }
        results.forEach(result -> assertArrayEquals(results.get(0), result));
    }

    @Test
    void itIsRefusedWhereItGainsNothing() {
        var data = Datasets.digits(200, 20);
        var vae = Vae.mlp(data.shape(), 4);
        var before = vae.encoder().values().get(0);
        var trainer = Trainer.epochs(1).batch(100).watchedBy().precision(Precision.BFLOAT16);
        if (Bfloat16.refusal().isEmpty()) {
            trainer.fit(vae, data);
            return;
        }
        var error = assertThrows(IllegalArgumentException.class, () -> trainer.fit(vae, data));
        assertEquals(
                "precision must be FLOAT32 here, got BFLOAT16: "
                        + Bfloat16.refusal().orElseThrow() + ". Leave the trainer's precision as it is",
                error.getMessage());
        assertArrayEquals(before, vae.encoder().values().get(0));
    }

    @Test
    void aForeignBlockIsRefused() {
        var foreign =
                new Net("foreign", ai.djl.nn.core.Linear.builder().setUnits(2).build(), new Shape(3));
        foreign.trainIn(Precision.FLOAT32);
        var error = assertThrows(IllegalArgumentException.class, () -> foreign.trainIn(Precision.BFLOAT16));
        assertTrue(error.getMessage().contains("network 'foreign', a foreign DJL block"), error.getMessage());
    }

    /** Also where the machine would refuse it: rounded products give the same numbers there, only slowly. */
    private static double bound(Dataset data, Precision precision, long seed) {
        var vae = Vae.mlp(data.shape(), 8);
        var inThis = new Watcher() {
            @Override
            public void started(Progress progress) {
                progress.model().nets().forEach(net -> net.trainIn(precision));
            }
        };
        Trainer.epochs(3).batch(100).seed(seed).watchedBy(inThis).fit(vae, data);
        double bound = vae.negativeElbo(data.test(), 1);
        System.out.println(precision + ", seed " + seed + ": negative ELBO " + bound + " nats");
        return bound;
    }

    @Test
    @Tag("long")
    void theQualityLiesWithinTheSpreadOfTheSeeds() {
        var data = Datasets.digits(5_000, 1_000);
        var exact = DoubleStream.of(0, 1, 2)
                .map(seed -> bound(data, Precision.FLOAT32, (long) seed))
                .toArray();
        var rounded = DoubleStream.of(0, 1, 2)
                .map(seed -> bound(data, Precision.BFLOAT16, (long) seed))
                .toArray();
        double spread = Arrays.stream(exact).max().orElseThrow()
                - Arrays.stream(exact).min().orElseThrow();
        double difference = Arrays.stream(rounded).average().orElseThrow()
                - Arrays.stream(exact).average().orElseThrow();
        assertTrue(Math.abs(difference) <= spread, "difference " + difference + ", spread of seeds " + spread);
    }
}
