package latent4j.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import latent4j.train.Progress;
import latent4j.train.Watcher;
import latent4j.train.Watchers;

/**
 * A process that trains and says how its resident memory grows: by how many bytes a step in all, and after every tenth step
 * how many there are. Its epochs are of few steps, so that many validations are among what is measured.
 */
public final class MemoryGrowth {

    /** At least so many steps, to the end of an epoch. */
    private static final int WARM_UP = 300;

    private static final int STEPS_AN_EPOCH = 20;

    /** How many batches are held out for validation. */
    private static final int HELD_OUT = 4;

    private MemoryGrowth() {}

    /**
     * @param arguments the cell that makes {@code data}, the cell that trains (for long enough), the batch, over how many steps,
     *     and a file for the records, if a peer needs them
     */
    public static void main(String[] arguments) {
        int batch = Integer.parseInt(arguments[2]);
        int steps = Integer.parseInt(arguments[3]);
        var resident = new ArrayList<double[]>();
        Watchers.install(() -> new Watcher() {
            private long begun = Long.MAX_VALUE;

            @Override
            public void epochEnded(Progress progress) {
                if (begun == Long.MAX_VALUE && progress.step() >= WARM_UP) {
                    touchCollector();
                    begun = progress.step();
                }
            }

            @Override
            public void stepped(Progress progress) {
                if (progress.step() > begun && progress.step() % 10 == 0) {
                    resident.add(new double[] {progress.step(), residentBytes()});
                }
                if (progress.step() == begun + steps) {
                    Turns.say(
                            "{\"bytes_a_step\": %f, \"points\": %s}",
                            slope(resident.toArray(double[][]::new)),
                            resident.stream().map(Arrays::toString).toList());
                    Thread.currentThread().interrupt();
                }
            }
        });
        var cells = new Cells();
        if (arguments.length > 4) {
            cells.makeData(arguments[0], arguments[4]);
        } else {
            cells.run(arguments[0]);
        }
        cells.shorten(STEPS_AN_EPOCH * batch, HELD_OUT * batch);
        cells.run(arguments[1]);
        System.exit(0);
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
