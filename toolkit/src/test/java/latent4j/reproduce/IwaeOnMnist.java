package latent4j.reproduce;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import latent4j.data.Dataset;
import latent4j.data.Datasets;
import latent4j.loss.Bernoulli;
import latent4j.metric.ActiveUnits;
import latent4j.metric.EvidenceLowerBound;
import latent4j.metric.LogLikelihood;
import latent4j.metric.Measure;
import latent4j.model.Model;
import latent4j.model.Schedule;
import latent4j.model.VariationalAutoencoder;
import latent4j.model.vae.Iwae;
import latent4j.model.vae.Vae;
import latent4j.nn.Activation;
import latent4j.nn.Adam;
import latent4j.nn.Flatten;
import latent4j.nn.Initialisation;
import latent4j.nn.Layer;
import latent4j.nn.Linear;
import latent4j.nn.Net;
import latent4j.nn.Network;
import latent4j.nn.Reshape;
import latent4j.train.Run;
import latent4j.train.Trainer;
import tech.tablesaw.api.Table;

/** The protocol of Burda et al. 2016, section 5 and table 1 (one stochastic layer), with fewer passes. */
final class IwaeOnMnist implements Reproduction {

    private static final int LATENT = 50;
    private static final int HIDDEN = 200;

    /** How often the training records are seen at each of the eight rates; 3^i in the paper, 3,280 in all. */
    private static final int PASSES = 5;

    private static final int RECORDS = 1000;

    /** One of the two models, by how many samples its bound takes, and what table 1 says of it. */
    private enum Bound {
        VAE("vae", 1, 86.76, 19),
        IWAE("iwae-50", 50, 84.78, 25);

        private final String file;
        private final int samples;
        private final double published;
        private final int publishedUnits;

        Bound(String file, int samples, double published, int publishedUnits) {
            this.file = file;
            this.samples = samples;
            this.published = published;
            this.publishedUnits = publishedUnits;
        }
    }

    @Override
    public String name() {
        return "iwae";
    }

    @Override
    public String about() {
        return "VAE and IWAE with 50 samples on binarised MNIST, by the protocol of Burda et al. 2016 with fewer passes";
    }

    @Override
    public void run(Results results, boolean smoke) {
        var data = data(smoke);
        var runs = new EnumMap<Bound, Run>(Bound.class);
        for (var bound : chosen()) {
            runs.put(bound, results.run(bound.file, () -> {
                var run = train(results, bound, data, smoke ? 1 : PASSES);
                measure(results, bound, run.model(), data, smoke);
                return run;
            }));
        }
        if (runs.size() == Bound.values().length) {
            results.text("README.md", page(results, runs));
        }
    }

    /** Both, or one of them, so that two processes can share the work. */
    private static List<Bound> chosen() {
        var only = System.getProperty("iwae.only");
        return only == null ? List.of(Bound.values()) : List.of(Bound.valueOf(only));
    }

    private static void measure(Results results, Bound bound, Model model, Dataset data, boolean smoke) {
        var all = data.test();
        int n = smoke ? 20 : RECORDS;
        // at equal distances, since the second half of MNIST's test records is harder than the first
        var some = all.rows(IntStream.range(0, n)
                .map(i -> (int) ((long) i * all.size() / n))
                .toArray());
        var likelihood = LogLikelihood.of(model, some, smoke ? 20 : LogLikelihood.SAMPLES, 1);
        var measures =
                new ArrayList<Measure>(EvidenceLowerBound.of(model, all, 1).measures());
        measures.add(ActiveUnits.of(model, all).measure());
        measures.addAll(likelihood.measures());
        measures.forEach(System.out::println);
        results.table(bound.file + "-records", likelihood.toTable());
        results.table(bound.file, Measure.table(measures));
    }

