package latent4j.notebook;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.TextLayout;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import latent4j.model.Translator;
import latent4j.plot.Charts;
import latent4j.plot.Images;
import latent4j.plot.Palette;
import latent4j.train.History;
import latent4j.train.LogLines;
import latent4j.train.Progress;
import latent4j.train.Watcher;

/**
 * One output that follows a training in place: the loss chart, samples from the model, how far it is.
 *
 * <p>It is drawn at most four times a second, and so seldom that drawing, samples included, takes at most a twentieth
 * of the training's time; the first and the last picture come on top. Its size never changes, so that the page
 * does not jump. While training it is drawn with one pixel to a pixel of the page, at the end with two.
 */
public final class LiveView implements Watcher {

    static final int WIDTH = 880;
    static final int HEIGHT = 350;

    private static final int PICTURE = 300;
    private static final int BAR = 36;
    private static final double SHARE = 0.05;
    private static final double SHORTEST = 0.25;
    private static final double SAMPLES_EVERY = 3;
    private static final long SAMPLES_SEED = 7;

    private final Supplier<Host> hosts;
    private final LongSupplier nanoseconds;

    private LiveOutput output;
    private double began;
    private double spent;
    private double cost;
    private double drawn;
    private double sampled;
    private Consumer<Graphics2D> samples;

    public LiveView() {
        this(Host::current, System::nanoTime);
    }

    LiveView(Supplier<Host> hosts, LongSupplier nanoseconds) {
        this.hosts = hosts;
        this.nanoseconds = nanoseconds;
    }

    @Override
    public void started(Progress progress) {
        output = new LiveOutput("The live view stops, the training goes on", hosts);
        samples = null;
        sampled = Double.NEGATIVE_INFINITY;
        draw(progress, false, 1);
        began = drawn = now();
        spent = 0;
        // the first picture loads fonts and classes; it says nothing about the next ones
        cost = 0.03;
    }

    @Override
    public void stepped(Progress progress) {
        if (isDue()) {
            draw(progress, now() - sampled >= SAMPLES_EVERY, 1);
        }
    }

    @Override
    public void epochEnded(Progress progress) {
        if (isDue()) {
            draw(progress, true, 1);
        }
    }

    @Override
    public void ended(Progress progress) {
        draw(progress, true, 2);
    }

    /**
     * Draws a few pictures that nobody sees. The first ones in a process take ten times as long as later ones (fonts,
     * classes, the just-in-time compiler), and a training's budget for pictures would pay for that.
     */
    static void warmUp() {
        var history = new History();
        for (int i = 0; i < 1000; i++) {
            history.add("warm-up", "", false, i / 1000.0, Math.sin(i));
        }
        var view = new LiveView(() -> Terminal.INSTANCE, System::nanoTime);
        for (int i = 0; i < 8; i++) {
            view.picture(new Progress(null, history, 0, 1, i, 8, 0, 0, Progress.State.RUNNING), i % 2 + 1);
        }
    }

    private boolean isDue() {
        double now = now();
        return now - drawn >= SHORTEST
                && spent + cost <= SHARE * (now - began)
                // the kernel's sockets fail on an interrupted thread; the trainer is about to end
                && !Thread.currentThread().isInterrupted();
    }

    private void draw(Progress progress, boolean freshSamples, int scale) {
        double start = now();
        output.show(() -> {
            if (freshSamples) {
                samples = samples(progress);
                sampled = start;
            }
            return picture(progress, scale);
        });
        drawn = now();
        cost = drawn - start;
        spent += cost;
    }

