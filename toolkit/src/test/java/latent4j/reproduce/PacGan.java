package latent4j.reproduce;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import latent4j.data.Dataset;
import latent4j.data.Datasets;
import latent4j.data.GaussianMixture;
import latent4j.metric.Coverage;
import latent4j.metric.CoverageProtocol;
import latent4j.model.GenerativeAdversarialNetwork;
import latent4j.model.gan.Gan;
import latent4j.model.stabiliser.Packing;
import latent4j.train.Progress;
import latent4j.train.Trainer;
import latent4j.train.Watcher;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Does packing cover more modes (Lin et al. 2018, table 1)? The plain GAN against packs of two on ring and grid, paired by
 * seed: the same data, and the same generator to begin with. As in the authors' code the discriminator scores 100 packs of
 * either side at a step, so that packs of two see twice as many points. Measured every thousand steps of far fewer than the
 * paper's.
 */
final class PacGan implements Reproduction {

    private static final CoverageProtocol PROTOCOL = CoverageProtocol.pacGan();
    private static final CoverageProtocol.Training TRAINING =
            PROTOCOL.training().orElseThrow();
    private static final List<String> MODELS = List.of("GAN", "PacGAN2");

    /** What the paper counts, and how to read it of a coverage. */
    private static final Map<String, ToDoubleFunction<Coverage>> FIGURES = figures();

    /** Mean of the paper's table 1 at 400,000 steps: modes, share of good samples, reverse KL. */
    private static final Map<String, double[]> PUBLISHED = Map.of(
            "ring GAN", new double[] {6.3, 0.982, 0.45},
            "ring PacGAN2", new double[] {7.9, 0.956, 0.07},
            "grid GAN", new double[] {17.3, 0.948, 0.70},
            "grid PacGAN2", new double[] {23.8, 0.913, 0.13});

    /** How long, and how often. */
    private record Size(int steps, int every, int seeds, int records) {}

    @Override
    public String name() {
        return "pacgan";
    }

    @Override
    public String about() {
        return "PacGAN's protocol on ring and grid, cut short: the plain GAN and packs of two, 10 seeds, paired";
    }

    @Override
    public void run(Results results, boolean smoke) {
        var size = smoke ? new Size(4, 2, 2, 400) : new Size(4_000, 1_000, PROTOCOL.runs(), TRAINING.records());
        var rows = new ArrayList<Row>();
        for (int seed = 0; seed < size.seeds; seed++) {
            for (var data : List.of("ring", "grid")) {
                for (var model : MODELS) {
                    rows.addAll(rows(results, data, model, seed, size));
                }
            }
            if (seed >= 1) { // two are the least of which there is a spread
                report(results, rows, size, seed + 1);
            }
        }
    }

    private static void report(Results results, List<Row> rows, Size size, int seeds) {
        results.table("coverage", coverage(rows));
        var means = means(rows, size);
        results.table("means", means);
        var differences = differences(rows, size);
        results.table("differences", differences);
        results.text("README.md", page(means, differences, size, seeds));
        System.out.println(means.printAll());
        System.out.println(differences.printAll());
    }

    /** What a model covered after so many steps. */
    private record Row(String data, String model, int seed, int step, Coverage coverage) {}

    private static Map<String, ToDoubleFunction<Coverage>> figures() {
        var figures = new LinkedHashMap<String, ToDoubleFunction<Coverage>>();
        figures.put("modes", Coverage::found);
        figures.put("share of good samples", Coverage::good);
        figures.put("reverse KL, nats", Coverage::reverseKl);
        figures.put("modes with 20 or more", Coverage::foundStrictly);
        figures.put("JSD, nats", Coverage::jensenShannon);
        return figures;
    }

    private static GaussianMixture mixture(String data) {
        return data.equals("ring") ? GaussianMixture.ring(8, 1, 0.01) : GaussianMixture.grid(5, 2, 0.05);
    }

    private static Dataset dataset(String data, int records, int seed) {
        return data.equals("ring")
                ? Datasets.ring(8, 1, 0.01, records, seed)
                : Datasets.grid(5, 2, 0.05, records, seed);
    }

