package latent4j.reproduce;

import java.util.Arrays;
import java.util.List;
import latent4j.data.Dataset;
import latent4j.data.Datasets;
import latent4j.data.Pairs;
import latent4j.data.Samples;
import latent4j.data.View;
import latent4j.loss.Bernoulli;
import latent4j.model.Translator;
import latent4j.model.translation.CycleGan;
import latent4j.model.translation.Pix2Pix;
import latent4j.model.translation.Restoration;
import latent4j.nn.Adam;
import latent4j.reproduce.Claim.Finding;
import latent4j.train.Trainer;

/** What the translators reach on views of the drawn digits, against what comes of doing next to nothing. */
final class TranslationClaims implements Claims {

    private static final int SIDE = 28;

    private static Dataset pairs(View view) {
        return Datasets.pairs(view, 3000, 300, 0);
    }

    @Override
    public String name() {
        return "claims-translations";
    }

    @Override
    public String about() {
        return "what translators reach on views of the drawn digits, against doing next to nothing";
    }

    @Override
    public List<Claim> claims() {
        return List.of(
                new Claim(
                        "Pix2Pix of outlines",
                        "Isola et al. 2017, equation 4",
                        "mean absolute error under a quarter of the source's as it is, and of the mean target's",
                        1,
                        TranslationClaims::pix2pixFillsOutlines),
                new Claim(
                        "CycleGan",
                        "Zhu et al. 2017, equations 1 to 3: it finds partners that it never saw",
                        "from low resolution, nearer to the own digit than 0.8 of the source as it is, and than half of other"
                                + " sources' digits",
                        1,
                        TranslationClaims::cycleGanFindsPartnersThatItNeverSaw),
                new Claim(
                        "Restoration and Pix2Pix of low resolution",
                        "Dong et al. 2014, section 4: better than interpolation",
                        "PSNR over the bilinear interpolation's, by regression by 2 dB",
                        1,
                        TranslationClaims::superResolutionBeatsBilinearInterpolation),
                new Claim(
                        "Restoration and Pix2Pix of masked digits",
                        "no paper's: in-painting against filling with the mean digit",
                        "a higher PSNR, by regression by 1 dB",
                        1,
                        TranslationClaims::inPaintingBeatsFillingWithTheMean));
    }

    private static void train(Trials trials, String name, Translator model, Dataset data, int epochs, double rate) {
        trials.train(
                name, Trainer.epochs(epochs).batch(32).optimizer(Adam.of(rate).beta1(0.5)), model, data);
    }

    private static double quality(Translator model, Dataset data, String name) {
        return model.validate(data.test(), 0).get(name);
    }

    /** E|a − b|. */
    private static double distance(Samples a, Samples b) {
        double sum = 0;
        for (int i = 0; i < a.size(); i++) {
            var left = a.row(i);
            var right = b.row(i);
            for (int k = 0; k < left.length; k++) {
                sum += Math.abs(left[k] - right[k]) / left.length;
            }
        }
        return sum / a.size();
    }

    /** 10·log₁₀(1/E(a − b)²), the mean over records. */
    private static double decibels(Samples a, Samples b) {
        double sum = 0;
        for (int i = 0; i < a.size(); i++) {
            var left = a.row(i);
            var right = b.row(i);
            double squares = 0;
            for (int k = 0; k < left.length; k++) {
                squares += (left[k] - right[k]) * (left[k] - right[k]) / left.length;
            }
            sum -= 10 * Math.log10(squares);
        }
        return sum / a.size();
    }

    private static float[] mean(Samples samples) {
        var mean = new float[(int) samples.shape().size()];
        for (int i = 0; i < samples.size(); i++) {
            var row = samples.row(i);
            for (int k = 0; k < mean.length; k++) {
                mean[k] += row[k] / samples.size();
            }
        }
        return mean;
    }

    /** The trivial translations are the source itself and, for every source, the mean of the targets. */
    private static Finding pix2pixFillsOutlines(Trials trials) {
        var data = pairs(View.OUTLINE);
        var targets = Pairs.targets(data.test());
        double copy = distance(Pairs.sources(data.test()), targets);
        var means = new float[(int) (targets.size() * targets.shape().size())];
        var mean = mean(Pairs.targets(data.train()));
        for (int i = 0; i < targets.size(); i++) {
            System.arraycopy(mean, 0, means, i * mean.length, mean.length);
        }
        double ofMean = distance(Samples.of(targets.shape(), means), targets);
        var model = Pix2Pix.of(data.shape(), 8, 100);
        train(trials, "Pix2Pix-outlines", model, data, 2, 1e-3);
        double error = quality(model, data, "mean absolute error");
        return Finding.of(
                error < Math.min(copy, ofMean) / 4,
                "%.4f; the source as it is %.4f, the mean target %.4f",
                error,
                copy,
                ofMean);
    }