    private Bundle picture(Progress progress, int scale) {
        var image = new BufferedImage(WIDTH * scale, HEIGHT * scale, BufferedImage.TYPE_INT_RGB);
        var g = image.createGraphics();
        g.scale(scale, scale);
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, WIDTH, HEIGHT);
        boolean pictured = isPictured(progress) && (isImages(progress) || isPoints(progress));
        var chart = Charts.lossChart(progress.history(), progress.epochs(), 2)
                .size(WIDTH - (pictured ? PICTURE + 10 : 0), HEIGHT - BAR);
        chart.paint(g);
        if (samples != null) {
            var box = (Graphics2D) g.create(WIDTH - PICTURE, 8, PICTURE, PICTURE);
            samples.accept(box);
            box.dispose();
        }
        var bar = (Graphics2D) g.create(0, HEIGHT - BAR, WIDTH, BAR);
        var status = bar(bar, progress);
        bar.dispose();
        g.dispose();
        return Rendering.picture(
                Images.png(image), WIDTH, HEIGHT, status + "; " + chart.alternative(), caption(progress));
    }

    private static String caption(Progress progress) {
        if (progress.model() == null) {
            return "";
        }
        var name = progress.model().getClass().getSimpleName();
        boolean pictured = isPictured(progress) && (isImages(progress) || isPoints(progress));
        return (name.isEmpty() ? "The model" : name) + " while it learns: what it minimises"
                + (pictured ? ", and what it draws from one seed." : ".");
    }

    /** Draws how far the training is, and says it. */
    private static String bar(Graphics2D g, Progress progress) {
        double share = progress.steps() == 0 ? 1 : Math.min(1, (double) progress.step() / progress.steps());
        boolean asked = progress.state() == Progress.State.RUNNING || progress.state() == Progress.State.FINISHED;
        g.setColor(Palette.GRID);
        g.fill(new RoundRectangle2D.Double(10, 4, WIDTH - 20, 7, 7, 7));
        g.setColor(asked ? Palette.of(0) : Palette.of(6));
        if (share > 0) {
            g.fill(new RoundRectangle2D.Double(10, 4, Math.max(7, (WIDTH - 20) * share), 7, 7, 7));
        }
        var font = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
        var left = LogLines.outcome(progress);
        g.setColor(Palette.INK);
        new TextLayout(left, font, g.getFontRenderContext()).draw(g, 10, 28);
        var right = LogLines.speed(progress);
        if (!right.isEmpty()) {
            var text = new TextLayout(right, font, g.getFontRenderContext());
            text.draw(g, WIDTH - 10 - text.getAdvance(), 28);
        }
        return right.isEmpty() ? left : left + ", " + right;
    }

    private static boolean isPictured(Progress progress) {
        return progress.model() != null && !(progress.model() instanceof Translator);
    }

    private static boolean isImages(Progress progress) {
        var shape = progress.model().shape();
        return shape.dimension() == 3 && (shape.get(0) == 1 || shape.get(0) == 3);
    }

    private static boolean isPoints(Progress progress) {
        return progress.model().shape().dimension() == 1
                && progress.model().shape().get(0) == 2;
    }

    /** Samples from the model as it is now, from one seed so that they can be compared, ready to be drawn. */
    private static Consumer<Graphics2D> samples(Progress progress) {
        if (!isPictured(progress)) {
            return null;
        } else if (isPoints(progress)) {
            var points = progress.model().draw(500, SAMPLES_SEED);
            return g -> Charts.scatter(points).size(PICTURE, PICTURE).paint(g);
        } else if (!isImages(progress)) {
            return null;
        }
        int height = (int) progress.model().shape().get(1);
        int width = (int) progress.model().shape().get(2);
        int enlarged = Math.max(1, Math.min(PICTURE / 5 / width, PICTURE / 5 / height));
        int columns = Math.max(1, PICTURE / (width * enlarged + 2));
        int rows = Math.max(1, PICTURE / (height * enlarged + 2));
        var grid = Images.grid(progress.model().draw(columns * rows, SAMPLES_SEED), columns, enlarged);
        double page =
                Math.min(1.0 / Images.scale(grid), (double) PICTURE / Math.max(grid.getWidth(), grid.getHeight()));
        return g -> g.drawImage(
                grid,
                PICTURE - 10 - (int) (grid.getWidth() * page),
                0,
                (int) (grid.getWidth() * page),
                (int) (grid.getHeight() * page),
                null);
    }

    private double now() {
        return nanoseconds.getAsLong() / 1e9;
    }
}