    /** One training, with the counts of every mode beside its run. */
    private static List<Row> rows(Results results, String data, String model, int seed, Size size) {
        var name = data + "-" + model.toLowerCase(Locale.ROOT) + "-" + seed;
        var counts = results.folder().resolve("runs").resolve(name + ".txt");
        var mixture = mixture(data);
        results.run(name, () -> {
            int pack = model.equals("GAN") ? 1 : 2;
            GenerativeAdversarialNetwork gan = Gan.mixture(mixture.shape(), 2);
            var trained = pack == 1 ? gan : gan.with(new Packing(pack));
            var measured = new ArrayList<String>();
            var watcher = new Watcher() { // it draws by seeds of its own and changes nothing
                        @Override
                        public void stepped(Progress progress) {
                            if (progress.step() % size.every == 0) {
                                var found = Coverage.of(trained, PROTOCOL.modes(mixture), PROTOCOL, 1);
                                System.out.println(name + ", step " + progress.step() + ": " + found);
                                measured.add(progress.step() + ": "
                                        + found.counts().stream()
                                                .map(String::valueOf)
                                                .collect(Collectors.joining(" ")));
                            }
                        }
                    };
            int batch = TRAINING.batch() * pack;
            var run = Trainer.epochs(Math.max(1, size.steps * batch / size.records))
                    .batch(batch)
                    .seed(seed)
                    .optimizer(TRAINING.optimizer())
                    .validateOn(0)
                    .watchedBy(watcher)
                    .fit(trained, dataset(data, size.records, seed));
            results.text(
                    "runs/" + name + ".txt",
                    String.join("\n", measured)); // before the run, which says that it is there
            return run;
        });
        return read(counts).stream()
                .map(line -> row(data, model, seed, line.split("[: ]+")))
                .toList();
    }

    private static Row row(String data, String model, int seed, String[] words) {
        var modes = PROTOCOL.modes(mixture(data));
        var counts = Arrays.stream(words).skip(1).map(Integer::valueOf).toList();
        return new Row(
                data,
                model,
                seed,
                Integer.parseInt(words[0]),
                new Coverage(
                        modes.name(),
                        modes.rule(),
                        counts,
                        PROTOCOL.samples(),
                        PROTOCOL.least(),
                        modes.shown(),
                        PROTOCOL.at(Integer.parseInt(words[0])).name()));
    }

