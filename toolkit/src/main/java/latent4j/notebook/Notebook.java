package latent4j.notebook;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import latent4j.data.Samples;
import latent4j.plot.Animation;
import latent4j.plot.Charts;
import latent4j.plot.Figure;
import latent4j.plot.Images;
import latent4j.study.Onlookers;
import latent4j.tensor.Compute;
import latent4j.train.History;
import latent4j.train.LogLines;
import latent4j.train.Run;
import latent4j.train.Watchers;

/**
 * What a notebook needs, in one import:
 *
 * <pre>{@code
 * import static latent4j.notebook.Notebook.*;
 *
 * init();
 * show("64 samples", grid(vae.draw(64, 7)));
 * }</pre>
 *
 * <p>Nothing here throws checked exceptions, and what is thrown says its whole chain of causes, because kernels show
 * only the outermost message.
 */
public final class Notebook {

    private static final long LEAST_HEAP = 1L << 30;

    /** Held here, because java.util.logging forgets the level of a logger that nobody holds. */
    private static final Logger TRIBUO = Logger.getLogger("org.tribuo");

    private static Host prepared;

    private Notebook() {}

    /**
     * Makes this kernel ready: engine, threads, no tracking, no windows, pictures of charts and tables, the live view;
     * and prints one line that says what computes and what only a new start of the kernel can improve. It can be
     * called again, and never throws.
     */
    public static void init() {
        prepare();
        try {
            var compute = Compute.current();
            System.out.println(compute
                    + advice(Runtime.getRuntime().maxMemory(), compute.threads(), System.getenv("OMP_WAIT_POLICY")));
        } catch (Throwable e) { // a native library that does not load is an Error
            System.out.println("The engine does not start: " + explain(e));
        }
    }

    /** All of {@link #init} that neither loads the engine nor prints. */
    static synchronized void prepare() {
        try {
            set("java.awt.headless", "true");
            set("ai.djl.default_engine", Compute.engineSetting());
            set("OPT_OUT_TRACKING", "true");
            TRIBUO.setLevel(Level.WARNING); // it reports every thousand steps on the error stream
            set("LATENT4J_THREADS", Integer.toString(Cores.physical()));
            var host = Host.current();
            if (!host.equals(prepared)) {
                host.register(Rendering.TYPES, Rendering::of);
                Watchers.install(host.isLive() ? LiveView::new : LogLines::new);
                Onlookers.install(host.isLive() ? LiveTable::new : Onlookers::lines);
                if (host.isLive() && prepared == null) {
                    var warmUp = new Thread(LiveView::warmUp, "latent4j-warm-up");
                    warmUp.setDaemon(true);
                    warmUp.setPriority(Thread.MIN_PRIORITY);
                    warmUp.start();
                }
                prepared = host;
            }
        } catch (Throwable e) { // in JJava's extension any throwable would end the kernel
            System.out.println("Latent4J could not prepare this kernel: " + explain(e));
        }
    }

    /**
     * Shows the values below the cell, one after the other: charts, images, {@link Samples}, animations, tables,
     * histories, {@link #tex formulas}, {@link #markdown text}; anything else as its text. A string right before a
     * picture is that picture's caption.
     */
    public static void show(Object... values) {
        if (values == null) {
            return;
        }
        try {
            for (int i = 0; i < values.length; i++) {
                boolean captioned =
                        values[i] instanceof String && i + 1 < values.length && Rendering.takesCaption(values[i + 1]);
                var bundle = captioned ? Rendering.of(values[i + 1], (String) values[i]) : Rendering.of(values[i]);
                Host.current().display(bundle);
                if (captioned) {
                    i++;
                }
            }
        } catch (RuntimeException e) {
            if (e.getCause() == null) {
                throw e;
            }
            throw new IllegalStateException(explain(e), e);
        }
    }

    /** The error with all its causes, the outermost first, in one text. */
    public static String explain(Throwable error) {
        var chain = new ArrayList<String>();
        var seen = new ArrayList<Throwable>();
        for (var e = error; e != null && !seen.contains(e); e = e.getCause()) {
            seen.add(e);
            var message = e.getMessage() == null ? "" : ": " + e.getMessage();
            chain.add(e.getClass().getSimpleName() + message);
        }
        return String.join("\n  caused by ", chain);
    }

    /** Whether this run is only to see that everything works: {@code LATENT4J_SMOKE=1}, as {@code ./lab run --smoke} sets it. */
    public static boolean smoke() {
        return "1".equals(System.getProperty("LATENT4J_SMOKE", System.getenv("LATENT4J_SMOKE")));
    }

