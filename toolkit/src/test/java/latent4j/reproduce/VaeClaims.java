package latent4j.reproduce;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import latent4j.data.Dataset;
import latent4j.data.Datasets;
import latent4j.data.Grammar;
import latent4j.data.Samples;
import latent4j.loss.Categorical;
import latent4j.loss.MaximumMeanDiscrepancy;
import latent4j.metric.Classifier;
import latent4j.model.Corruption;
import latent4j.model.Inference;
import latent4j.model.Mmd;
import latent4j.model.SquaredError;
import latent4j.model.Step;
import latent4j.model.VariationalAutoencoder;
import latent4j.model.vae.Ae;
import latent4j.model.vae.BetaVae;
import latent4j.model.vae.CapacityVae;
import latent4j.model.vae.ConditionalVae;
import latent4j.model.vae.DenoisingAe;
import latent4j.model.vae.FreeBits;
import latent4j.model.vae.LadderVae;
import latent4j.model.vae.RaeGradientPenalty;
import latent4j.model.vae.RaeL2;
import latent4j.model.vae.Vae;
import latent4j.model.vae.VampPriorVae;
import latent4j.model.vae.VqVae;
import latent4j.model.vae.Wae;
import latent4j.nn.Adam;
import latent4j.nn.Nets;
import latent4j.reproduce.Claim.Finding;
import latent4j.tensor.Seed;
import latent4j.tensor.Tape;
import latent4j.train.Trainer;

/** What the papers of autoencoders claim, on drawn digits. */
final class VaeClaims implements Claims {

    private final Dataset digits = Datasets.digits(4000, 1000);

    @Override
    public String name() {
        return "claims-vaes";
    }

    @Override
    public String about() {
        return "what the papers of autoencoders and VAEs claim, on the drawn digits";
    }

    @Override
    public List<Claim> claims() {
        return List.of(
                new Claim(
                        "VqVae",
                        "van den Oord et al. 2017, section 4: the codebook is used",
                        "perplexity of the codes at least half of the 32 entries",
                        1,
                        this::theCodebookIsUsed),
                new Claim(
                        "ConditionalVae",
                        "Sohn et al. 2015, equation 4",
                        "a classifier that never saw them finds the asked class in at least 95 % of samples",
                        1,
                        this::aConditionalVaeDrawsTheAskedClass),
                new Claim(
                        "Wae",
                        "Tolstikhin et al. 2018, algorithm 2: the codes come to match the prior",
                        "MMD² of held-out codes to N(0, I) with λ = 300 under a tenth of that with λ = 10⁻⁶",
                        1,
                        this::theCodesTakeThePriorsShape),
                new Claim(
                        "FreeBits",
                        "Kingma et al. 2016, the objective with free bits: no dimension is given up",
                        "at β = 20 with half a free nat each dimension keeps at least a quarter nat; without, none 0.05",
                        1,
                        this::withFreeBitsNoDimensionIsGivenUp),
                new Claim(
                        "CapacityVae",
                        "Burgess et al. 2018, equation 8: the KL term follows the capacity",
                        "in each tenth of training its mean is within 0.6 nats of the capacity's",
                        1,
                        this::theKlTermFollowsTheCapacity),
                new Claim(
                        "LadderVae",
                        "Sønderby et al. 2016, section 3: the second level carries information",
                        "KL of z₂ above 0.1 nats",
                        1,
                        this::theLaddersSecondLevelIsActive),
                new Claim(
                        "DenoisingAe",
                        "Vincent et al. 2010, section 3: what learned to undo a corruption undoes it better",
                        "squared error of restored digits under the plain autoencoder's, for noise and for masking",
                        1,
                        this::aDenoisingAutoencoderUndoesNoise),
                new Claim(
                        "RaeL2 and RaeGradientPenalty",
                        "Ghosh et al. 2020, section 6: a density fitted to regularised codes draws better than an autoencoder's N(0,"
                                + " I)",
                        "a lower MMD² to held-out digits",
                        1,
                        this::regularisedAutoencodersDrawBetterThanCodesFromNowhere),
                new Claim(
                        "VampPriorVae",
                        "Tomczak and Welling 2018, table 1: a bound no worse than the standard prior's",
                        "mean −ELBO over the seeds at most the VAE's",
                        3,
                        this::theVampPriorsBoundIsNoWorse),
                new Claim(
                        "Vae of strings",
                        "Bowman et al. 2016, section 3, with the characters independent given z and no annealing",
                        "over 0.6 of samples belong to the grammar, and under 0.05 before training",
                        1,
                        this::samplesBelongToTheGrammar));
    }

    private Finding theCodebookIsUsed(Trials trials) {
        var run = trials.train("VqVae", Trainer.epochs(6).batch(64), VqVae.mlp(digits.shape(), 16, 32), digits);
        double perplexity = last(run.history().validation("perplexity of codes").values());
        return Finding.of(perplexity >= 16, "perplexity %.1f", perplexity);
    }

