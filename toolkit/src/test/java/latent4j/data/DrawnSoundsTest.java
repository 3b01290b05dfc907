package latent4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.io.ByteArrayInputStream;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;

class DrawnSoundsTest {

    private static final Spectrogram SPECTROGRAM = DrawnSounds.SPECTROGRAM;

    @Test
    void bitsAreTheSameOnEveryPlatform() {
        assertEquals(
                "463ad7f061958e87845d872e3d1b50a04c372e6b267b0aa60ba974a5198f771f",
                Datasets.sounds(30, 5, 0).hash());
    }

    @Test
    void smallerSetIsThePrefixOfALargerOne() {
        var sounds = Datasets.sounds(20, 5, 0);
        assertEquals(new Shape(1, 128, 64), sounds.shape());
        assertEquals(
                sounds.train().head(6).hash(), Datasets.sounds(6, 1, 0).train().hash());
        assertEquals(DrawnSounds.CLASSES, sounds.train().classNames());
    }

    /** A sine of full scale between two rows of the picture is white there, and black far away. */
    @Test
    void aToneIsALineAtItsFrequency() {
        for (double frequency : new double[] {250, 500, 1000, 2000}) {
            var picture =
                    SPECTROGRAM.of(DrawnSounds.draw(0, frequency, 0, 1, 0)).row(0);
            int row = 127 - (int) Math.round(frequency / 31.25);
            assertEquals(1, picture[row * 64 + 32], 1e-6, frequency + " Hz");
            assertEquals(0, picture[(row - 20 < 0 ? row + 20 : row - 20) * 64 + 32]);
            assertEquals(1 - 6 / 60.0, picture[(row + 1) * 64 + 32], 0.005, "a Hann window's neighbour: −6 dB");
        }
        var half = SPECTROGRAM.of(DrawnSounds.draw(0, 1000, 0, 1, -12)).row(0);
        assertEquals(0.8, half[95 * 64 + 32], 0.5 / 255 + 1e-6);
    }

    /** What the tract adds to the buzz is most at the harmonic nearest to the first formant, among those below the second. */
    @Test
    void aVowelsFormantsAreWhereTheyWereMeasured() {
        double[][] formants = {{730, 1090}, {530, 1840}, {270, 2290}, {570, 840}, {300, 870}};
        var buzz = SPECTROGRAM.of(DrawnSounds.draw(1, 100, 0, 1, 0)).row(0);
        for (int vowel = 0; vowel < 5; vowel++) {
            var picture =
                    SPECTROGRAM.of(DrawnSounds.draw(2 + vowel, 100, 0, 1, 0)).row(0);
            double between = Math.sqrt(formants[vowel][0] * formants[vowel][1]);
            int best = 1;
            for (int k = 2; k * 31.25 < between; k++) {
                best = added(picture, buzz, k) > added(picture, buzz, best) ? k : best;
            }
            assertEquals(formants[vowel][0], best * 31.25, 66, "vowel " + DrawnSounds.CLASSES.get(2 + vowel));
        }
    }

    private static double added(float[] picture, float[] buzz, int k) {
        int at = (127 - k) * 64 + 32;
        return picture[at] - buzz[at];
    }

    /** Griffin–Lim finds a tone's frequency again, counted by the sound's zero crossings. */
    @Test
    void griffinLimReconstructsATonesFrequencyWithinTwoPercent() {
        for (double frequency : new double[] {180, 261.6, 440, 777, 1234, 1950}) {
            var picture = SPECTROGRAM.of(DrawnSounds.draw(0, frequency, 0, 1, -3));
            var sound = SPECTROGRAM.invert(picture, 0, 100, 1);
            double found = frequency(sound.samples());
            assertEquals(frequency, found, 0.02 * frequency);
            System.out.printf(
                    "Griffin-Lim, tone of %.1f Hz: %.1f Hz, spectral convergence %.3f%n",
                    frequency, found, SPECTROGRAM.convergence(picture, 0, sound));
        }
    }

    /** Upward zero crossings of the middle half, each between two samples by a straight line. */
    private static double frequency(float[] samples) {
        double first = -1;
        double last = -1;
        int periods = -1;
        for (int n = samples.length / 4; n < samples.length * 3 / 4; n++) {
            if (samples[n] < 0 && samples[n + 1] >= 0) {
                last = n + samples[n] / (samples[n] - samples[n + 1]);
                first = first < 0 ? last : first;
                periods++;
            }
        }
        return periods * 8000 / (last - first);
    }

    /** Griffin and Lim (1984) prove it of the distance of the transforms. */
    @Test
    void everyIterationComesNearer() {
        var pictures = Datasets.sounds(4, 0, 1).train();
        for (int i = 0; i < pictures.size(); i++) {
            double before = Double.POSITIVE_INFINITY;
            for (int iterations : new int[] {1, 2, 3, 5, 10, 20, 50}) {
                var sound = SPECTROGRAM.invert(pictures, i, iterations, 1);
                double distance = SPECTROGRAM.convergence(pictures, i, sound);
                assertTrue(distance < before, "after " + iterations + " iterations " + distance + ", before " + before);
                before = distance;
            }
        }
    }

    @Test
    void vowelsComeBackFromTheirPictures() {
        var vowels = Datasets.sounds(60, 0, 0).train();
        var labels = vowels.labels().orElseThrow();
        double sum = 0;
        double worst = 0;
        int n = 0;
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] >= 2) {
                double distance = SPECTROGRAM.convergence(vowels, i, SPECTROGRAM.invert(vowels, i, 100, 1));
                sum += distance;
                worst = Math.max(worst, distance);
                n++;
            }
        }
        System.out.printf(
                "Griffin-Lim, %d vowels, 100 iterations: spectral convergence %.3f, at worst %.3f%n",
                n, sum / n, worst);
        assertTrue(sum / n < 0.2, "spectral convergence " + sum / n);
    }

    @Test
    void aWavFileHoldsTheSound() throws Exception {
        var sound = new Sound(new float[] {0, 0.5f, -1, 2, -3}, 8000);
        try (var stream = AudioSystem.getAudioInputStream(new ByteArrayInputStream(sound.wav()))) {
            assertTrue(
                    stream.getFormat().matches(new AudioFormat(8000, 16, 1, true, false)),
                    stream.getFormat()::toString);
            assertEquals(5, stream.getFrameLength());
            assertArrayEquals(
                    new byte[] {0, 0, 0, 0x40, 1, (byte) 0x80, (byte) 0xff, 0x7f, 1, (byte) 0x80},
                    stream.readAllBytes());
        }
    }

    @Test
    void whatIsNoSoundIsRefused() {
        Refusal.expect(() -> DrawnSounds.draw(7, 100, 0, 1, 0), "between 0 and 6", "got 7");
        Refusal.expect(() -> DrawnSounds.draw(0, -1, 0, 1, 0), "pitch", "-1");
        Refusal.expect(() -> DrawnSounds.draw(0, 3900, 0, 1, 0), "pitch", "3800", "3900");
        Refusal.expect(() -> new Spectrogram(8000, 100, 25), "power of two", "100");
        Refusal.expect(() -> new Spectrogram(8000, 256, 256), "hop", "256");
        Refusal.expect(() -> SPECTROGRAM.shape(100), "multiple of 64", "100");
        Refusal.expect(() -> SPECTROGRAM.invert(Datasets.digits(1, 0).train(), 0, 10, 1), "(1, 128, frames)", "28");
        Refusal.expect(() -> new Sound(new float[] {Float.NaN}, 8000), "finite", "NaN");
        Refusal.expect(() -> new Sound(new float[1], 0), "rate", "0");
    }
}
