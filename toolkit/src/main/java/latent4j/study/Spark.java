package latent4j.study;

/**
 * A Spark cluster.
 *
 * @param master its address, as {@code spark-submit} takes it
 */
record Spark(String master) implements Place {

    @Override
    public void run(Study study, StudyFolder folder, Looking looking) {
        throw new UnsupportedOperationException("comes with the Spark module");
    }

    @Override
    public String toString() {
        return master;
    }
}
