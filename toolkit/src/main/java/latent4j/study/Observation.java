package latent4j.study;

/** What the doctor saw when looking for one sign. */
public sealed interface Observation {

    /** What was looked for, such as {@code posterior collapse}. */
    String sign();

    /**
     * The sign is there.
     *
     * @param evidence the numbers that show it
     * @param advice what to try next
     */
    record Found(String sign, String evidence, String advice) implements Observation {}

    /**
     * The sign is not there.
     *
     * @param evidence the numbers that speak against it
     */
    record Clear(String sign, String evidence) implements Observation {}

    /**
     * It could not be looked for.
     *
     * @param reason why, and what would help
     */
    record Unseen(String sign, String reason) implements Observation {}
}
