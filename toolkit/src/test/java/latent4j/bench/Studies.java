package latent4j.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
     * small|full} trains a VAE of digits.
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
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    /** 24 runs: latent size × β × seeds. */
    private static Study study(String size) {
        var study = Study.of(BetaVae::mlp)
                .vary("latent", 2, 8)
                .vary("beta", 0.5, 1, 4)
                .measuring(new Likelihoods(100, 100));
        return switch (size) {
            case "speed" ->
                study.on(Datasets.digits(6000, 1000))
                        .trainer(Trainer.epochs(20))
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
