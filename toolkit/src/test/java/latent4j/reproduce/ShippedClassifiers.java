package latent4j.reproduce;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import latent4j.data.Dataset;
import latent4j.data.Datasets;
import latent4j.data.Samples;
import latent4j.metric.Classifier;
import latent4j.metric.ClassifierCard;
import latent4j.model.Schedule;
import latent4j.train.Trainer;

/**
 * The classifiers whose features compare samples with data, trained; a full run also puts them where the toolkit ships them
 * from. Their data have a seed that nobody else uses: were they trained on the records of {@link Datasets#digits()}, these would
 * lie differently among the features than those held out.
 */
final class ShippedClassifiers implements Reproduction {

    private static final long SEED = 1000;

    @Override
    public String name() {
        return "features";
    }

    @Override
    public String about() {
        return "digits-cnn and shapes-cnn, the shipped classifiers, with their cards";
    }

    @Override
    public void run(Results results, boolean smoke) {
        int digits = smoke ? 500 : 60_000;
        int shapes = smoke ? 500 : 40_000;
        int heldOut = smoke ? 500 : 10_000;
        train(
                results,
                Classifier.convolutional("digits-cnn", Datasets.digits(1, 0).shape(), 10, 12, 24, 48),
                Datasets.digits(digits, heldOut, SEED),
                smoke ? 1 : 8,
                smoke);
        train(
                results,
                Classifier.convolutional("shapes-cnn", Datasets.shapes(1, 0).shape(), 6, 12, 24, 32),
                Datasets.shapes(shapes, heldOut, SEED),
                smoke ? 1 : 24,
                smoke);
    }

    private static void train(Results results, Classifier classifier, Dataset data, int epochs, boolean smoke) {
        results.run(classifier.name(), () -> {
            var trainer = Trainer.epochs(epochs).schedule(Schedule.cosine());
            var run = trainer.fit(classifier, data);
            standardise(classifier, data.train());
            var machine = run.provenance().machine();
            var card = ClassifierCard.save(
                    classifier,
                    data.train().classNames(),
                    "the " + data.train().size() + " training records of Datasets."
                            + data.origin().orElseThrow(),
                    data.hash(),
                    "Adam, " + epochs + " epochs, batches of " + trainer.batch() + ", cosine schedule, seed "
                            + trainer.seed() + "; then features scaled to mean square 1",
                    classifier.accuracy(data.test()),
                    "the " + data.test().size() + " held-out records of the same",
                    "DJL " + machine.djl() + ", Java " + machine.java() + ", " + machine,
                    results.folder());
            if (!smoke) {
                ship(classifier, results.folder());
            }
            System.out.println(card);
            return run;
        });
    }

    /**
     * Scales the features to mean square 1, by which kernels that expect numbers of that size, and readers, know where they are.
     * What ReLU leaves is multiplied by what its input is, so that the layer before gives 1/s of it, and the last layer s of that.
     */
    static void standardise(Classifier classifier, Samples records) {
        double squares = 0;
        var features = classifier.of(records).toArray();
        for (float feature : features) {
            squares += feature * (double) feature / features.length;
        }
        float scale = (float) Math.sqrt(squares);
        var values = classifier
                .net()
                .values(); // ..., weights and biases of the layer before, weights and biases of the last
        int last = values.size() - 1;
        for (int k : new int[] {last - 3, last - 2, last - 1}) {
            var array = values.get(k);
            for (int i = 0; i < array.length; i++) {
                array[i] = k == last - 1 ? array[i] * scale : array[i] / scale;
            }
        }
        classifier.net().load(values);
    }

    private static void ship(Classifier classifier, Path from) {
        try {
            var classes = ShippedClassifiers.class.getProtectionDomain().getCodeSource();
            var resources = Path.of(classes.getLocation().toURI())
                    .resolve("../../src/main/resources/latent4j/metric")
                    .normalize();
            Files.createDirectories(resources);
            for (var ending : new String[] {".model", ".json"}) {
                var file = classifier.name() + ending;
                Files.move(from.resolve(file), resources.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