    private static List<String> read(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static Table coverage(List<Row> rows) {
        var table = Table.create(
                "coverage",
                StringColumn.create("data", rows.stream().map(Row::data).toList()),
                StringColumn.create("model", rows.stream().map(Row::model).toList()),
                IntColumn.create("seed", rows.stream().mapToInt(Row::seed).toArray()),
                IntColumn.create("steps", rows.stream().mapToInt(Row::step).toArray()));
        FIGURES.forEach((name, figure) -> table.addColumns(DoubleColumn.create(
                name,
                rows.stream()
                        .mapToDouble(row -> figure.applyAsDouble(row.coverage))
                        .toArray())));
        return table;
    }

    /** The seeds' figures of a model at a step, in the seeds' order. */
    private static double[] of(List<Row> rows, String data, String model, int step, ToDoubleFunction<Coverage> figure) {
        return rows.stream()
                .filter(row -> row.data.equals(data) && row.model.equals(model) && row.step == step)
                .mapToDouble(row -> figure.applyAsDouble(row.coverage))
                .toArray();
    }

    private static SummaryStatistics statistics(double[] values) {
        var statistics = new SummaryStatistics();
        Arrays.stream(values).forEach(statistics::addValue);
        return statistics;
    }

    private static double standardError(SummaryStatistics statistics) {
        return statistics.getStandardDeviation() / Math.sqrt(statistics.getN());
    }

    private static Table means(List<Row> rows, Size size) {
        var table = Table.create(
                "means", StringColumn.create("data"), StringColumn.create("model"), IntColumn.create("steps"));
        FIGURES.keySet().forEach(name -> table.addColumns(StringColumn.create(name)));
        for (var data : List.of("ring", "grid")) {
            for (var model : MODELS) {
                for (int step = size.every; step <= size.steps; step += size.every) {
                    table.stringColumn("data").append(data);
                    table.stringColumn("model").append(model);
                    table.intColumn("steps").append(step);
                    for (var figure : FIGURES.entrySet()) {
                        var seeds = statistics(of(rows, data, model, step, figure.getValue()));
                        table.stringColumn(figure.getKey())
                                .append(String.format(
                                        Locale.ROOT, "%.3f ± %.3f", seeds.getMean(), standardError(seeds)));
                    }
                }
            }
        }
        return table;
    }

    /** Packs of two less the plain GAN, seed by seed, with Student's interval. */
    private static Table differences(List<Row> rows, Size size) {
        var table = Table.create(
                "PacGAN2 - GAN",
                StringColumn.create("data"),
                IntColumn.create("steps"),
                StringColumn.create("figure"),
                DoubleColumn.create("difference"),
                DoubleColumn.create("low"),
                DoubleColumn.create("high"),
                StringColumn.create("packing is"));
        for (var data : List.of("ring", "grid")) {
            for (int step = size.every; step <= size.steps; step += size.every) {
                for (var figure : FIGURES.entrySet()) {
                    var plain = of(rows, data, "GAN", step, figure.getValue());
                    var packed = of(rows, data, "PacGAN2", step, figure.getValue());
                    var pairs = new double[plain.length];
                    Arrays.setAll(pairs, i -> packed[i] - plain[i]);
                    var seeds = statistics(pairs);
                    double half = new TDistribution(null, pairs.length - 1).inverseCumulativeProbability(0.975)
                            * standardError(seeds);
                    boolean lowerIsBetter = figure.getKey().endsWith("nats");
                    table.stringColumn("data").append(data);
                    table.intColumn("steps").append(step);
                    table.stringColumn("figure").append(figure.getKey());
                    table.doubleColumn("difference").append(round(seeds.getMean()));
                    table.doubleColumn("low").append(round(seeds.getMean() - half));
                    table.doubleColumn("high").append(round(seeds.getMean() + half));
                    table.stringColumn("packing is")
                            .append(
                                    Math.abs(seeds.getMean()) <= half
                                            ? "not decided"
                                            : seeds.getMean() > 0 ^ lowerIsBetter ? "better" : "worse");
                }
            }
        }
        return table;
    }

    private static double round(double value) {
        return Math.rint(value * 1000) / 1000;
    }

    private static String page(Table means, Table differences, Size size, int seeds) {
        var published = PUBLISHED.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> String.format(
                        Locale.ROOT,
                        "| %s | %.1f | %.3f | %.2f |",
                        entry.getKey(),
                        entry.getValue()[0],
                        entry.getValue()[1],
                        entry.getValue()[2]))
                .collect(Collectors.joining("\n"));
        return String.format(
                Locale.ROOT,
                """
                # PacGAN's protocol, cut to %,d of 400,000 steps

                %s.

                Made by `./lab reproduce pacgan`: %d seeds, each with its own %,d points; for one seed both models have the same \
                points and begin with the same generator. At a step the discriminator scores %d packs of data and as many of \
                samples. One difference from the paper besides the steps: its discriminator has maxout, ours leaky ReLU. %s. \
                Reverse KL is KL(shares of the modes among good samples ‖ uniform); of G good samples even perfect ones have about \
                (m − 1)/2G nats, so that a model with more good samples has less of it by that alone. By chance a model that is \
                hardly trained has one good sample in many modes: read the count of modes beside the share of good samples and \
                the modes with 20 or more.

                ## Mean ± standard error over seeds

                %s

                ## Packs of two less plain GAN, paired by seed, with Student's 95 %% interval

                Each line is one interval, not corrected for there being %d of them. What is said holds at these numbers of \
                steps and nowhere else.

                %s

                ## Published (Lin et al. 2018, table 1), at 400 epochs of 1,000 steps

                | | modes | share of good samples | reverse KL, nats |
                |---|---|---|---|
                %s

                `coverage.csv` has every seed; `runs/` the runs, and beside each the good samples of every mode at every measured \
                step.
                """,
                size.steps,
                PROTOCOL,
                seeds,
                size.records,
                TRAINING.batch(),
                "Adam " + TRAINING.optimizer().learningRate() + " with β₁ "
                        + TRAINING.optimizer().beta1(),
                markdown(means),
                differences.rowCount(),
                markdown(differences),
                published);
    }

    private static String markdown(Table table) {
        var lines = new ArrayList<String>();
        lines.add("| " + String.join(" | ", table.columnNames()) + " |");
        lines.add("|" + "---|".repeat(table.columnCount()));
        for (int i = 0; i < table.rowCount(); i++) {
            int row = i;
            lines.add(table.columns().stream()
                    .map(column -> column.getString(row))
                    .collect(Collectors.joining(" | ", "| ", " |")));
        }
        return String.join("\n", lines);
    }
}
