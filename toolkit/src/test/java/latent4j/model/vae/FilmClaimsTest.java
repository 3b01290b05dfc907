package latent4j.model.vae;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import latent4j.TrainedClassifier;
import latent4j.data.Dataset;
import latent4j.data.Datasets;
import latent4j.data.Samples;
import latent4j.metric.Classifier;
import latent4j.model.Schedule;
import latent4j.nn.Adam;
import latent4j.train.Trainer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A VAE of films draws digits that move on and stay what they are. */
@Tag("long")
class FilmClaimsTest {

    private static final int FRAMES = 8;
    private static final int SIDE = 24;
    private static final int PIXELS = SIDE * SIDE;

    @Test
    void drawnDigitsMoveAndStayWhatTheyAre() {
        var data = Datasets.movingDigits();
        var films = data.test();
        var vae = Vae.film(data.shape(), 16, 1);
        var run = Trainer.epochs(30)
                .batch(32)
                .optimizer(Adam.of(2e-3))
                .schedule(Schedule.linearDecay(0.5))
                .watchedBy()
                .fit(vae, data);
        var drawn = vae.draw(films.size(), 1);

        // by frames one at a time, wherever in the film
        var classifier =
                TrainedClassifier.of(new Dataset("frames", frames(data.train(), 0, 3, 7), frames(films, 0, 3, 7)), 4);
        var first = classifier.classify(frames(drawn, 0));
        var last = classifier.classify(frames(drawn, FRAMES - 1));
        double same = Classifier.agreement(first, last);
        double other = Classifier.agreement(first, next(last));
        System.out.printf(
                "VAE of films, %.0f s: negative ELBO %.1f nats; mean difference of frames %.4f (data %.4f);"
                        + " way %.2f pixels a frame (data %.2f), of which turned %.2f (data %.2f);"
                        + " ink changed %.3f of a film's (data %.3f);"
                        + " first and last frame of one class %.3f (of different films %.3f; data %.3f);"
                        + " classifier right in %.3f of the data's frames%n",
                run.seconds(),
                vae.negativeElbo(films, 1),
                difference(drawn),
                difference(films),
                way(drawn)[0],
                way(films)[0],
                way(drawn)[1],
                way(films)[1],
                inkChange(drawn),
                inkChange(films),
                same,
                other,
                Classifier.agreement(
                        classifier.classify(frames(films, 0)), classifier.classify(frames(films, FRAMES - 1))),
                classifier.accuracy(frames(films, 0, FRAMES - 1)));
        assertTrue(
                Math.abs(Math.log(difference(drawn) / difference(films))) < Math.log(2),
                "the draws change as the data");
        assertTrue(Math.abs(Math.log(way(drawn)[0] / way(films)[0])) < Math.log(2), "they move as far");
        assertTrue(way(drawn)[1] < way(drawn)[0], "and on, not to and fro");
        assertTrue(same > 3 * other, "they stay what they are: " + same + " against " + other);
    }

    /** The mean absolute difference of a pixel from one frame to the next. */
    private static double difference(Samples films) {
        double sum = 0;
        for (int i = 0; i < films.size(); i++) {
            var film = films.row(i);
            for (int k = PIXELS; k < film.length; k++) {
                sum += Math.abs(film[k] - film[k - PIXELS]);
            }
        }
        return sum / films.size() / (FRAMES - 1) / PIXELS;
    }

    /** How far the ink's centre moves from frame to frame, and how much that step differs from the next, in pixels. */
    private static double[] way(Samples films) {
        var way = new double[2];
        for (int i = 0; i < films.size(); i++) {
            var film = films.row(i);
            for (int t = 1; t < FRAMES; t++) {
                var a = centre(film, t - 1);
                var b = centre(film, t);
                way[0] += Math.hypot(b[0] - a[0], b[1] - a[1]) / films.size() / (FRAMES - 1);
                if (t > 1) {
                    var before = centre(film, t - 2);
                    way[1] += Math.hypot(b[0] - 2 * a[0] + before[0], b[1] - 2 * a[1] + before[1])
                            / films.size()
                            / (FRAMES - 2);
                }
            }
        }
        return way;
    }

    private static double[] centre(float[] film, int frame) {
        var sums = new double[3];
        for (int k = 0; k < PIXELS; k++) {
            double value = film[frame * PIXELS + k];
            sums[0] += value;
            sums[1] += value * (k % SIDE);
            sums[2] += value * (k / SIDE);
        }
        return new double[] {sums[1] / sums[0], sums[2] / sums[0]};
    }

    /** By how much of itself the ink changes from the first frame to the last. */
    private static double inkChange(Samples films) {
        double sum = 0;
        for (int i = 0; i < films.size(); i++) {
            var film = films.row(i);
            double first = ink(film, 0);
            sum += Math.abs(ink(film, FRAMES - 1) - first) / first / films.size();
        }
        return sum;
    }

    private static double ink(float[] film, int frame) {
        double sum = 0;
        for (int k = 0; k < PIXELS; k++) {
            sum += film[frame * PIXELS + k];
        }
        return sum;
    }

    /** Single frames of all films, with the films' labels where they have some. */
    private static Samples frames(Samples films, int... chosen) {
        var values = new float[films.size() * chosen.length * PIXELS];
        var labels = new int[films.size() * chosen.length];
        for (int i = 0; i < labels.length; i++) {
            int film = i / chosen.length;
            System.arraycopy(films.row(film), chosen[i % chosen.length] * PIXELS, values, i * PIXELS, PIXELS);
            labels[i] = films.labels().map(all -> all[film]).orElse(0);
        }
        return Samples.of(new Shape(1, SIDE, SIDE), values).withLabels(labels);
    }

    /** Each film's neighbour. */
    private static int[] next(int[] numbers) {
        var moved = Arrays.copyOfRange(numbers, 1, numbers.length + 1);
        moved[numbers.length - 1] = numbers[0];
        return moved;
    }
}