    /**
     * What is kept of this notebook's heavy cells, in {@code data/results/NAME}.
     *
     * @param recompute whether what is kept is made anew
     */
    public static Stored stored(String name, boolean recompute) {
        return new Stored(Stored.results(Path.of("")).resolve(name), recompute, smoke());
    }

    /** A formula in TeX, without dollar signs. */
    public static Markup tex(String formula) {
        return new Markup("text/latex", "$$" + formula + "$$");
    }

    /** Text in Markdown. */
    public static Markup markdown(String text) {
        return new Markup("text/markdown", text);
    }

    /** HTML, as it is. */
    public static Markup html(String text) {
        return new Markup("text/html", text);
    }

    /** @see Images#grid(Samples) */
    public static BufferedImage grid(Samples images) {
        return Images.grid(images);
    }

    /** @see Images#grid(Samples, int) */
    public static BufferedImage grid(Samples images, int columns) {
        return Images.grid(images, columns);
    }

    /** @see Images#rows */
    public static BufferedImage rows(Images.Row... rows) {
        return Images.rows(rows);
    }

    /** A row of images for {@link #rows}, its title to the left. */
    public static Images.Row row(String title, Samples images) {
        return new Images.Row(title, images);
    }

    /** @see Images#animation(Samples, double) */
    public static Animation animation(Samples images, double framesPerSecond) {
        return Images.animation(images, framesPerSecond);
    }

    /** @see Images#animation(List, double) */
    public static Animation animation(List<BufferedImage> frames, double framesPerSecond) {
        return Images.animation(frames, framesPerSecond);
    }

    /** @see Images#films */
    public static Animation films(Samples films, double framesPerSecond) {
        return Images.films(films, framesPerSecond);
    }

    /** @see Charts#lossChart(History) */
    public static Figure lossChart(History history) {
        return Charts.lossChart(history);
    }

    /** @see Charts#lossChart(History) */
    public static Figure lossChart(Run run) {
        return Charts.lossChart(run.history());
    }

    /** @see Charts#playersChart(Run) */
    public static Figure playersChart(Run run) {
        return Charts.playersChart(run);
    }

    /** @see Charts#playersChart(History) */
    public static Figure playersChart(History history) {
        return Charts.playersChart(history);
    }

    /** @see Charts#playersChart(History, Map) */
    public static Figure playersChart(History history, Map<String, Double> equilibrium) {
        return Charts.playersChart(history, equilibrium);
    }

    /** @see Charts#scatter(Samples) */
    public static Figure scatter(Samples points) {
        return Charts.scatter(points);
    }

    /** @see Charts#scatter(float[][], int[]) */
    public static Figure scatter(float[][] points, int[] labels) {
        return Charts.scatter(points, labels);
    }

    /** @see Charts#bars */
    public static Figure bars(String axis, Map<String, ? extends Number> values) {
        return Charts.bars(axis, values);
    }

    /** @see Charts#lines */
    public static Figure lines(String xTitle, String yTitle, Charts.Line... lines) {
        return Charts.lines(xTitle, yTitle, lines);
    }

    /** @see Charts#field */
    public static Figure field(String xTitle, String yTitle, double reach, Charts.Flow flow, Charts.Line... paths) {
        return Charts.field(xTitle, yTitle, reach, flow, paths);
    }

    /** A line for {@link #lines}, its name at its end. */
    public static Charts.Line line(String name, double[] x, double[] y) {
        return new Charts.Line(name, x, y);
    }

    /** @see Images#savePng */
    public static void savePng(BufferedImage image, String path) {
        Images.savePng(image, Path.of(path));
    }

    /** @see Images#saveGif */
    public static void saveGif(Animation animation, String path) {
        Images.saveGif(animation, Path.of(path));
    }

    /** Sets what neither the environment nor the command line has set. */
    private static void set(String property, String value) {
        if (System.getProperty(property) == null && System.getenv(property) == null) {
            System.setProperty(property, value);
        }
    }

    /** What only the kernel's environment can change, with the remedy; empty when all is well. */
    static String advice(long heap, int threads, String waitPolicy) {
        var advice = new StringBuilder();
        if (heap < LEAST_HEAP) {
            advice.append("; the heap is only ")
                    .append(heap >> 20)
                    .append(" MiB: start Jupyter with JDK_JAVA_OPTIONS=-Xmx4g in its environment");
        }
        if (threads > 1 && waitPolicy == null) { // threads that spin stall each other when others want the cores too
            advice.append("; far slower while other programs compute:")
                    .append(" start Jupyter with OMP_WAIT_POLICY=PASSIVE in its environment");
        }
        return advice.toString();
    }
}
