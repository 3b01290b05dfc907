package latent4j.study;

import latent4j.tensor.Require;

/**
 * Processes of this machine's own Java.
 *
 * @param n how many
 */
record Processes(int n) implements Place {

    Processes {
        Require.atLeast("n", 1, n);
    }

    @Override
    public void run(Study study, StudyFolder folder, Looking looking) {
        throw new UnsupportedOperationException("comes with the next commit");
    }

    @Override
    public String toString() {
        return "processes:" + n;
    }
}
