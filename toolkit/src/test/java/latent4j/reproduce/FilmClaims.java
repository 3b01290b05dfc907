package latent4j.reproduce;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import latent4j.data.Dataset;
import latent4j.data.Datasets;
import latent4j.data.Samples;
import latent4j.metric.Classifier;
import latent4j.model.Schedule;
import latent4j.model.vae.Vae;
import latent4j.nn.Adam;
import latent4j.reproduce.Claim.Finding;
import latent4j.train.Trainer;

/** A VAE of films draws digits that move on and stay what they are. */
final class FilmClaims implements Claims {

    private static final int FRAMES = 8;
    private static final int SIDE = 24;
    private static final int PIXELS = SIDE * SIDE;

    @Override
    public String name() {
        return "claims-films";
    }

    @Override
    public String about() {
        return "whether drawn films move as the data do";
    }

    @Override
    public List<Claim> claims() {
        return List.of(new Claim(
                "Vae of films",
                "no paper's: what a draw of a film ought to be",
                "from frame to frame pixels change and digits move by half to twice as much as the data's, more on than to and"
                        + " fro, and first and last frame show one class three times as often as those of different films",
                1,
                FilmClaims::drawnDigitsMoveAndStayWhatTheyAre));
    }

    private static Finding drawnDigitsMoveAndStayWhatTheyAre(Trials trials) {
        var data = Datasets.movingDigits();
        var films = data.test();
        var vae = Vae.film(data.shape(), 16, 1);
        var trainer = Trainer.epochs(30).batch(32).optimizer(Adam.of(2e-3)).schedule(Schedule.linearDecay(0.5));
        trials.train("Vae-of-films", trainer, vae, data);
        var drawn = vae.draw(films.size(), 1);

        // by frames one at a time, wherever in the film
        var seen = new Dataset("frames", frames(data.train(), 0, 3, 7), frames(films, 0, 3, 7));
        var judge = Classifier.mlp("classifier", seen.shape(), 10);
        trials.train("judge", Trainer.epochs(4).batch(64), judge, seen);
        var first = judge.classify(frames(drawn, 0));
        var last = judge.classify(frames(drawn, FRAMES - 1));
        double same = Classifier.agreement(first, last);
        double other = Classifier.agreement(first, next(last));
        var way = way(drawn);
        double change = difference(drawn) / difference(films);
        double distance = way[0] / way(films)[0];
        return Finding.of(
                Math.abs(Math.log(change)) < Math.log(2)
                        && Math.abs(Math.log(distance)) < Math.log(2)
                        && way[1] < way[0]
                        && same > 3 * other,
                "pixels change by %.2f and digits move by %.2f of the data's; way %.2f pixels a frame, of which turned %.2f;"
                        + " ink changed by %.3f of a film's (data %.3f); first and last frame of one class %.3f, of different"
                        + " films %.3f; the judge is right in %.3f of held-out frames",
                change,
                distance,
                way[0],
                way[1],
                inkChange(drawn),
                inkChange(films),
                same,
                other,
                judge.accuracy(seen.test()));
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
