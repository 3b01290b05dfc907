package latent4j.model.translation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import latent4j.data.Dataset;
import latent4j.data.Datasets;
import latent4j.data.Pairs;
import latent4j.data.Samples;
import latent4j.data.View;
import latent4j.loss.Bernoulli;
import latent4j.model.Translator;
import latent4j.nn.Adam;
import latent4j.train.Trainer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the translators reach on views of the drawn digits, against what comes of doing next to nothing. */
@Tag("long")
class TranslationClaimsTest {

    private static final int SIDE = 28;

    private static Dataset pairs(View view) {
        return Datasets.pairs(view, 3000, 300, 0);
    }

    private static void train(Translator model, Dataset data, int epochs, double rate) {
        Trainer.epochs(epochs)
                .batch(32)
                .optimizer(Adam.of(rate).beta1(0.5))
                .watchedBy()
                .fit(model, data);
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
    @Test
    void pix2pixFillsOutlines() {
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
        train(model, data, 2, 1e-3);
        double error = quality(model, data, "mean absolute error");
        System.out.printf(
                "pix2pix, outlines: mean absolute error %.4f; the source as it is %.4f, the mean target %.4f%n",
                error, copy, ofMean);
        assertTrue(error < Math.min(copy, ofMean) / 4, "error " + error);
    }

    /**
     * Trained where nothing belongs together, judged where it does: an outline's translation is nearer to its own digit than to
     * those of other outlines.
     */
    @Test
    void cycleGanFindsPartnersThatItNeverSaw() {
        var data = pairs(View.OUTLINE);
        var unpaired = new Dataset("unpaired", Pairs.unpaired(data.train(), 1), data.test());
        var model = CycleGan.of(data.shape(), 8, 10, 5);
        train(model, unpaired, 5, 5e-4);
        var translated = model.translate(Pairs.sources(data.test()), 0);
        var targets = Pairs.targets(data.test());
        double own = distance(translated, targets);
        var others = new int[targets.size()];
        Arrays.setAll(others, i -> (i + 1) % others.length);
        double chance = distance(translated, targets.rows(others));
        double around = distance(model.translateBack(translated), Pairs.sources(data.test()));
        System.out.printf(
                "CycleGAN, outlines: mean absolute error to the partner %.4f, to another's %.4f, around the cycle %.4f%n",
                own, chance, around);
        assertTrue(own < 0.85 * chance, own + " against " + chance);
    }

    @Test
    void superResolutionBeatsBilinearInterpolation() {
        var data = pairs(View.LOW_RESOLUTION);
        double bilinear = decibels(bilinear(Pairs.sources(data.test())), Pairs.targets(data.test()));
        var regression = Restoration.of(data.shape(), 8, new Bernoulli());
        train(regression, data, 3, 2e-3);
        var game = Pix2Pix.of(data.shape(), 8, 100);
        train(game, data, 3, 1e-3);
        double restored = quality(regression, data, "PSNR in dB");
        double played = quality(game, data, "PSNR in dB");
        System.out.printf(
                "super-resolution: PSNR %.2f dB by regression, %.2f by pix2pix, %.2f by bilinear interpolation%n",
                restored, played, bilinear);
        assertTrue(restored > bilinear + 2, restored + " against " + bilinear);
        assertTrue(played > bilinear, played + " against " + bilinear);
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

    @Test
    void inPaintingBeatsFillingWithTheMean() {
        var data = pairs(View.MASKED);
        var mean = mean(Pairs.targets(data.train()));
        var filled = Pairs.sources(data.test()).toArray();
        for (int k = 0; k < filled.length; k++) {
            filled[k] = filled[k] == 128 / 255f ? mean[k % mean.length] : filled[k];
        }
        var targets = Pairs.targets(data.test());
        double ofMean = decibels(Samples.of(targets.shape(), filled), targets);
        var regression = Restoration.of(data.shape(), 8, new Bernoulli());
        train(regression, data, 3, 2e-3);
        var game = Pix2Pix.of(data.shape(), 8, 100);
        train(game, data, 3, 1e-3);
        double restored = quality(regression, data, "PSNR in dB");
        double played = quality(game, data, "PSNR in dB");
        System.out.printf(
                "in-painting: PSNR %.2f dB by regression, %.2f by pix2pix, %.2f by the mean digit%n",
                restored, played, ofMean);
        assertTrue(restored > ofMean + 1, restored + " against " + ofMean);
        assertTrue(played > ofMean, played + " against " + ofMean);
    }
}
