package latent4j.notebook;

import java.util.function.LongSupplier;
import java.util.function.Supplier;
import latent4j.plot.Tables;
import latent4j.study.Onlooker;
import latent4j.study.Standing;

/** One output that follows a comparison in place: how far it is, and the table as it grows; at most once a second. */
final class LiveTable implements Onlooker {

    private static final double EVERY = 1;

    private final LiveOutput output;
    private final LongSupplier nanoseconds;

    private double drawn = Double.NEGATIVE_INFINITY;

    LiveTable() {
        this(Host::current, System::nanoTime);
    }

    LiveTable(Supplier<Host> hosts, LongSupplier nanoseconds) {
        this.output = new LiveOutput("The live table stops, the comparison goes on", hosts);
        this.nanoseconds = nanoseconds;
    }

    @Override
    public void done(Standing standing) {
        draw(standing);
    }

    @Override
    public void going(Standing standing) {
        // the kernel's sockets fail on an interrupted thread; the comparison is about to end
        if (now() - drawn >= EVERY && !Thread.currentThread().isInterrupted()) {
            draw(standing);
        }
    }

    private void draw(Standing standing) {
        output.show(() -> bundle(standing));
        drawn = now();
    }

    private static Bundle bundle(Standing standing) {
        boolean over = standing.done() == standing.all();
        // when all is done the result itself is shown, and the same table twice would be one too many
        var table =
                over || standing.done() == 0 ? "" : Tables.html(standing.soFar().toTable());
        return Bundle.of(
                "text/html",
                "<p><progress style=\"width:100%\" max=\"" + standing.all() + "\" value=\"" + share(standing)
                        + "\"></progress><br>" + Tables.escape(standing.toString()) + "</p>" + table,
                standing.toString());
    }

    /** Runs done, with the part of the one that is going on. */
    private static double share(Standing standing) {
        return standing.done()
                + standing.training()
                        .map(p -> p.steps() == 0 ? 0 : (double) p.step() / p.steps())
                        .orElse(0.0);
    }

    private double now() {
        return nanoseconds.getAsLong() / 1e9;
    }
}
