package latent4j.study;

import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import latent4j.train.Progress;
import latent4j.train.Watcher;

/** This process, one run after the other. Other processes may work on the same folder at the same time. */
record Here() implements Place {

    private static final long PAUSE = 200; // milliseconds

    @Override
    public void run(Study study, StudyFolder folder, Looking looking) {
        work(study, folder, looking, run -> {});
    }

    /**
     * Makes, one after the other, runs that no other process makes, until none is missing or the thread is interrupted. Where others
     * have all that is missing it waits: should one of them be killed, its run is free again.
     *
     * @param begins is told each run's name before it begins
     */
    static void work(Study study, StudyFolder folder, Looking looking, Consumer<String> begins) {
        var watcher = new Watcher() {
            @Override
            public void stepped(Progress progress) {
                looking.look();
            }
        };
        try {
            var plan = Plan.of(study, folder);
            var missing = plan.missing();
            while (!missing.isEmpty() && !Thread.currentThread().isInterrupted()) {
                boolean idle = true;
                for (var item : missing) {
                    try (var lock = FolderLock.of(item.lock())) {
                        if (!lock.isTaken() && !item.isDone()) {
                            begins.accept(item.name());
                            folder.keep(item.run(), item.run().execute(item.checkpoints(), watcher));
                            idle = false;
                            break; // what comes first in the study's order may have become free meanwhile
                        }
                    }
                }
                looking.look();
                if (idle) {
                    Thread.sleep(PAUSE);
                }
                missing = plan.missing();
            }
        } catch (CancellationException | InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return "here";
    }
}
