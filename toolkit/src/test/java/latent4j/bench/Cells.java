package latent4j.bench;

import java.util.List;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SourceCodeAnalysis.Completeness;

/** Runs a notebook's cells in this process, as a Java kernel does. */
final class Cells {

    private static final List<String> IMPORTS = List.of(
            "import java.nio.file.*;",
            "import latent4j.data.*;",
            "import latent4j.model.*;",
            "import latent4j.model.gan.*;",
            "import latent4j.model.vae.*;",
            "import latent4j.nn.*;",
            "import latent4j.train.*;");

    private final JShell shell = JShell.builder().executionEngine("local").build();

    Cells() {
        shell.addToClasspath(System.getProperty("java.class.path"));
        IMPORTS.forEach(this::run);
    }

    /** Runs all snippets of the cell. */
    void run(String cell) {
        value(cell);
    }

    /** Runs a cell that makes {@code data}, and writes its records as float32 into a file, for the peer. */
    void makeData(String cell, String file) {
        run(cell);
        run("latent4j.bench.RawFile.write(data.train(), Path.of(\"" + file + "\"));");
    }

    /** Leaves of {@code data} its first records, so that epochs are short; the whole is {@code whole}. */
    void shorten(int records, int heldOut) {
        run("var whole = data;");
        var shorter = "data = new Dataset(whole.name(), whole.train().head(%d),"
                + " whole.test().head(Math.min(%d, whole.test().size())));";
        run(shorter.formatted(records, heldOut));
    }

    /** The value of the cell's last snippet, as text. */
    String value(String cell) {
        var rest = cell;
        String value = null;
        while (!rest.isBlank()) {
            var next = shell.sourceCodeAnalysis().analyzeCompletion(rest);
            if (next.completeness() == Completeness.DEFINITELY_INCOMPLETE || next.source() == null) {
                throw new IllegalArgumentException("not a whole cell: " + cell);
            }
            var events = shell.eval(next.source());
            // Each time JShell installs one that is silent, and what ends this process would not be said.
            Thread.setDefaultUncaughtExceptionHandler((thread, fault) -> fault.printStackTrace());
            for (var event : events) {
                if (event.exception() != null) {
                    throw new IllegalStateException("the cell failed: " + cell, event.exception());
                }
                if (event.status() == Snippet.Status.REJECTED) {
                    var faults = shell.diagnostics(event.snippet())
                            .map(fault -> fault.getMessage(null))
                            .toList();
                    throw new IllegalArgumentException("the cell does not compile: " + cell + "\n" + faults);
                }
                value = event.value();
            }
            rest = next.remaining();
        }
        return value;
    }
}