    private static double last(double[] values) {
        return values[values.length - 1];
    }

    private Finding aConditionalVaeDrawsTheAskedClass(Trials trials) {
        var vae = ConditionalVae.mlp(digits.shape(), 4, 10);
        trials.train("ConditionalVae", Trainer.epochs(8).batch(64), vae, Datasets.digits(20_000, 500));
        var judge = Classifier.mlp("classifier", digits.shape(), 10);
        trials.train("judge", Trainer.epochs(8).batch(64), judge, Datasets.digits(20_000, 500, 77));
        double right = 0;
        for (int label = 0; label < 10; label++) {
            right += judge.accuracy(vae.draw(100, label, 3)) / 10;
        }
        return Finding.of(right >= 0.95, "agreement %.3f", right);
    }

    private Finding theCodesTakeThePriorsShape(Trials trials) {
        double without = distance(trials, "Wae-without", Wae.mlp(digits.shape(), 2, 1e-6));
        double with = distance(trials, "Wae", Wae.mlp(digits.shape(), 2, 300));
        return Finding.of(with < without / 10, "%.5f against %.5f", with, without);
    }

    private double distance(Trials trials, String name, Wae wae) {
        trials.train(name, Trainer.epochs(15), wae, digits);
        var codes = wae.encode(digits.test());
        try (var tape = Tape.evaluation()) {
            var z = Inference.array(codes, 0, codes.size());
            var prior = Inference.array(wae.prior(codes.size(), 3), 0, codes.size());
            return MaximumMeanDiscrepancy.inverseMultiquadratic(z, prior, 4).getFloat();
        }
    }

    /**
     * What counts in training is the mean over a batch, which swings about λ and is pressed down twenty times as hard as up, so
     * that the mean over all records lies below λ.
     */
    private Finding withFreeBitsNoDimensionIsGivenUp(Trials trials) {
        double nats = 0.5;
        var without = BetaVae.mlp(digits.shape(), 8, 20);
        var with = new FreeBits(BetaVae.mlp(digits.shape(), 8, 20), nats);
        trials.train("BetaVae-20", Trainer.epochs(8), without, digits);
        trials.train("FreeBits", Trainer.epochs(8), with, digits);
        var freely = klByDimension(with, digits.train());
        var strictly = klByDimension(without, digits.train());
        return Finding.of(
                Arrays.stream(freely).allMatch(kl -> kl > nats / 2)
                        && Arrays.stream(strictly).allMatch(kl -> kl < nats / 10),
                "KL by dimension with %s, without %s nats",
                text("%.2f", freely),
                text("%.2f", strictly));
    }

    private static double[] klByDimension(VariationalAutoencoder vae, Samples x) {
        var sums = new double[vae.latent()];
        Inference.inBatches(x.size(), (from, to) -> {
            var step = new Step(Inference.array(x, from, to), null, new Seed(0), 0, 0);
            var found = vae.elbo(step).klByDimension().toFloatArray();
            for (int j = 0; j < sums.length; j++) {
                sums[j] += found[j] * (to - from) / x.size();
            }
        });
        return sums;
    }

    private static String text(String format, double... values) {
        return DoubleStream.of(values)
                .mapToObj(value -> String.format(Locale.ROOT, format, value))
                .collect(Collectors.joining(" "));
    }

    /** The mean over each tenth of the training, since a single batch's KL term swings about its aim. */
    private Finding theKlTermFollowsTheCapacity(Trials trials) {
        var vae = CapacityVae.of(Vae.mlp(digits.shape(), 8), 100, 12);
        var run = trials.train("CapacityVae", Trainer.epochs(20).optimizer(Adam.of(5e-4)), vae, digits);
        var kl = run.history().training("KL").values();
        double furthest = 0;
        for (int tenth = 1; tenth < 10; tenth++) {
            double mean = Arrays.stream(kl, tenth * kl.length / 10, (tenth + 1) * kl.length / 10)
                    .average()
                    .orElse(Double.NaN);
            double aim = 12 * (tenth + 0.5) / 10;
            furthest = Math.max(furthest, Math.abs(aim - mean));
        }
        return Finding.of(furthest < 0.6, "at most %.2f nats from it", furthest);
    }

    private Finding theLaddersSecondLevelIsActive(Trials trials) {
        var ladder = LadderVae.mlp(digits.shape(), 16, 4);
        var run = trials.train("LadderVae", Trainer.epochs(10).batch(64), ladder, digits);
        double top = last(run.history().validation("KL of z₂").values());
        return Finding.of(top > 0.1, "KL of z₂ %.2f nats", top);
    }

