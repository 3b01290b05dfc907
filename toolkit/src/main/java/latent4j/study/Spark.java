package latent4j.study;

import java.util.List;

/**
 * A Spark cluster. Its driver is a process of its own, which ends with this one; what it has is in the folder.
 *
 * @param master its address, as {@code spark-submit} takes it
 */
record Spark(String master) implements Place {

    private static final String NOTE = "note: ";

    @Override
    public void run(Study study, StudyFolder folder, Looking looking) {
        if (folder.missing(study).isEmpty()) {
            return;
        }
        SparkSubmit.run(
                master,
                "latent4j.spark.Driver",
                List.of(
                        folder.write(study).toAbsolutePath().toString(),
                        folder.path().toAbsolutePath().toString()),
                study.threads(),
                line -> {
                    if (line.startsWith(NOTE)) {
                        System.err.println(line.substring(NOTE.length()));
                    }
                },
                looking::look);
    }

    @Override
    public String toString() {
        return master;
    }
}
