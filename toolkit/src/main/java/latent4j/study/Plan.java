package latent4j.study;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A study's runs in a folder with their places, worked out once: who waits for them looks many times a second. */
record Plan(List<Item> items) {

    /** A run, and where what belongs to it is. */
    record Item(StudyRun run, String name, Path file, Path checkpoints, Path lock) {

        boolean isDone() {
            return Files.isRegularFile(file);
        }
    }

    static Plan of(Study study, StudyFolder folder) {
        return new Plan(study.runs().stream()
                .map(run -> {
                    var name = run.name();
                    return new Item(run, name, folder.file(name), folder.checkpoints(name), folder.lock(name));
                })
                .toList());
    }

    /** What is not done at this moment, in the study's order. */
    List<Item> missing() {
        return items.stream().filter(item -> !item.isDone()).toList();
    }
}
