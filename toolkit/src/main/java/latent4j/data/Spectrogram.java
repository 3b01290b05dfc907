package latent4j.data;

import ai.djl.ndarray.types.Shape;
import latent4j.tensor.Require;
import latent4j.tensor.Seed;
import org.apache.commons.math3.transform.DftNormalization;
import org.apache.commons.math3.transform.FastFourierTransformer;
import org.apache.commons.math3.transform.TransformType;

/**
 * Sounds as pictures, and back: a short-time Fourier transform with a Hann window, of which the picture keeps the
 * magnitude. Time goes to the right, one column every {@code hop} samples; frequency goes up, one row every {@code rate /
 * window} Hz from 0 at the bottom, up to half the rate, which is left out.
 *
 * <p>A picture's value is 1 for a sine of full scale, falls by 1/60 a decibel and is 0 from −60 dB on; it has 256 levels.
 *
 * @param rate of the sounds, samples a second
 * @param window samples in a window, a power of two
 * @param hop samples from one window to the next, a divisor of the window and at most half of it
 */
public record Spectrogram(int rate, int window, int hop) {

    private static final double DECIBELS = 60;

    public Spectrogram {
        Require.atLeast("rate", 1, rate);
        if (window < 4 || Integer.bitCount(window) != 1) {
            throw new IllegalArgumentException("window must be a power of two >= 4, got " + window);
        }
        if (hop < 1 || window % hop != 0 || 2 * hop > window) {
            throw new IllegalArgumentException(
                    "hop must divide the window of " + window + " into 2 parts or more, got " + hop);
        }
    }

    /** 8,000 samples a second, windows of 256 (32 ms, 31.25 Hz a row), each 64 (8 ms) after the last. */
    public static Spectrogram ofSpeech() {
        return new Spectrogram(8000, 256, 64);
    }

    /** The picture of sounds of this many samples: {@code (1, window / 2, samples / hop)}. */
    public Shape shape(int samples) {
        if (samples < 1 || samples % hop != 0) {
            throw new IllegalArgumentException("a sound must have a multiple of " + hop + " samples, got " + samples);
        }
        return new Shape(1, window / 2, samples / hop);
    }

    /** The pictures of sounds of one length. */
    public Samples of(Sound... sounds) {
        if (sounds.length == 0) {
            throw new IllegalArgumentException("expected at least one sound");
        }
        var shape = shape(sounds[0].samples().length);
        var values = Samples.room(sounds.length, shape);
        for (int i = 0; i < sounds.length; i++) {
            write(sounds[i], shape, values, i * (int) shape.size());
        }
        return Samples.of(shape, values);
    }

    /** Writes the picture of one sound. */
    void write(Sound sound, Shape shape, float[] values, int offset) {
        if (sound.rate() != rate || !shape(sound.samples().length).equals(shape)) {
            throw new IllegalArgumentException("expected sounds of " + rate + " samples a second and "
                    + shape.get(2) * hop + " samples, got " + sound.rate() + " and " + sound.samples().length);
        }
        int frames = (int) shape.get(2);
        var magnitudes = magnitudes(transform(widened(sound.samples())));
        for (int t = 0; t < frames; t++) {
            for (int k = 0; k < window / 2; k++) {
                double decibels = 20 * StrictMath.log10(Math.max(1e-12, magnitudes[t][k] / fullScale()));
                double value = Math.max(0, Math.min(1, 1 + decibels / DECIBELS));
                values[offset + (window / 2 - 1 - k) * frames + t] = Grey.level(value);
            }
        }
    }

    /**
     * A sound that looks like this, by the algorithm of Griffin and Lim (1984, section III): from noise, in turn the
     * magnitudes of its transform are replaced by the picture's and the sound is sought whose transform is nearest to the
     * result in the sense of least squares (equation 6). The {@linkplain #convergence distance} falls with every iteration.
     *
     * @param i which of the pictures
     * @param iterations how often; a hundred do
     * @param seed of the noise
     */
    public Sound invert(Samples pictures, int i, int iterations, long seed) {
        Require.atLeast("iterations", 1, iterations);
        var wanted = magnitudes(pictures, i);
        var noise = new Seed(seed).normal(wanted.length * hop);
        var sound = new double[noise.length];
        for (int n = 0; n < sound.length; n++) {
            sound[n] = noise[n];
        }
        for (int iteration = 0; iteration < iterations; iteration++) {
            var transform = transform(sound);
            for (int t = 0; t < wanted.length; t++) {
                withMagnitudes(transform[t], wanted[t]);
            }
            sound = nearest(transform);
        }
        var samples = new float[sound.length];
        for (int n = 0; n < samples.length; n++) {
            samples[n] = (float) sound[n];
        }
        return new Sound(samples, rate);
    }

