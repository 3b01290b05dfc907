package latent4j.reproduce;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import latent4j.data.Dataset;
import latent4j.data.Datasets;
import latent4j.metric.Disentanglement;
import latent4j.metric.Measure;
import latent4j.model.VariationalAutoencoder;
import latent4j.model.vae.BetaTcVae;
import latent4j.model.vae.BetaVae;
import latent4j.model.vae.DipVae;
import latent4j.model.vae.DipVaeII;
import latent4j.model.vae.FactorVae;
import latent4j.model.vae.Vae;
import latent4j.plot.Tables;
import latent4j.train.Trainer;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.inference.TTest;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Which losses bring a code's dimensions into line with the five factors of the digits without slant. */
final class DisentanglementReproduction implements Reproduction {

    private static final String[] FACTORS = {"thickness", "rotation", "scale", "x", "y"};
    private static final String BOUND = "negative ELBO";
    private static final String PLAIN = "VAE";
    private static final int LATENT = 10;

    @Override
    public String name() {
        return "disentanglement";
    }

    @Override
    public String about() {
        return "MIG, SAP, DCI and FactorVAE score of six VAEs on digits without slant, each against the plain one";
    }

    @Override
    public void run(Results results, boolean smoke) {
        var data = smoke ? Datasets.digitsWithoutSlant(600, 2560) : Datasets.digitsWithoutSlant(10_000, 5_000);
        int seeds = smoke ? 1 : 3;
        var scores = Table.create(
                "scores",
                StringColumn.create("model"),
                IntColumn.create("seed"),
                StringColumn.create("measure"),
                DoubleColumn.create("value"),
                DoubleColumn.create("low"),
                DoubleColumn.create("high"),
                DoubleColumn.create("floor"));
        for (int seed = 0; seed < seeds; seed++) {
            for (var entry : models(data).entrySet()) {
                measured(results, data, entry.getKey(), entry.getValue(), seed, smoke ? 1 : 25)
                        .forEach(row -> scores.append(row));
            }
        }
        results.table("scores", scores);
        var summary = summary(scores, seeds);
        results.table("summary", summary);
        System.out.println(summary.printAll());
    }

    private static Map<String, Supplier<VariationalAutoencoder>> models(Dataset data) {
        int records = data.train().size();
        Supplier<Vae> vae = () -> Vae.mlp(data.shape(), LATENT);
        var models = new LinkedHashMap<String, Supplier<VariationalAutoencoder>>();
        models.put(PLAIN, vae::get);
        models.put("β-VAE, β = 4", () -> BetaVae.of(vae.get(), 4));
        models.put("β-TC-VAE, β = 4", () -> new BetaTcVae(vae.get(), 4, records));
        models.put("FactorVAE, γ = 10", () -> FactorVae.of(vae.get(), 10, 200, 200));
        models.put("DIP-VAE-I, λ = 10, 100", () -> new DipVae(vae.get(), 10, 100));
        models.put("DIP-VAE-II, λ = 10, 10", () -> new DipVaeII(vae.get(), 10, 10));
        return models;
    }

    /** One row a score, from its file, or trained and measured now. */
    private static Table measured(
            Results results, Dataset data, String name, Supplier<VariationalAutoencoder> model, int seed, int epochs) {
        var file = results.folder().resolve("runs").resolve(fileName(name) + "-" + seed + ".csv");
        if (!Files.exists(file)) {
            var vae = model.get();
            var run = Trainer.epochs(epochs).seed(seed).watchedBy().fit(vae, data);
            run.save(file.resolveSibling(fileName(name) + "-" + seed + ".json"));
            var measures = new ArrayList<>(
                    Disentanglement.of(vae, data.test(), seed, FACTORS).measures());
            measures.add(Measure.of(
                    BOUND,
                    vae.negativeElbo(data.test(), seed),
                    "nats",
                    Measure.Better.LOWER,
                    data.test().size()));
            results.table("runs/" + fileName(name) + "-" + seed, Measure.table(measures));
            System.out.printf(
                    Locale.ROOT, "%s, seed %d: %.0f s of training%n%s%n", name, seed, run.seconds(), measures);
        }
        var table = Tables.csv(file);
        int n = table.rowCount();
        return Table.create(
                "scores",
                StringColumn.create("model", java.util.Collections.nCopies(n, name)),
                IntColumn.create("seed", IntStream.generate(() -> seed).limit(n).toArray()),
                table.stringColumn("measure"),
                numbers(table, "value"),
                numbers(table, "low"),
                numbers(table, "high"),
                numbers(table, "floor"));
    }

