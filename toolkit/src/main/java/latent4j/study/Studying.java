package latent4j.study;

/** One study while it runs. */
final class Studying {

    private final Study study;
    private final StudyFolder folder;
    private final Place place;

    Studying(Study study, StudyFolder folder, Place place) {
        this.study = study;
        this.folder = folder;
        this.place = place;
    }

    Studied run() {
        study.runs(); // refuses before anything is written
        folder.write(study);
        folder.measure(study);
        place.run(study, folder, () -> {});
        return folder.read(study);
    }
}
