package latent4j.bench;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import latent4j.data.Colour;
import latent4j.data.Datasets;
import latent4j.metric.Likelihoods;
import latent4j.model.vae.BetaVae;
import latent4j.model.vae.Vae;
import latent4j.study.Place;
import latent4j.study.Study;
import latent4j.study.StudyFolder;
import latent4j.train.Trainer;

/** The studies of {@code ./lab bench studies}, one thing at a time in a process of its own. */
public final class Studies {

    private Studies() {}

    /**
     * {@code write speed|kills|small FILE} writes a study; {@code run FILE FOLDER PLACE} runs it, and prints how many seconds that
     * took; {@code print FILE FOLDER} prints a line for each result, with what decides whether two are identical; {@code model FILE
     * small|full} trains a VAE of digits; {@code images FOLDER} writes digits as image files, and {@code same FILE FOLDER} says whether
     * a saved set is what {@link Datasets#images} makes of a folder.
     */
    public static void main(String[] arguments) throws IOException {
        var file = Path.of(arguments[arguments[0].equals("write") ? 2 : 1]);
        switch (arguments[0]) {
            case "write" -> Files.writeString(file, study(arguments[1]).toJson());
            case "run" -> {
                long start = System.nanoTime();
                Study.fromJson(Files.readString(file)).run(Path.of(arguments[2]), Place.of(arguments[3]));
                System.out.println("seconds " + (System.nanoTime() - start) / 1e9);
            }
            case "print" -> {
                var study = Study.fromJson(Files.readString(file));
                for (var result : new StudyFolder(Path.of(arguments[2])).results(study)) {
                    System.out.println("result " + result.run().name() + " " + result.state() + " " + result.seconds()
                            + " " + result.fingerprint());
                }
            }
            case "model" -> {
                boolean small = arguments[2].equals("small");
                var digits = Datasets.digits(small ? 500 : 10_000, small ? 50 : 1000);
                var vae = Vae.mlp(digits.shape(), 16);
                Trainer.epochs(small ? 1 : 3).seed(1).watchedBy().fit(vae, digits);
                vae.save(file);
            }
            case "images" -> images(file);
            case "same" ->
                System.out.println("same "
                        + Datasets.saved(file)
                                .hash()
                                .equals(Datasets.images(Path.of(arguments[2]), 20, 16, Colour.GREY)
                                        .hash()));
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    /** Some digits as image files, each in the folder of its class. */
    private static void images(Path folder) throws IOException {
        var digits = Datasets.digits(0, 60).test();
        for (int i = 0; i < digits.size(); i++) {
            var of = Files.createDirectories(
                    folder.resolve(String.valueOf(digits.labels().orElseThrow()[i])));
            var image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
            var row = digits.row(i);
            for (int k = 0; k < row.length; k++) {
                image.getRaster().setSample(k % 28, k / 28, 0, Math.round(255 * row[k]));
            }
            ImageIO.write(image, "png", of.resolve(i + ".png").toFile());
        }
    }

    /** 24 runs: latent size × β × seeds. */
    private static Study study(String size) {
        var study = (size.equals("convolutions") ? Study.of(BetaVae::convolutional) : Study.of(BetaVae::mlp))
                .vary("latent", 2, 8)
                .vary("beta", 0.5, 1, 4)
                .measuring(new Likelihoods(100, 100));
        return switch (size) {
            case "speed" ->
                study.on(Datasets.digits(6000, 1000))
                        .trainer(Trainer.epochs(40))
                        .seeds(4);
            case "convolutions" ->
                study.on(Datasets.digits(6000, 1000))
                        .trainer(Trainer.epochs(10))
                        .seeds(4);
            // steps enough for checkpoints within a run
            case "kills" ->
                study.on(Datasets.digits(1000, 200))
                        .trainer(Trainer.epochs(25).batch(16))
                        .seeds(4);
            case "small" ->
                study.on(Datasets.digits(300, 60))
                        .trainer(Trainer.epochs(1).batch(50))
                        .seeds(1);
            default -> throw new IllegalArgumentException(size);
        };
    }
}
