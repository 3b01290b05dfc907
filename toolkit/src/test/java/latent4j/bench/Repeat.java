package latent4j.bench;

import latent4j.tensor.Compute;

/** Runs an expression of a notebook again and again, in rounds. */
public final class Repeat {

    private static final double WARM_UP = 2; // seconds

    /** What is repeated; a cell sets it. */
    public static Runnable action;

    private Repeat() {}

    /** @param arguments cells, then the expression that is repeated */
    public static void main(String[] arguments) {
        var cells = new Cells();
        for (int i = 0; i < arguments.length - 1; i++) {
            cells.run(arguments[i]);
        }
        cells.run("latent4j.bench.Repeat.action = () -> " + arguments[arguments.length - 1] + ";");
        round(WARM_UP);
        Turns.say("{\"ready\": \"%s\"}", Compute.current());
        var turns = new Turns();
        while (true) {
            Turns.say(round(turns.await()));
        }
    }

    private static String round(double asked) {
        long begun = System.nanoTime();
        int steps = 0;
        double seconds;
        do {
            action.run();
            steps++;
            seconds = (System.nanoTime() - begun) * 1e-9;
        } while (seconds < asked);
        return "{\"steps\": " + steps + ", \"seconds\": " + seconds + "}";
    }
}