    /**
     * How far a sound is from looking like a picture, the spectral convergence ‖|X| − S‖ / ‖S‖: X is the sound's transform,
     * S the picture's magnitudes. No unit.
     *
     * @param i which of the pictures
     */
    public double convergence(Samples pictures, int i, Sound sound) {
        var wanted = magnitudes(pictures, i);
        var found = magnitudes(transform(widened(sound.samples())));
        double distance = 0;
        double norm = 0;
        for (int t = 0; t < wanted.length; t++) {
            for (int k = 0; k <= window / 2; k++) {
                // all but the first and last row stand for two frequencies, k and −k
                double weight = k == 0 || k == window / 2 ? 1 : 2;
                distance += weight * (found[t][k] - wanted[t][k]) * (found[t][k] - wanted[t][k]);
                norm += weight * wanted[t][k] * wanted[t][k];
            }
        }
        return Math.sqrt(distance / norm);
    }

    /** The magnitudes that a picture stands for: [frames][window/2 + 1], the last of them 0. */
    private double[][] magnitudes(Samples pictures, int i) {
        var shape = pictures.shape();
        if (shape.dimension() != 3 || shape.get(0) != 1 || shape.get(1) != window / 2) {
            throw new IllegalArgumentException(
                    "expected spectrograms of shape (1, " + window / 2 + ", frames), got " + shape);
        }
        int frames = (int) shape.get(2);
        var row = pictures.row(i);
        var magnitudes = new double[frames][window / 2 + 1];
        for (int t = 0; t < frames; t++) {
            for (int k = 0; k < window / 2; k++) {
                double value = Math.min(1, row[(window / 2 - 1 - k) * frames + t]);
                if (value > 0) {
                    magnitudes[t][k] = fullScale() * StrictMath.pow(10, (value - 1) * DECIBELS / 20);
                }
            }
        }
        return magnitudes;
    }

    /** The magnitude at the peak of a sine of amplitude 1: half of the window's sum. */
    private double fullScale() {
        return window / 4.0;
    }

    private double[] hann() {
        var hann = new double[window];
        for (int n = 0; n < window; n++) {
            hann[n] = 0.5 - 0.5 * StrictMath.cos(2 * Math.PI * n / window);
        }
        return hann;
    }

    /** The first sample of a frame; the first and the last frames reach over the sound's ends, where it is silent. */
    private int start(int frame) {
        return frame * hop - (window - hop) / 2;
    }

    /** Real and imaginary part of each frame's transform: [frames][2][window]. */
    private double[][][] transform(double[] sound) {
        var hann = hann();
        var frames = new double[sound.length / hop][2][window];
        for (int t = 0; t < frames.length; t++) {
            for (int n = Math.max(0, -start(t)); n < window && start(t) + n < sound.length; n++) {
                frames[t][0][n] = hann[n] * sound[start(t) + n];
            }
            FastFourierTransformer.transformInPlace(frames[t], DftNormalization.STANDARD, TransformType.FORWARD);
        }
        return frames;
    }

    /** The sound whose transform is nearest: x(n) = Σ w(n − start)·y(n − start) / Σ w²(n − start) over the frames y. */
    private double[] nearest(double[][][] frames) {
        var hann = hann();
        var sound = new double[frames.length * hop];
        var weight = new double[sound.length];
        for (int t = 0; t < frames.length; t++) {
            FastFourierTransformer.transformInPlace(frames[t], DftNormalization.STANDARD, TransformType.INVERSE);
            for (int n = Math.max(0, -start(t)); n < window && start(t) + n < sound.length; n++) {
                sound[start(t) + n] += hann[n] * frames[t][0][n];
                weight[start(t) + n] += hann[n] * hann[n];
            }
        }
        for (int n = 0; n < sound.length; n++) {
            sound[n] /= weight[n];
        }
        return sound;
    }

    /** Keeps a frame's phases and replaces its magnitudes, the same for k and −k; where it is 0 its phase is taken as 0. */
    private void withMagnitudes(double[][] frame, double[] wanted) {
        for (int k = 0; k < window; k++) {
            double magnitude = Math.sqrt(frame[0][k] * frame[0][k] + frame[1][k] * frame[1][k]);
            double target = wanted[Math.min(k, window - k)];
            frame[0][k] = magnitude == 0 ? target : frame[0][k] * (target / magnitude);
            frame[1][k] = magnitude == 0 ? 0 : frame[1][k] * (target / magnitude);
        }
    }

    private static double[][] magnitudes(double[][][] transform) {
        var magnitudes = new double[transform.length][];
        for (int t = 0; t < transform.length; t++) {
            magnitudes[t] = new double[transform[t][0].length / 2 + 1];
            for (int k = 0; k < magnitudes[t].length; k++) {
                double real = transform[t][0][k];
                double imaginary = transform[t][1][k];
                magnitudes[t][k] = Math.sqrt(real * real + imaginary * imaginary);
            }
        }
        return magnitudes;
    }

    private static double[] widened(float[] samples) {
        var wide = new double[samples.length];
        for (int n = 0; n < wide.length; n++) {
            wide[n] = samples[n];
        }
        return wide;
    }
}
