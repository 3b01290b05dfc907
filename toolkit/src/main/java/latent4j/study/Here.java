package latent4j.study;

import java.util.concurrent.CancellationException;
import latent4j.train.Progress;
import latent4j.train.Watcher;

/** This process, one run after the other. Another process may work on the same folder at the same time. */
record Here() implements Place {

    @Override
    public void run(Study study, StudyFolder folder, Looking looking) {
        for (var run : folder.missing(study)) {
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            looking.look();
            try (var lock = folder.lock(run)) {
                if (lock.isTaken() || folder.has(run)) {
                    continue;
                }
                folder.keep(run, run.execute(folder.checkpoints(run), new Watcher() {
                    @Override
                    public void stepped(Progress progress) {
                        looking.look();
                    }
                }));
            } catch (CancellationException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Override
    public String toString() {
        return "here";
    }
}
