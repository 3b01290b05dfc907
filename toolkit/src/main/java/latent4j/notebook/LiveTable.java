package latent4j.notebook;

import java.util.function.LongSupplier;
import java.util.function.Supplier;
import latent4j.plot.Tables;
import latent4j.study.Onlooker;
import latent4j.study.Standing;

/** One output that follows a comparison or a study in place: how far it is, and the table as it grows; at most once a second. */
final class LiveTable implements Onlooker {

    private static final double EVERY = 1;

    private final Supplier<Host> hosts;
    private final LongSupplier nanoseconds;

    private Host host;
    private String id;
    private double drawn = Double.NEGATIVE_INFINITY;
    private boolean broken;
    private String chart = ""; // drawn when a run is done, and not each second

    LiveTable() {
        this(Host::current, System::nanoTime);
    }

    LiveTable(Supplier<Host> hosts, LongSupplier nanoseconds) {
        this.hosts = hosts;
        this.nanoseconds = nanoseconds;
    }

    @Override
    public void done(Standing standing) {
        chart = standing.done() == standing.all() ? "" : html(standing);
        draw(standing);
    }

    @Override
    public void going(Standing standing) {
        // the kernel's sockets fail on an interrupted thread; all is about to end
        if (now() - drawn >= EVERY && !Thread.currentThread().isInterrupted()) {
            draw(standing);
        }
    }

    /** An output that fails must not end hours of training: it is told once, and no more is shown. */
    private void draw(Standing standing) {
        if (broken) {
            return;
        }
        try {
            var bundle = bundle(standing);
            if (id == null) {
                host = hosts.get();
                id = host.display(bundle);
            } else {
                host.update(id, bundle);
            }
        } catch (RuntimeException e) {
            broken = true;
            System.out.println("The live table stops, the runs go on: " + Notebook.explain(e));
        }
        drawn = now();
    }

    private String html(Standing standing) {
        try {
            return standing.chart()
                    .map(figure -> Rendering.of(figure).data().get("text/html").toString())
                    .orElse("");
        } catch (RuntimeException e) {
            return ""; // the table goes on without it
        }
    }

    private Bundle bundle(Standing standing) {
        boolean over = standing.done() == standing.all();
        // when all is done the result itself is shown, and the same table twice would be one too many
        var table = over || standing.table().isEmpty() ? "" : Tables.html(standing.table());
        return Bundle.of(
                "text/html",
                "<p><progress style=\"width:100%\" max=\"" + standing.all() + "\" value=\"" + standing.share()
                        + "\"></progress><br>" + Tables.escape(standing.toString()) + "</p>" + table + chart,
                standing.toString());
    }

    private double now() {
        return nanoseconds.getAsLong() / 1e9;
    }
}