    /**
     * Trained where nothing belongs together, judged where it does: a translation is nearer to its own digit than the source
     * as it is, and much nearer than to the digits of other sources. (Of outlines that does not come true: a cycle closes as
     * well where the wrong side of an outline is filled, or none.)
     */
    private static Finding cycleGanFindsPartnersThatItNeverSaw(Trials trials) {
        var data = pairs(View.LOW_RESOLUTION);
        var unpaired = new Dataset("unpaired", Pairs.unpaired(data.train(), 1), data.test());
        var model = CycleGan.of(data.shape(), 8, 10, 5);
        train(trials, "CycleGan", model, unpaired, 3, 1e-3);
        var sources = Pairs.sources(data.test());
        var targets = Pairs.targets(data.test());
        var translated = model.translate(sources, 0);
        double own = distance(translated, targets);
        double copy = distance(sources, targets);
        var others = new int[targets.size()];
        Arrays.setAll(others, i -> (i + 1) % others.length);
        double chance = distance(translated, targets.rows(others));
        return Finding.of(
                own < 0.8 * copy && own < chance / 2,
                "to the own %.4f, to another's %.4f; the source as it is %.4f",
                own,
                chance,
                copy);
    }

    private static Finding superResolutionBeatsBilinearInterpolation(Trials trials) {
        var data = pairs(View.LOW_RESOLUTION);
        double bilinear = decibels(bilinear(Pairs.sources(data.test())), Pairs.targets(data.test()));
        var regression = Restoration.of(data.shape(), 8, new Bernoulli());
        train(trials, "Restoration-low-resolution", regression, data, 3, 2e-3);
        var game = Pix2Pix.of(data.shape(), 8, 100);
        train(trials, "Pix2Pix-low-resolution", game, data, 3, 1e-3);
        double restored = quality(regression, data, "PSNR in dB");
        double played = quality(game, data, "PSNR in dB");
        return Finding.of(
                restored > bilinear + 2 && played > bilinear,
                "%.2f dB by regression, %.2f by pix2pix, %.2f by interpolation",
                restored,
                played,
                bilinear);
    }

    /** From the centres of the squares of 4 x 4 pixels that a view holds the means of. */
    private static Samples bilinear(Samples views) {
        var values = new float[views.size() * SIDE * SIDE];
        for (int i = 0; i < views.size(); i++) {
            var view = views.row(i);
            for (int y = 0; y < SIDE; y++) {
                for (int x = 0; x < SIDE; x++) {
                    double v = Math.max(0, Math.min(6, (y - 1.5) / 4));
                    double u = Math.max(0, Math.min(6, (x - 1.5) / 4));
                    int top = Math.min(5, (int) v);
                    int left = Math.min(5, (int) u);
                    int at = top * 4 * SIDE + left * 4;
                    double above = view[at] + (u - left) * (view[at + 4] - view[at]);
                    int below = at + 4 * SIDE;
                    double under = view[below] + (u - left) * (view[below + 4] - view[below]);
                    values[(i * SIDE + y) * SIDE + x] = (float) (above + (v - top) * (under - above));
                }
            }
        }
        return Samples.of(views.shape(), values);
    }

    private static Finding inPaintingBeatsFillingWithTheMean(Trials trials) {
        var data = pairs(View.MASKED);
        var mean = mean(Pairs.targets(data.train()));
        var filled = Pairs.sources(data.test()).toArray();
        for (int k = 0; k < filled.length; k++) {
            filled[k] = filled[k] == 128 / 255f ? mean[k % mean.length] : filled[k];
        }
        var targets = Pairs.targets(data.test());
        double ofMean = decibels(Samples.of(targets.shape(), filled), targets);
        var regression = Restoration.of(data.shape(), 8, new Bernoulli());
        train(trials, "Restoration-masked", regression, data, 3, 2e-3);
        var game = Pix2Pix.of(data.shape(), 8, 100);
        train(trials, "Pix2Pix-masked", game, data, 3, 1e-3);
        double restored = quality(regression, data, "PSNR in dB");
        double played = quality(game, data, "PSNR in dB");
        return Finding.of(
                restored > ofMean + 1 && played > ofMean,
                "%.2f dB by regression, %.2f by pix2pix, %.2f by the mean digit",
                restored,
                played,
                ofMean);
    }
}
