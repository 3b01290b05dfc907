package latent4j.metric;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import latent4j.data.Hash;
import latent4j.model.Models;
import latent4j.nn.Json;
import latent4j.nn.JsonText;
import latent4j.tensor.WholeFile;

/**
 * What is known of a classifier that the toolkit ships. {@code ./lab reproduce features} trains it again: the same machine and
 * seed give the same bytes.
 *
 * @param name what measures on its features are named for
 * @param layers what it is made of, in order
 * @param features how many features a record has
 * @param classes what it tells apart
 * @param trainedOn the records that it was trained on. They have a seed of their own, so that the records to train models on
 *     and those held out are equally new to it
 * @param dataHash SHA-256 of those records
 * @param training how it was trained, with the seed
 * @param accuracy the share of held-out records of {@code testedOn} that it finds in the right class
 * @param testedOn those records
 * @param versions of the toolkit, the engine and DJL, and the machine
 * @param hash SHA-256 of the file with its weights, checked on loading
 */
public record ClassifierCard(
        String name,
        List<String> layers,
        int features,
        List<String> classes,
        String trainedOn,
        String dataHash,
        String training,
        double accuracy,
        String testedOn,
        String versions,
        String hash) {

    /** Of {@code digits-cnn}, for grey 28 x 28 digits. */
    public static ClassifierCard digits() {
        return shipped("digits-cnn");
    }

    /** Of {@code shapes-cnn}, for coloured 32 x 32 shapes. */
    public static ClassifierCard shapes() {
        return shipped("shapes-cnn");
    }

    private static ClassifierCard shipped(String name) {
        var json = new Gson().fromJson(new String(resource(name + ".json"), StandardCharsets.UTF_8), JsonObject.class);
        return (ClassifierCard) Json.read(json, ClassifierCard.class);
    }

    /**
     * The classifier, with its weights.
     *
     * @throws IllegalStateException if the weights are not those of this card
     */
    public Classifier classifier() {
        return classifier(resource(name + ".model"));
    }

    Classifier classifier(byte[] file) {
        var found = Hash.sha256().bytes(file).hex();
        if (!found.equals(hash)) {
            throw new IllegalStateException(
                    "the weights of " + name + " have SHA-256 " + found + ", but their card says " + hash);
        }
        try {
            var copy = Files.createTempFile(name, ".model");
            try {
                Files.copy(new ByteArrayInputStream(file), copy, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                return (Classifier) Models.load(copy);
            } finally {
                Files.delete(copy);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack the weights of " + name, e);
        }
    }

    /** Writes a trained classifier with its card into a folder, as they are shipped. */
    public static ClassifierCard save(
            Classifier classifier,
            List<String> classes,
            String trainedOn,
            String dataHash,
            String training,
            double accuracy,
            String testedOn,
            String versions,
            Path folder) {
        var file = folder.resolve(classifier.name() + ".model");
        classifier.save(file);
        try {
            var card = new ClassifierCard(
                    classifier.name(),
                    classifier.net().network().orElseThrow().layers().stream()
                            .map(Object::toString)
                            .toList(),
                    (int) classifier.net().featureShape().size(),
                    classes,
                    trainedOn,
                    dataHash,
                    training,
                    accuracy,
                    testedOn,
                    versions,
                    Hash.sha256().bytes(Files.readAllBytes(file)).hex());
            var json = JsonText.of(Json.write(card, ClassifierCard.class));
            WholeFile.write(
                    folder.resolve(classifier.name() + ".json"),
                    stream -> stream.write(json.getBytes(StandardCharsets.UTF_8)));
            return card;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static byte[] resource(String file) {
        try (var stream = ClassifierCard.class.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalStateException("this build has no " + file + ": ./lab reproduce features makes it");
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s: %d features of a network that tells %s apart with accuracy %.4f on %s; trained on %s, %s; SHA-256 %s",
                name,
                features,
                String.join(", ", classes),
                accuracy,
                testedOn,
                trainedOn,
                training,
                hash);
    }
}
