package latent4j.train;

/** How fast batches pass: over all, and over the recent past. */
final class Speed {

    private static final double MEMORY_SECONDS = 3;

    private final long start = System.nanoTime();
    private long last = start;
    private double secondsPerStep = Double.NaN;

    void stepped() {
        long now = System.nanoTime();
        double seconds = (now - last) * 1e-9;
        last = now;
        double weight = Double.isNaN(secondsPerStep) ? 1 : Math.min(1, seconds / MEMORY_SECONDS + 0.01);
        secondsPerStep = Double.isNaN(secondsPerStep) ? seconds : secondsPerStep + weight * (seconds - secondsPerStep);
    }

    double seconds() {
        return (System.nanoTime() - start) * 1e-9;
    }

    double stepsPerSecond() {
        return Double.isNaN(secondsPerStep) ? 0 : 1 / secondsPerStep;
    }
}
