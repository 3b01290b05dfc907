package latent4j.notebook;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Where outputs go: one of the two kernel families, or a terminal. */
interface Host {

    /** Shows an output and returns the id under which it can be exchanged. */
    String display(Bundle bundle);

    /** Exchanges an output that was shown before. */
    void update(String id, Bundle bundle);

    /** Has values of these types, at the end of a cell, shown as {@code rendering} says. */
    void register(List<Class<?>> types, Function<Object, Bundle> rendering);

    /** Whether an output can be exchanged in place. */
    default boolean isLive() {
        return true;
    }

    /** The host of this process now. */
    static Host current() {
        return present(JJavaHost::running).or(() -> present(IJavaHost::running)).orElse(Terminal.INSTANCE);
    }

    /** A kernel's classes are absent in the other kernel, and only then linking them fails. */
    private static Optional<Host> present(Supplier<Optional<Host>> kernel) {
        try {
            return kernel.get();
        } catch (LinkageError absent) {
            return Optional.empty();
        }
    }
}