    private static DoubleColumn numbers(Table table, String name) {
        return DoubleColumn.create(name, table.numberColumn(name).asDoubleArray());
    }

    private static String fileName(String model) {
        return model.replaceAll("[ ,=]+", "-")
                .replace('β', 'b')
                .replace('γ', 'g')
                .replace('λ', 'l');
    }

    /**
     * Mean ± standard error over seeds of each score and model, the mean difference to the plain VAE of the same seed, and whether
     * that is decided: paired t, corrected after Holm for all models of a score.
     */
    private static Table summary(Table scores, int seeds) {
        var summary = Table.create(
                "disentanglement, " + seeds + " seeds",
                StringColumn.create("measure"),
                StringColumn.create("model"),
                DoubleColumn.create("mean"),
                DoubleColumn.create("standard error"),
                DoubleColumn.create("chance"),
                DoubleColumn.create("more than VAE"),
                DoubleColumn.create("p (Holm)"),
                StringColumn.create("decided"));
        var models = new LinkedHashSet<>(scores.stringColumn("model").asList());
        for (var measure : new LinkedHashSet<>(scores.stringColumn("measure").asList())) {
            var plain = of(scores, measure, PLAIN, "value");
            var others = models.stream().filter(model -> !model.equals(PLAIN)).toList();
            var p = holm(others.stream()
                    .mapToDouble(model -> pairedT(of(scores, measure, model, "value"), plain))
                    .toArray());
            for (var model : models) {
                var values = of(scores, measure, model, "value");
                double mean = StatUtils.mean(values);
                double more = mean - StatUtils.mean(plain);
                int at = others.indexOf(model);
                summary.stringColumn("measure").append(measure);
                summary.stringColumn("model").append(model);
                summary.doubleColumn("mean").append(mean);
                summary.doubleColumn("standard error").append(Math.sqrt(StatUtils.variance(values) / values.length));
                summary.doubleColumn("chance").append(StatUtils.mean(of(scores, measure, model, "floor")));
                summary.doubleColumn("more than VAE").append(more);
                summary.doubleColumn("p (Holm)").append(at < 0 ? Double.NaN : p[at]);
                summary.stringColumn("decided")
                        .append(at < 0 ? "" : !(p[at] < 0.05) ? "not decided" : more > 0 ? "more" : "less");
            }
        }
        return summary;
    }

    private static double[] of(Table scores, String measure, String model, String column) {
        return scores.where(scores.stringColumn("measure")
                        .isEqualTo(measure)
                        .and(scores.stringColumn("model").isEqualTo(model)))
                .doubleColumn(column)
                .asDoubleArray();
    }

    private static double pairedT(double[] values, double[] plain) {
        return values.length < 2 ? Double.NaN : new TTest().pairedTTest(values, plain);
    }

    /** Holm 1979: the smallest p times the number of tests, the next times one less, never below the one before. */
    private static double[] holm(double[] p) {
        var order = IntStream.range(0, p.length)
                .boxed()
                .sorted(java.util.Comparator.comparingDouble(i -> p[i]))
                .toList();
        var corrected = new double[p.length];
        double most = 0;
        for (int rank = 0; rank < p.length; rank++) {
            most = Math.max(most, Math.min(1, p[order.get(rank)] * (p.length - rank)));
            corrected[order.get(rank)] = most;
        }
        return corrected;
    }
}