    private static String page(Results results, Map<Bound, Run> runs) {
        var text = new StringBuilder(
                """
                # VAE and IWAE on binarised MNIST

                The protocol of Burda, Grosse and Salakhutdinov, «Importance weighted autoencoders» (2016), section 5, one
                stochastic layer: two hidden layers of 200 tanh units on each side, 50 latent dimensions, batches of 20, Adam (β₁
                = 0.9, β₂ = 0.999, ε = 10⁻⁴) at eight rates from 10⁻³ down to 10⁻⁴, Glorot's start; training records binarised
                anew each time, test records once. −log p(x) with 5,000 importance samples.

                | | −log p(x), nats | ± | active units | passes | published −log p(x) | published units | published passes | distance |
                |---|---|---|---|---|---|---|---|---|
                """);
        runs.forEach((bound, run) -> {
            var table = results.table(bound.file).orElseThrow();
            text.append(String.format(
                    Locale.ROOT,
                    "| %s, k = %d | %.2f | %.2f | %.0f | %d | %.2f | %d | 3,280 | %+.2f |%n",
                    bound,
                    bound.samples,
                    value(table, "−log p(x)", "value"),
                    (value(table, "−log p(x)", "high") - value(table, "−log p(x)", "value")) / 1.96,
                    value(table, "active units", "value"),
                    run.trainer().epochs(),
                    bound.published,
                    bound.publishedUnits,
                    value(table, "−log p(x)", "value") - bound.published));
        });
        var vae = log(results, Bound.VAE);
        var iwae = log(results, Bound.IWAE);
        int n = vae.length;
        double gain = IntStream.range(0, n)
                .mapToDouble(i -> iwae[i] - vae[i])
                .average()
                .orElseThrow();
        double squares = IntStream.range(0, n)
                .mapToDouble(i -> Math.pow(iwae[i] - vae[i] - gain, 2))
                .sum();
        double error = Math.sqrt(squares / (n - 1) / n);
        text.append(String.format(
                Locale.ROOT,
                """

                The IWAE's −log p(x) is %.2f ± %.2f nats %s than the VAE's, paired on the same %,d test records (%s); \
                published: 1.98 nats lower, after %s times as many passes. The order of the two is %s; that the numbers \
                themselves are higher is what fewer passes cost. ± is the standard error over the test records; the weights' \
                start is one seed.

                %s
                """,
                Math.abs(gain),
                error,
                gain > 0 ? "lower" : "higher",
                n,
                "taken evenly from all 10,000",
                3280 / runs.get(Bound.VAE).trainer().epochs(),
                gain > 2 * error ? "the published one" : gain < -2 * error ? "the opposite" : "not decided",
                runs.entrySet().stream()
                        .map(entry -> String.format(
                                Locale.ROOT,
                                "- %s: %,d steps in %.0f s, on a machine with other work: %s",
                                entry.getKey(),
                                entry.getValue().steps(),
                                entry.getValue().seconds(),
                                entry.getValue().provenance().machine()))
                        .collect(Collectors.joining("\n"))));
        return text.toString();
    }

    /** A value of the measure whose name begins so. */
    private static double value(Table measures, String name, String column) {
        for (var row : measures) {
            if (row.getString("measure").startsWith(name)) {
                return ((Number) row.getObject(column)).doubleValue();
            }
        }
        throw new IllegalStateException("no measure " + name + " in " + measures.print());
    }

    private static double[] log(Results results, Bound bound) {
        return results.table(bound.file + "-records")
                .orElseThrow()
                .numberColumn(0)
                .asDoubleArray();
    }

    /** Held-out records are binarised once, by a fixed seed. */
    private static Dataset data(boolean smoke) {
        var grey = smoke ? Datasets.digits(100, 40) : Datasets.mnist();
        return new Dataset(
                grey.name() + ", held-out records binarised",
                grey.train(),
                grey.test().binarised(2016));
    }

    private static Run train(Results results, Bound bound, Dataset data, int passes) {
        var checkpoints = results.checkpoints(bound.file + "-" + passes);
        var trainer = Trainer.epochs(8 * passes)
                .batch(20)
                .seed(1)
                .optimizer(new Adam(1e-3, 0.9, 0.999, 1e-4, 0))
                .schedule(rates(passes))
                .binarised()
                .validateOn(100)
                .checkpoint(checkpoints, 500);
        var model = model(bound.samples, data.shape());
        return trainer.fitOrResume(model, data);
    }

    /** 10⁻³·10^(−i/7) for i from 0 to 7, rounded as published: 10, 7.2, 5.2, … 1 times 10⁻⁴. */
    private static Schedule rates(int passes) {
        var factors = new double[8];
        for (int i = 0; i < 8; i++) {
            factors[i] = Math.round(10 * Math.pow(10, 1 - i / 7.0)) / 100.0;
        }
        return Schedule.stages(passes, factors);
    }

    /** Two hidden layers of 200 tanh units on each side, 50 latent dimensions. */
    private static VariationalAutoencoder model(int samples, Shape shape) {
        var encoder = new ArrayList<Layer>(List.of(new Flatten()));
        encoder.addAll(hidden());
        encoder.add(new Linear(2 * LATENT));
        var decoder = new ArrayList<>(hidden());
        decoder.add(new Linear((int) shape.size()));
        decoder.add(new Reshape(shape));
        var vae = new Vae(
                new Net("encoder", new Network(encoder, new Initialisation.Glorot()), shape),
                new Net("decoder", new Network(decoder, new Initialisation.Glorot()), new Shape(LATENT)),
                new Bernoulli());
        return samples == 1 ? vae : new Iwae(vae, samples);
    }

    private static List<Layer> hidden() {
        return List.of(new Linear(HIDDEN), Activation.TANH, new Linear(HIDDEN), Activation.TANH);
    }
}
