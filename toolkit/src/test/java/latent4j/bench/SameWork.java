package latent4j.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import latent4j.data.Dataset;
import latent4j.model.Latent;
import latent4j.model.Model;
import latent4j.tensor.Arrays;
import latent4j.tensor.Seed;
import latent4j.train.Progress;
import latent4j.train.Watcher;
import latent4j.train.Watchers;

/**
 * The first steps of a training with all that decides them written to files, so that another program can repeat them:
 * weights before and after, records in their order, noise. Whether both do the same work is then a comparison of numbers.
 */
public final class SameWork {

    private static final Seed SEED = new Seed(0);

    private SameWork() {}

    /** @param arguments the cell that makes {@code data}, the cell that trains, the batch, how many steps, a folder */
    public static void main(String[] arguments) {
        int batch = Integer.parseInt(arguments[2]);
        int steps = Integer.parseInt(arguments[3]);
        var folder = Path.of(arguments[4]);
        var cells = new Cells();
        cells.run(arguments[0]);
        cells.run("data = latent4j.bench.SameWork.head(data, " + batch * steps + ", Path.of(\"" + folder + "\"));");
        Watchers.install(() -> new Watcher() {
            @Override
            public void started(Progress progress) {
                write(folder.resolve("before"), weights(progress.model()));
                int latent = ((Latent) progress.model()).latent();
                // The trainer's keys of randomness: step, objective, draw.
                var noise = SEED.child("noise");
                write(folder.resolve("normal"), IntStream.range(0, steps).mapToObj(i -> noise.child(i, 0, 0)
                        .normal(batch * latent)));
                write(folder.resolve("uniform"), IntStream.range(0, steps).mapToObj(i -> noise.child(i, 0, 1)
                        .uniform(batch)));
            }

            @Override
            public void stepped(Progress progress) {
                if (progress.step() == steps) {
                    write(folder.resolve("after"), weights(progress.model()));
                    Turns.say(facts(progress));
                    Thread.currentThread().interrupt();
                }
            }
        });
        cells.run(arguments[1]);
        System.exit(0);
    }

    /** The first records of a set, which it also writes in the order of the first epoch. */
    public static Dataset head(Dataset data, int n, Path folder) {
        var records = data.train().head(n);
        var order = SEED.child("order").child(0).permutation(n);
        write(folder.resolve("records"), Stream.of(records.rows(order).toArray()));
        return new Dataset(data.name(), records, data.test());
    }

    private static Stream<float[]> weights(Model model) {
        return model.nets().stream().flatMap(net -> net.values().stream());
    }

    private static String facts(Progress progress) {
        var trainable = progress.model().nets().stream()
                .flatMap(net -> net.weights().stream())
                .map(weight -> weight.trainable())
                .toList();
        var losses =
                java.util.Arrays.toString(progress.history().series().get(0).values());
        return "{\"losses\": " + losses + ", \"trainable\": " + trainable + "}";
    }

    private static void write(Path file, Stream<float[]> arrays) {
        var bytes = new ByteArrayOutputStream();
        arrays.forEach(array -> bytes.writeBytes(Arrays.littleEndian(array)));
        try {
            Files.write(file, bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
