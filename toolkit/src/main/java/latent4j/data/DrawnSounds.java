package latent4j.data;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.stream.IntStream;
import latent4j.tensor.RandomStream;
import latent4j.tensor.Require;
import latent4j.tensor.Seed;

/**
 * Sounds of half a second made of sines, as spectrograms of shape (1, 128, 64) with values in [0, 1]: see {@link
 * #SPECTROGRAM}, whose {@code invert} makes a picture audible.
 *
 * <p>A tone is one sine. Harmonics are all multiples of the pitch below 3,800 Hz, the k-th of amplitude 1/k. A vowel is such
 * a buzz through the resonances of a vocal tract, the formants: the three that Peterson and Barney (1952, table II) measured
 * for men, with bandwidths of 60, 90 and 150 Hz, each a resonator F²/√((F² − f²)² + (B·f)²) (Fant 1960).
 *
 * <p>Factors: {@code pitch} (Hz, at the beginning; of a tone 150 to 2,000, else 90 to 300, evenly on a logarithmic scale),
 * {@code glide} (by how many semitones the pitch rises until the end, −3 to 3), {@code tract} (by what a vowel's formants are
 * multiplied, 0.9 to 1.2; a longer tract has lower ones) and {@code loudness} (of the peak, −20 to 0 decibels of full scale).
 */
public final class DrawnSounds {

    /** How these sounds are turned into pictures and back. */
    public static final Spectrogram SPECTROGRAM = Spectrogram.ofSpeech();

    /** What there is to hear, by label. */
    public static final List<String> CLASSES = List.of("tone", "harmonics", "a", "e", "i", "o", "u");

    private static final int SAMPLES = 4096;
    private static final double HIGHEST = 3800;
    private static final int FADE = 160;
    private static final Shape SHAPE = SPECTROGRAM.shape(SAMPLES);
    private static final List<String> FACTORS = List.of("pitch", "glide", "tract", "loudness");
    private static final double[] BANDWIDTHS = {60, 90, 150};

    /** Formants of the vowels in Hz, as in «father», «bet», «beet», «bought» and «boot». */
    private static final double[][] FORMANTS = {
        {730, 1090, 2440}, {530, 1840, 2480}, {270, 2290, 3010}, {570, 840, 2410}, {300, 870, 2240}
    };

    private DrawnSounds() {}

    /**
     * One sound of half a second.
     *
     * @param label what it is, see {@link #CLASSES}
     * @param pitch in Hz, at the beginning
     * @param glide by how many semitones the pitch rises until the end
     * @param tract by what a vowel's formants are multiplied
     * @param loudness of the peak, in decibels of full scale
     */
    public static Sound draw(int label, double pitch, double glide, double tract, double loudness) {
        if (label < 0 || label >= CLASSES.size()) {
            throw new IllegalArgumentException(
                    "label must be between 0 and " + (CLASSES.size() - 1) + ", got " + label);
        }
        Require.positive("pitch", pitch);
        Require.finite("glide", glide);
        Require.positive("tract", tract);
        Require.finite("loudness", loudness);
        double rise = StrictMath.pow(2, glide / 12 / SAMPLES);
        double highest = pitch * Math.max(1, StrictMath.pow(2, glide / 12));
        if (highest > HIGHEST) {
            throw new IllegalArgumentException("pitch must stay below " + HIGHEST + " Hz, got up to " + highest);
        }
        int harmonics = label == 0 ? 1 : (int) (HIGHEST / highest);
        var amplitudes = amplitudes(label, harmonics, pitch * StrictMath.pow(2, glide / 24), tract);
        var wave = new double[SAMPLES];
        double phase = 0;
        double step = 2 * Math.PI * pitch / SPECTROGRAM.rate();
        double peak = 0;
        for (int n = 0; n < SAMPLES; n++) {
            wave[n] = fade(n) * fade(SAMPLES - 1 - n) * harmonics(amplitudes, phase);
            peak = Math.max(peak, Math.abs(wave[n]));
            phase += step;
            step *= rise;
        }
        double scale = StrictMath.pow(10, loudness / 20) / peak;
        var samples = new float[SAMPLES];
        for (int n = 0; n < SAMPLES; n++) {
            samples[n] = (float) (scale * wave[n]);
        }
        return new Sound(samples, SPECTROGRAM.rate());
    }

    /** The first {@code n} spectrograms of an endless sequence. */
    static Samples sequence(int n, long seed, int split) {
        var values = Samples.room(n, SHAPE);
        var labels = new int[n];
        var factors = new float[n][];
        IntStream.range(0, n).parallel().forEach(i -> {
            var random = new Seed(seed).child(split, i).stream();
            labels[i] = random.integer(CLASSES.size());
            double pitch = labels[i] == 0 ? evenly(random, 150, 2000) : evenly(random, 90, 300);
            double glide = random.uniform(-3, 3);
            double tract = random.uniform(0.9, 1.2);
            double loudness = random.uniform(-20, 0);
            factors[i] = new float[] {(float) pitch, (float) glide, (float) tract, (float) loudness};
            var sound = draw(labels[i], pitch, glide, tract, loudness);
            SPECTROGRAM.write(sound, SHAPE, values, i * (int) SHAPE.size());
        });
        return Samples.of(SHAPE, values).withLabels(labels, CLASSES).withFactors(new Samples.Factors(FACTORS, factors));
    }

    private static double evenly(RandomStream random, double low, double high) {
        return low * StrictMath.pow(high / low, random.uniform());
    }

    /** The amplitudes of the harmonics 1, 2, …; those of a vowel as they are half-way along the glide. */
    private static double[] amplitudes(int label, int harmonics, double pitch, double tract) {
        var amplitudes = new double[harmonics];
        for (int k = 0; k < harmonics; k++) {
            double f = (k + 1) * pitch;
            amplitudes[k] = 1.0 / (k + 1);
            for (int formant = 0; label >= 2 && formant < BANDWIDTHS.length; formant++) {
                double square = FORMANTS[label - 2][formant] * tract * FORMANTS[label - 2][formant] * tract;
                double across = BANDWIDTHS[formant] * f;
                amplitudes[k] *= square / Math.sqrt((square - f * f) * (square - f * f) + across * across);
            }
        }
        return amplitudes;
    }

    /** Σ aₖ·sin(k·phase), by sin((k + 1)·p) = 2·cos p·sin(k·p) − sin((k − 1)·p). */
    private static double harmonics(double[] amplitudes, double phase) {
        double twice = 2 * StrictMath.cos(phase);
        double before = 0;
        double sine = StrictMath.sin(phase);
        double sum = 0;
        for (double amplitude : amplitudes) {
            sum += amplitude * sine;
            double next = twice * sine - before;
            before = sine;
            sine = next;
        }
        return sum;
    }

    /** From 0 to 1 along half a cosine, within 20 ms of an end. */
    private static double fade(int distance) {
        return distance >= FADE ? 1 : 0.5 - 0.5 * StrictMath.cos(Math.PI * distance / FADE);
    }
}
