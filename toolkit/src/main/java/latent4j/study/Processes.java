package latent4j.study;

import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import latent4j.tensor.Require;

/**
 * Processes of this machine's own Java. Where one is killed, its run is made by another, from its checkpoint, and a new process takes
 * its place.
 *
 * @param n how many
 * @param deaths a run that ends its process so often has failed; fewer times it may have been bad luck
 */
record Processes(int n, int deaths) implements Place {

    /** So often a process may be killed before its first run. */
    private static final int STARTS = 20;

    private static final long LEAST_HEAP = 1L << 30;
    private static final long PAUSE = 100; // milliseconds

    Processes(int n) {
        this(n, 5);
    }

    Processes {
        Require.atLeast("n", 1, n);
    }

    /** A process, and what it does. */
    private static final class Hand {
        private final Child child;
        private volatile String run = "";

        Hand(Study study, StudyFolder folder, String classPath, int n) {
            var command = new ArrayList<>(
                    ClassPath.java(Math.max(LEAST_HEAP, Runtime.getRuntime().maxMemory() / n)));
            command.addAll(List.of(
                    Worker.class.getName(), folder.path().toAbsolutePath().toString()));
            var environment = new HashMap<String, String>();
            environment.put("CLASSPATH", classPath);
            environment.put("LATENT4J_THREADS", String.valueOf(study.threads()));
            environment.put("OMP_NUM_THREADS", String.valueOf(study.threads()));
            environment.put("OPT_OUT_TRACKING", "true");
            environment.put("OMP_WAIT_POLICY", System.getenv().getOrDefault("OMP_WAIT_POLICY", "PASSIVE"));
            var log = folder.path().resolve("logs").resolve("worker-" + System.nanoTime() + ".log");
            var line = new JsonParser().parse(study.toJson()).toString();
            child = new Child(command, environment, log, line, said -> {
                if (said.startsWith(Worker.BEGINS)) {
                    run = said.substring(Worker.BEGINS.length());
                }
            });
        }
    }

    @Override
    public void run(Study study, StudyFolder folder, Looking looking) {
        var classPath = ClassPath.current();
        var hands = new ArrayList<Hand>();
        var dead = new HashMap<String, Integer>();
        try {
            var plan = Plan.of(study, folder);
            int missing = plan.missing().size();
            while (missing > 0 && !Thread.currentThread().isInterrupted()) {
                while (hands.size() < Math.min(n, missing)) {
                    hands.add(new Hand(study, folder, classPath, n));
                }
                for (var hand : List.copyOf(hands)) {
                    if (!hand.child.isAlive()) {
                        hands.remove(hand);
                        bury(hand, study, folder, dead, deaths);
                    }
                }
                looking.look();
                try {
                    Thread.sleep(PAUSE);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                missing = plan.missing().size();
            }
        } finally {
            hands.forEach(hand -> hand.child.stop()); // all at once, then wait for each
            hands.forEach(hand -> hand.child.close());
            Folders.delete(folder.path().resolve("logs"));
        }
    }

    private static void bury(Hand hand, Study study, StudyFolder folder, Map<String, Integer> dead, int limit) {
        int status = hand.child.status();
        if (status == 0) {
            return; // nothing was missing any more
        }
        boolean killed = status > 128;
        int times = dead.merge(hand.run, 1, Integer::sum);
        if (status == Worker.UNUSABLE || hand.run.isEmpty() && (!killed || times == STARTS)) {
            throw new IllegalStateException(
                    "a worker process cannot begin, exit status " + status + ": " + hand.child.tail());
        }
        if (!hand.run.isEmpty() && times == limit) {
            var why = "its process ended " + limit + " times, the last time with exit status " + status
                    + (killed ? " (killed, as for want of memory)" : "");
            study.runs().stream()
                    .filter(run -> run.name().equals(hand.run) && !folder.has(run))
                    .forEach(run -> folder.keep(run, run.failed(why)));
        }
    }

    @Override
    public String toString() {
        return "processes:" + n;
    }
}
