package latent4j.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import latent4j.data.Datasets;
import latent4j.model.Model;
import latent4j.model.gan.Gan;
import latent4j.model.vae.Vae;

/** A process that trains and prints by how many bytes a step its resident memory grows. */
final class MemoryProbe {

    private static final int WARM_UP = 300;

    private MemoryProbe() {}

    public static void main(String[] arguments) {
        var data = Datasets.digits(6400, 100).train();
        Model model =
                switch (arguments[0]) {
                    case "mlp" -> Vae.mlp(data.shape(), 20);
                    case "convolutional" -> Gan.convolutional(data.shape(), 64, 16);
                    default -> throw new IllegalArgumentException(arguments[0]);
                };
        int steps = Integer.parseInt(arguments[1]);
        var resident = new ArrayList<double[]>();
        Trainer.epochs((WARM_UP + steps) / 100 + 1)
                .batch(64)
                .watchedBy(new Watcher() {
                    @Override
                    public void stepped(Progress progress) {
                        if (progress.step() == WARM_UP) {
                            touchCollector();
                        }
                        if (progress.step() > WARM_UP && progress.step() % 10 == 0) {
                            resident.add(new double[] {progress.step(), residentBytes()});
                        }
                    }
                })
                .fit(model, data);
        System.out.println("bytes a step: " + slope(resident.toArray(double[][]::new)));
    }

    /** Makes the garbage collector touch its own tables, which it does once, before anything is measured. */
    private static void touchCollector() {
        long garbage = 0;
        for (int i = 0; i < 3000; i++) {
            garbage += new byte[1 << 20].length;
        }
        if (garbage != 3000L << 20) {
            throw new IllegalStateException("no garbage was made");
        }
        System.gc();
    }

    private static double residentBytes() {
        try {
            return 4096.0
                    * Long.parseLong(
                            Files.readString(Path.of("/proc/self/statm")).split(" ")[1]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The slope of the least-squares line. */
    private static double slope(double[][] points) {
        double meanX = 0;
        double meanY = 0;
        for (var point : points) {
            meanX += point[0] / points.length;
            meanY += point[1] / points.length;
        }
        double products = 0;
        double squares = 0;
        for (var point : points) {
            products += (point[0] - meanX) * (point[1] - meanY);
            squares += (point[0] - meanX) * (point[0] - meanX);
        }
        return products / squares;
    }
}
