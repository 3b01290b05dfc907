package latent4j.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What {@code ./lab study} starts. */
final class StudyCommand {

    private static final int INTERRUPTED = 130;
    private static final int UNUSABLE = 2;

    private StudyCommand() {}

    /** {@code StudyCommand FILE PLACE FOLDER}, and {@code parquet} where tables are wanted as Parquet too. */
    public static void main(String[] arguments) {
        Stopping.interrupts(Thread.currentThread());
        int status;
        try {
            status = run(Path.of(arguments[0]), arguments[1], Path.of(arguments[2]), arguments.length > 3);
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
     * @param parquet whether the tables are written as Parquet too
     * @return 0 where all runs are done, whatever came of them; 130 where it was interrupted
     * @throws IllegalArgumentException if the file is no study or the place none; nothing is written then
     * @throws IllegalStateException if Parquet is wanted and there is no Spark to write it, before anything is run
     */
    static int run(Path file, String place, Path folder, boolean parquet) {
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
        if (parquet) {
            SparkSubmit.requireSpark();
        }
        var left = new StudyFolder(folder).missing(study).size();
        System.out.println(
                study + ": " + study.runs().size() + " runs, " + left + " to be made, " + where + ", in " + folder);
        var studied = study.run(folder, where);
        System.out.println(studied);
        if (!studied.results().isEmpty()) {
            System.out.println("runs.csv and means.csv are in " + folder);
            if (parquet && studied.isComplete()) {
                studied.saveParquet(folder);
                System.out.println("so are runs.parquet and means.parquet");
            }
        }
        return studied.isComplete() ? 0 : INTERRUPTED;
    }
}
