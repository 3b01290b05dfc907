package latent4j.study;

/** Where a study's runs are made. All places share the folder, and whichever it is, the results are the same to the bit. */
public interface Place {

    /**
     * Makes what is missing in the folder, and keeps each result in it at once. Returns when nothing is missing or the thread is
     * interrupted, and leaves nothing behind that still computes.
     *
     * @param study what is to be done; its text is in the folder's {@code study.json}
     * @param looking is to be called now and then, to show how far it is
     */
    void run(Study study, StudyFolder folder, Looking looking);

    /** In this process, one run after the other. */
    static Place here() {
        return new Here();
    }

    /** In so many processes on this machine, each with one run at a time. */
    static Place processes(int n) {
        return new Processes(n);
    }

    /**
     * On a Spark cluster, by {@code spark-submit}.
     *
     * @param master such as {@code spark://host:7077}, {@code yarn} or {@code k8s://…}
     */
    static Place spark(String master) {
        return new Spark(master);
    }

    /**
     * The place of a word: {@code here}, {@code processes:4}, or a Spark master such as {@code spark://host:7077}.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Place of(String word) {
        if (word.equals("here")) {
            return here();
        } else if (word.matches("processes:[1-9]\\d{0,3}")) {
            return processes(Integer.parseInt(word.substring("processes:".length())));
        } else if (SparkSubmit.isMaster(word)) {
            return spark(word);
        }
        throw new IllegalArgumentException(
                "a place is here, processes:N or spark://HOST:PORT (or yarn, k8s://…), got '" + word + "'");
    }
}
