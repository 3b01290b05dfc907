package latent4j.spark;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import latent4j.study.Folders;
import latent4j.study.Study;
import latent4j.study.StudyFolder;
import latent4j.study.StudyResult;
import latent4j.study.StudyRun;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * Makes what is missing of a study, one run a task. Each result is kept in the folder when it arrives: whatever is killed, a
 * further start goes on with what is missing, and long runs from their checkpoints, where the executors see the folder.
 */
public final class Driver {

    private final Study study;
    private final StudyFolder folder;
    private final Map<Integer, Double> overheads = new ConcurrentHashMap<>();
    private final Map<Integer, Double> seconds = new ConcurrentHashMap<>();
    private int kept;

    private Driver(Study study, StudyFolder folder) {
        this.study = study;
        this.folder = folder;
    }

    /**
     * Runs a study.
     *
     * @param arguments the study's file and the folder of its results, both where the driver sees them
     */
    public static void main(String[] arguments) {
        Program.run(
                "study", () -> new Driver(read(Path.of(arguments[0])), new StudyFolder(Path.of(arguments[1])))::run);
    }

    /** The study of a file. */
    static Study read(Path file) {
        try {
            return Study.fromJson(Files.readString(file));
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read the study " + file + ": " + e, e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the study " + file + ": " + e.getMessage(), e);
        }
    }

    private void run(SparkSession spark) {
        var missing = folder.missing(study);
        if (missing.isEmpty()) {
            System.out.println("nothing is missing");
            return;
        }
        var folderHere = folder.path().toAbsolutePath().normalize();
        var sign = folderHere.resolve(".driver");
        try {
            var word = UUID.randomUUID().toString();
            Files.createDirectories(folderHere);
            Files.writeString(sign, word);
            run(spark, missing, new Task(Executors.Toolkit.here(), folderHere.toString(), sign.toString(), word));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write in " + folderHere + ": " + e, e);
        }
    }

    private void run(SparkSession spark, List<StudyRun> missing, Task task) {
        var context = spark.sparkContext();
        context.addSparkListener(new SparkListener() {
            @Override
            public void onTaskEnd(SparkListenerTaskEnd end) {
                var info = end.taskInfo();
                if (info.successful()) {
                    overheads.put(info.index(), info.duration() / 1e3);
                }
            }
        });
        long start = System.nanoTime();
        var texts = missing.stream().map(StudyRun::toJson).toList();
        var rows = JavaSparkContext.fromSparkContext(context).parallelize(texts, texts.size());
        var partitions = new ArrayList<Object>();
        for (int i = 0; i < texts.size(); i++) {
            partitions.add(i);
        }
        context.runJob(
                rows.rdd(),
                task,
                CollectionConverters.asScala(partitions).toSeq(),
                new AbstractFunction2<Object, Answer, BoxedUnit>() {
                    @Override
                    public BoxedUnit apply(Object index, Answer answer) {
                        keep((Integer) index, missing.get((Integer) index), answer, missing.size());
                        return BoxedUnit.UNIT;
                    }
                },
                ClassTag$.MODULE$.apply(Answer.class));
        say(missing.size(), (System.nanoTime() - start) / 1e9);
    }

    /** Called as each task ends, on the scheduler's one thread; an error of ours ends the job. */
    private void keep(int index, StudyRun run, Answer answer, int all) {
        if (answer.fault != null) {
            throw new IllegalStateException("an executor cannot make a run (" + run + "): " + answer.fault);
        }
        if (answer.result != null) {
            folder.keep(run, answer.result);
        }
        var result = StudyResult.read(answer.result != null ? answer.result : stored(run));
        seconds.put(index, answer.result != null ? result.seconds() : Double.NaN);
        System.out.printf(
                "%d of %d: %s: %s%n", ++kept, all, run, result.state().name().toLowerCase(Locale.ROOT));
    }

    private byte[] stored(StudyRun run) {
        try {
            return Files.readAllBytes(folder.file(run));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder.file(run) + ": " + e, e);
        }
    }

    /** What Spark adds to a run: from when the scheduler starts its task until it has the result, without the run itself. */
    private void say(int runs, double wall) {
        var added = new ArrayList<Double>();
        overheads.forEach((index, lasted) -> {
            if (seconds.getOrDefault(index, Double.NaN) >= 0) {
                added.add(lasted - seconds.get(index));
            }
        });
        Collections.sort(added);
        if (!added.isEmpty()) {
            System.out.printf(
                    Locale.ROOT,
                    "note: %d runs in %.1f s; Spark added %.2f s a run (median), %.2f s at most%n",
                    runs,
                    wall,
                    added.get(added.size() / 2),
                    added.get(added.size() - 1));
        }
    }

    /**
     * What an executor has to say of a run.
     *
     * @param result its bytes; nothing, where another process has made it meanwhile
     * @param fault why no run can be made there
     */
    private record Answer(byte[] result, String fault) implements Serializable {

        static Answer result(byte[] result) {
            return new Answer(result, null);
        }

        static Answer fault(String fault) {
            return new Answer(null, fault);
        }
    }

    /** One run, in an executor. */
    private static final class Task extends AbstractFunction2<TaskContext, Iterator<String>, Answer>
            implements Serializable {

        private static final long serialVersionUID = 1;

        /** A run that ends its executor so often has failed; fewer times it may have been bad luck. */
        private static final int DEATHS = 6;

        private final Executors.Toolkit expected;
        private final String folder;
        private final String sign;
        private final String word;

        Task(Executors.Toolkit expected, String folder, String sign, String word) {
            this.expected = expected;
            this.folder = folder;
            this.sign = sign;
            this.word = word;
        }

        @Override
        public Answer apply(TaskContext context, Iterator<String> texts) {
            synchronized (SavedModel.class) { // one at a time, since DJL's engine is one
                try {
                    var fault = Executors.fault(expected);
                    var run = StudyRun.fromJson(texts.next());
                    if (context.attemptNumber() >= DEATHS) {
                        return Answer.result(
                                run.failed("its executor ended " + DEATHS + " times, as for want of memory"));
                    }
                    return fault.map(Answer::fault)
                            .orElseGet(() -> Answer.result(seesTheFolder() ? inTheFolder(run) : apart(run)));
                } catch (CancellationException e) {
                    throw e; // Spark has asked for it
                } catch (RuntimeException e) {
                    e.printStackTrace();
                    return Answer.fault(e.getMessage() == null ? e.toString() : e.getMessage());
                }
            }
        }

        private boolean seesTheFolder() {
            try {
                return Files.readString(Path.of(sign)).equals(word);
            } catch (IOException e) {
                return false; // a machine that does not share it
            }
        }

        /** With checkpoints that the next executor finds. Nothing, where another process has made it meanwhile. */
        private byte[] inTheFolder(StudyRun run) {
            var results = new StudyFolder(Path.of(folder));
            while (true) {
                try (var lock = results.lock(run)) {
                    if (!lock.isTaken()) {
                        return results.has(run) ? null : run.execute(results.checkpoints(run));
                    }
                }
                sleep(); // it is another process's, such as an executor's that does not know yet that its driver is
                // gone
            }
        }

        private static byte[] apart(StudyRun run) {
            try {
                var checkpoints = Files.createTempDirectory("latent4j-run-");
                try {
                    return run.execute(checkpoints);
                } finally {
                    Folders.delete(checkpoints);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot make a temporary folder: " + e, e);
            }
        }

        private static void sleep() {
            try {
                Thread.sleep(200);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
    }
}