    private Finding aDenoisingAutoencoderUndoesNoise(Trials trials) {
        var corruptions = List.of(new Corruption.Noise(0.4), new Corruption.Masking(0.5));
        var ae = Ae.mlp(digits.shape(), 16);
        trials.train("Ae-16", Trainer.epochs(10).batch(64), ae, digits);
        boolean holds = true;
        var found = new ArrayList<String>();
        for (var corruption : corruptions) {
            var denoising = DenoisingAe.mlp(digits.shape(), 16, corruption);
            var name = corruption.getClass().getSimpleName();
            trials.train("DenoisingAe-" + name, Trainer.epochs(10).batch(64), denoising, digits);
            var spoilt = spoilt(digits.test(), corruption);
            double plain = SquaredError.mean(digits.test(), ae.reconstruct(spoilt));
            double restored = SquaredError.mean(digits.test(), denoising.reconstruct(spoilt));
            holds &= restored < plain;
            found.add(name + ": " + text("%.1f", restored) + " against " + text("%.1f", plain));
        }
        return new Finding(holds, String.join("; ", found));
    }

    private static Samples spoilt(Samples x, Corruption corruption) {
        try (var tape = Tape.evaluation()) {
            var array = Inference.array(x, 0, x.size());
            var step = new Step(array, null, new Seed(9), 0, 0);
            return Samples.of(x.shape(), corruption.of(array, step).toFloatArray());
        }
    }

    private Finding regularisedAutoencodersDrawBetterThanCodesFromNowhere(Trials trials) {
        var ae = Ae.mlp(digits.shape(), 8);
        var l2 = RaeL2.mlp(digits.shape(), 8, 0.1, 1e-3);
        var penalty = RaeGradientPenalty.mlp(digits.shape(), 8, 0.1, 1e-2);
        trials.train("Ae-8", Trainer.epochs(15).batch(64), ae, digits);
        trials.train("RaeL2", Trainer.epochs(15).batch(64), l2, digits);
        trials.train("RaeGradientPenalty", Trainer.epochs(15).batch(64), penalty, digits);
        var noise = Samples.of(new Shape(8), new Seed(5).normal(500 * 8));
        var heldOut = digits.test().head(500);
        double fromNowhere = Mmd.squared(heldOut, ae.decode(noise));
        double plain = Mmd.squared(heldOut, ae.draw(500, 5));
        double byL2 = Mmd.squared(heldOut, l2.draw(500, 5));
        double byPenalty = Mmd.squared(heldOut, penalty.draw(500, 5));
        return Finding.of(
                byL2 < fromNowhere && byPenalty < fromNowhere,
                "AE with N(0, I) %.4f, AE with a fitted density %.4f, RAE-L2 %.4f, RAE-GP %.4f",
                fromNowhere,
                plain,
                byL2,
                byPenalty);
    }

    private Finding theVampPriorsBoundIsNoWorse(Trials trials) {
        double gain = 0;
        var found = new ArrayList<String>();
        for (int seed = 0; seed < 3; seed++) {
            var vae = Vae.mlp(digits.shape(), 16);
            var vamp = VampPriorVae.mlp(digits.shape(), 16, 50);
            var trainer = Trainer.epochs(10).batch(64).seed(seed);
            trials.train("Vae-seed-" + seed, trainer, vae, digits);
            trials.train("VampPriorVae-seed-" + seed, trainer, vamp, digits);
            double plain = vae.negativeElbo(digits.test(), 1);
            double learned = vamp.negativeElbo(digits.test(), 1);
            gain += (plain - learned) / 3;
            found.add(text("%.2f", learned) + " against " + text("%.2f", plain));
        }
        return new Finding(gain >= 0, "−ELBO " + String.join("; ", found) + " nats");
    }

    /** A sample is the most probable character at each step. */
    private Finding samplesBelongToTheGrammar(Trials trials) {
        var data = Datasets.sums(10_000, 1000, 0);
        var vae = new Vae(
                Nets.recurrent("encoder", data.shape(), 32, 64),
                Nets.recurrentDecoder("decoder", 16, data.shape(), 64),
                new Categorical());
        double untrained = accepted(Grammar.decode(vae.draw(1000, 1)));
        trials.train("Vae-of-strings", Trainer.epochs(40).batch(64).optimizer(Adam.of(3e-3)), vae, data);
        var samples = Grammar.decode(vae.draw(1000, 1));
        double trained = accepted(samples);
        return Finding.of(
                untrained < 0.05 && trained > 0.6,
                "%.3f of samples, of which %d differ; %.3f of reconstructions; %.3f untrained; such as %s",
                trained,
                new HashSet<>(samples).size(),
                accepted(Grammar.decode(vae.reconstruct(data.test()))),
                untrained,
                samples.subList(0, 3));
    }

    private static double accepted(List<String> texts) {
        return texts.stream().filter(Grammar::accepts).count() / (double) texts.size();
    }
}
