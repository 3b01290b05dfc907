package latent4j.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import latent4j.data.Dataset;
import latent4j.data.Samples;
import latent4j.model.Autoencoder;
import latent4j.model.BoundedAutoencoder;
import latent4j.model.Inference;
import latent4j.model.Model;
import latent4j.model.Step;
import latent4j.model.Translator;
import latent4j.model.VariationalAutoencoder;
import latent4j.tensor.Seed;
import latent4j.train.Diverged;
import latent4j.train.History;
import latent4j.train.History.Series;

/** A training as the doctor sees it: the model as it is, its data, what was measured. What signs share is computed once. */
public final class Patient {

    /** How many records, codes and draws are looked at: enough for shares to within 2 to 4 percentage points. */
    static final int LOOKED_AT = 500;

    static final Seed SEED = new Seed(0).child("doctor");

    private final Model model;
    private final Dataset data;
    private final History history;
    private final Optional<Diverged> diverged;
    private Optional<Samples> draws;
    private Samples some;
    private Samples others;

    Patient(Model model, Dataset data, History history, Optional<Diverged> diverged) {
        this.model = model;
        this.data = data;
        this.history = history;
        this.diverged = diverged;
    }

    /** The model as it is. */
    public Model model() {
        return model;
    }

    /** What it learns. */
    public Dataset data() {
        return data;
    }

    /** What was measured so far. */
    public History history() {
        return history;
    }

    /** Why training broke off, where it did. */
    public Optional<Diverged> diverged() {
        return diverged;
    }

    /** How long it has trained, in epochs. */
    public double epochs() {
        return history.series().stream()
                .mapToDouble(s -> s.epochs()[s.epochs().length - 1])
                .max()
                .orElse(0);
    }

    /** Whether it has hardly trained, so that what its draws and codes look like says nothing of what it will learn. */
    public boolean isYoung() {
        return epochs() < 0.5;
    }

    /** Where a series stands now: its last held-out value, else its mean over the last epoch of training. */
    public Optional<Double> level(String series) {
        return history.find(series, true).map(Series::last).or(() -> history.find(series, false)
                .map(s -> s.meanSince(epochs() - 1)));
    }

    /** Some 500 of the training records. */
    public synchronized Samples some() {
        if (some == null) {
            split();
        }
        return some;
    }

    /** As many held-out records; where there are too few, other ones of training. */
    public synchronized Samples others() {
        if (others == null) {
            split();
        }
        return others;
    }

    /** 500 draws; none where the model draws no records of the data's shape. */
    public synchronized Optional<Samples> draws() {
        if (draws == null) {
            draws = model instanceof Translator || !model.shape().equals(data.shape())
                    ? Optional.empty()
                    : Optional.of(model.draw(LOOKED_AT, SEED.value()));
        }
        return draws;
    }

    /** One code z ~ q(z|x) for each record; none where the model has no codes that are points. */
    public Optional<Samples> codes(Samples records) {
        if (model instanceof VariationalAutoencoder vae) {
            var codes = new ArrayList<Samples>();
            Inference.inBatches(records.size(), (from, to) -> {
                var z = vae.elbo(Step.of(records, from, to, SEED.child(from))).z();
                codes.add(Samples.of(z.getShape().slice(1), z.toFloatArray()));
            });
            return Optional.of(joined(codes, records.size()));
        }
        return model instanceof Autoencoder autoencoder && !(model instanceof BoundedAutoencoder)
                ? Optional.of(autoencoder.encode(records))
                : Optional.empty();
    }

    /** At most so many of them, evenly: an importance-weighted model has several codes a record. */
    private static Samples joined(List<Samples> parts, int n) {
        int d = (int) parts.get(0).shape().size();
        int all = parts.stream().mapToInt(Samples::size).sum();
        int each = Math.max(1, all / n);
        var values = new float[n * d];
        int i = 0;
        int row = 0;
        for (var part : parts) {
            for (int r = 0; r < part.size(); r++, i++) {
                if (i % each == 0 && row < n) {
                    part.copyRow(r, values, row++ * d);
                }
            }
        }
        return Samples.of(parts.get(0).shape(), values);
    }

    private void split() {
        var train = data.train();
        var test = data.test();
        var order = SEED.permutation(train.size());
        boolean heldOut = test.size() >= Math.min(LOOKED_AT, train.size() / 2);
        int n = Math.min(LOOKED_AT, heldOut ? Math.min(train.size(), test.size()) : train.size() / 2);
        some = train.rows(java.util.Arrays.copyOf(order, n));
        others = heldOut
                ? test.rows(java.util.Arrays.copyOf(SEED.permutation(test.size()), n))
                : train.rows(java.util.Arrays.copyOfRange(order, n, 2 * n));
    }
}
