package latent4j.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What {@code ./lab study} starts. */
final class StudyCommand {

    private static final int INTERRUPTED = 130;
    private static final int UNUSABLE = 2;

    private StudyCommand() {}

    /** {@code StudyCommand FILE PLACE FOLDER}. */
    public static void main(String[] arguments) {
        Stopping.interrupts(Thread.currentThread());
        int status;
        try {
            status = run(Path.of(arguments[0]), arguments[1], Path.of(arguments[2]));
        } catch (IllegalArgumentException | IllegalStateException e) {
            System.err.println(e.getMessage());
            status = UNUSABLE;
        }
        System.out.flush();
        Runtime.getRuntime().halt(status); // not exit, which waits for this thread while it stops
    }

    /**
     * Runs the study of a file and prints what came of it.
     *
     * @return 0 where all runs are done, whatever came of them; 130 where it was interrupted
     * @throws IllegalArgumentException if the file is no study or the place none; nothing is written then
     */
    static int run(Path file, String place, Path folder) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("there is no file " + file + "; study.toJson() in Java is one's text");
        }
        Study study;
        try {
            study = Study.fromJson(Files.readString(file));
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
        var where = Place.of(place);
        var left = new StudyFolder(folder).missing(study).size();
        System.out.println(
                study + ": " + study.runs().size() + " runs, " + left + " to be made, " + where + ", in " + folder);
        var studied = study.run(folder, where);
        System.out.println(studied);
        if (!studied.results().isEmpty()) {
            System.out.println("runs.csv and means.csv are in " + folder);
        }
        return studied.isComplete() ? 0 : INTERRUPTED;
    }
}
