package latent4j.notebook;

import java.util.stream.Collectors;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/** Runs cells as the kernels do, in JShell, but in this process. */
public final class Cells implements AutoCloseable {

    private static Object value;

    private final JShell shell = JShell.builder().executionEngine("local").build();

    Cells() {
        var path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        for (var entry : path.split(System.getProperty("path.separator"))) {
            shell.addToClasspath(entry);
        }
    }

    /** For cells: keeps the value of a cell's last expression. */
    public static void keep(Object last) {
        value = last;
    }

    /** The value of the cell's last expression, or null. */
    Object run(String cell) throws Exception {
        value = null;
        CompletionInfo info;
        for (var rest = cell; !rest.isBlank(); rest = info.remaining()) {
            info = shell.sourceCodeAnalysis().analyzeCompletion(rest);
            if (info.completeness() == Completeness.DEFINITELY_INCOMPLETE || info.source() == null) {
                throw new IllegalArgumentException("incomplete: " + rest);
            }
            value = null;
            for (var event : shell.eval(info.source())) {
                check(event);
                var kind = event.snippet().subKind();
                var name = kind == Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND
                        ? ((jdk.jshell.VarSnippet) event.snippet()).name()
                        : kind == Snippet.SubKind.VAR_VALUE_SUBKIND
                                ? ((jdk.jshell.ExpressionSnippet) event.snippet()).name()
                                : null;
                if (name != null) {
                    shell.eval(Cells.class.getName() + ".keep(" + name + ");").forEach(e -> {});
                }
            }
        }
        return value;
    }

    private void check(SnippetEvent event) throws Exception {
        if (event.status() == Snippet.Status.REJECTED || event.status() == Snippet.Status.RECOVERABLE_DEFINED) {
            throw new IllegalArgumentException(shell.diagnostics(event.snippet())
                            .map(d -> d.getMessage(null))
                            .collect(Collectors.joining("; "))
                    + " in: " + event.snippet().source());
        }
        if (event.exception() instanceof EvalException e) {
            throw new IllegalStateException(e.getExceptionClassName() + ": " + e.getMessage(), e);
        } else if (event.exception() != null) {
            throw event.exception();
        }
    }

    @Override
    public void close() {
        shell.close();
    }
}
