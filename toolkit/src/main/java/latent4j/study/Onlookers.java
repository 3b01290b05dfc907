package latent4j.study;

import java.util.function.Supplier;

/** Who looks on when a comparison runs: lines, or in a notebook the live table. */
public final class Onlookers {

    private static volatile Supplier<Onlooker> supplier = () -> standing -> System.out.println(standing);

    private Onlookers() {}

    /** From now on each comparison is watched by one of these. */
    public static void install(Supplier<Onlooker> onlookers) {
        supplier = onlookers;
    }

    /** An onlooker for one comparison. */
    public static Onlooker current() {
        return supplier.get();
    }
}
