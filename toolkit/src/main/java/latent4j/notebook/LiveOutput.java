package latent4j.notebook;

import java.util.function.Supplier;

/** One output of a cell that is drawn again and again in its place. */
final class LiveOutput {

    private final String whatStops;
    private final Supplier<Host> hosts;

    private Host host;
    private String id;
    private boolean broken;

    /** @param whatStops what the reader is told where it fails, such as «The live table stops, the comparison goes on» */
    LiveOutput(String whatStops, Supplier<Host> hosts) {
        this.whatStops = whatStops;
        this.hosts = hosts;
    }

    /** An output that fails must not end hours of training: it is told once, and no more is shown. */
    void show(Supplier<Bundle> picture) {
        if (broken) {
            return;
        }
        try {
            var bundle = picture.get();
            if (id == null) {
                host = hosts.get();
                id = host.display(bundle);
            } else {
                host.update(id, bundle);
            }
        } catch (RuntimeException e) {
            broken = true;
            System.out.println(whatStops + ": " + Notebook.explain(e));
        }
    }
}
