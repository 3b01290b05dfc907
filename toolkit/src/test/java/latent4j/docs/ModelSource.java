package latent4j.docs;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.EndElementTree;
import com.sun.source.doctree.EntityTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.doctree.StartElementTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SimpleDocTreeVisitor;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;

/**
 * What the source of a record says, read by the compiler's own parser.
 *
 * @param description the javadoc's paragraphs, as Markdown
 * @param settings what it says of each component, by name, as Markdown
 * @param factories its public static methods that make one, such as {@code mlp(shape, latent)}, with what they say first
 * @param lines how many lines of code it has from its name to its end, without comments and blank lines
 */
public record ModelSource(
        Path file, List<String> description, Map<String, String> settings, Map<String, String> factories, long lines) {

    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final Map<Class<?>, ModelSource> READ = new HashMap<>();

    /** The source of a record that stands in a file of its own. */
    public static ModelSource of(Class<?> type) {
        return READ.computeIfAbsent(type, ModelSource::read);
    }

    private static ModelSource read(Class<?> type) {
        var file = SOURCES.resolve(type.getName().replace('.', '/') + ".java");
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, Locale.ROOT, null)) {
            var task = (JavacTask) compiler.getTask(null, files, null, null, null, files.getJavaFileObjects(file));
            var unit = task.parse().iterator().next();
            var record = (ClassTree) unit.getTypeDecls().get(0);
            return read(file, DocTrees.instance(task), unit, record);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ModelSource read(Path file, DocTrees trees, CompilationUnitTree unit, ClassTree record) {
        var path = TreePath.getPath(unit, record);
        var comment = trees.getDocCommentTree(path);
        var settings = new LinkedHashMap<String, String>();
        for (var tag : comment.getBlockTags()) {
            if (tag instanceof ParamTree parameter) {
                settings.put(parameter.getName().toString(), markdown(parameter.getDescription()));
            }
        }
        var factories = new LinkedHashMap<String, String>();
        for (var member : record.getMembers()) {
            if (member instanceof MethodTree method && makes(method, record)) {
                var said = trees.getDocCommentTree(new TreePath(path, method));
                factories.put(
                        call(method),
                        said == null ? "" : sentence(paragraphs(said).get(0)));
            }
        }
        return new ModelSource(file, paragraphs(comment), settings, factories, lines(trees, unit, record));
    }

    private static boolean makes(MethodTree method, ClassTree record) {
        return method.getModifiers().getFlags().containsAll(Set.of(Modifier.PUBLIC, Modifier.STATIC))
                && method.getReturnType()
                        .toString()
                        .equals(record.getSimpleName().toString())
                && !method.getName().contentEquals("small");
    }

    private static String call(MethodTree method) {
        return method.getName()
                + method.getParameters().stream()
                        .map(parameter -> parameter.getName().toString())
                        .collect(Collectors.joining(", ", "(", ")"));
    }

    /** Lines on which some part of the code begins or ends. */
    private static long lines(DocTrees trees, CompilationUnitTree unit, ClassTree record) {
        var positions = trees.getSourcePositions();
        var lines = new TreeSet<Long>();
        new TreeScanner<Void, Void>() {
            @Override
            public Void scan(Tree tree, Void nothing) {
                if (tree != null) {
                    for (long at :
                            new long[] {positions.getStartPosition(unit, tree), positions.getEndPosition(unit, tree)}) {
                        if (at >= 0) {
                            lines.add(unit.getLineMap().getLineNumber(at));
                        }
                    }
                }
                return super.scan(tree, nothing);
            }
        }.scan(record, null);
        return lines.size();
    }

    /** The first sentence. */
    String summary() {
        return sentence(description.get(0));
    }

    /** What stands in the first brackets with a year in them: the paper. */
    String paper() {
        var text = summary();
        for (int from = text.indexOf('('); from >= 0; from = text.indexOf('(', from + 1)) {
            var inside = text.substring(from + 1, closing(text, from));
            if (inside.matches(".*\\b(19|20)\\d\\d\\b.*")) {
                return inside;
            }
        }
        return "";
    }

    private static int closing(String text, int opening) {
        int depth = 0;
        for (int i = opening; i < text.length(); i++) {
            depth += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return text.length();
    }

    /** Up to the first full stop that a new sentence follows: «et al. 2017» goes on. */
    private static String sentence(String text) {
        for (int end = text.indexOf(". "); end >= 0; end = text.indexOf(". ", end + 1)) {
            char next = text.charAt(end + 2);
            if (!Character.isDigit(next) && !Character.isLowerCase(next)) {
                return text.substring(0, end + 1);
            }
        }
        return text;
    }

    private static List<String> paragraphs(DocCommentTree comment) {
        return List.of(markdown(comment.getFullBody()).split("\n\n"));
    }

    private static String markdown(List<? extends DocTree> trees) {
        var text = new StringBuilder();
        trees.forEach(tree -> tree.accept(
                new SimpleDocTreeVisitor<Void, Void>() {
                    @Override
                    public Void visitText(TextTree tree, Void nothing) {
                        return add(tree.getBody().replaceAll("\\s+", " "));
                    }

                    @Override
                    public Void visitLiteral(LiteralTree tree, Void nothing) {
                        return add("`" + tree.getBody().getBody().strip().replaceAll("\\s+", " ") + "`");
                    }

                    @Override
                    public Void visitLink(LinkTree tree, Void nothing) {
                        return add(
                                tree.getLabel().isEmpty()
                                        ? "`"
                                                + tree.getReference()
                                                        .getSignature()
                                                        .replaceFirst("^#", "") + "`"
                                        : markdown(tree.getLabel()));
                    }

                    @Override
                    public Void visitStartElement(StartElementTree tree, Void nothing) {
                        return add(
                                switch (tree.getName().toString()) {
                                    case "p" -> "\n\n";
                                    case "li" -> "\n* ";
                                    case "ul", "ol" -> "\n";
                                    default -> throw unknown(tree);
                                });
                    }

                    @Override
                    public Void visitEndElement(EndElementTree tree, Void nothing) {
                        return null;
                    }

                    @Override
                    public Void visitEntity(EntityTree tree, Void nothing) {
                        return add(tree.toString());
                    }

                    @Override
                    protected Void defaultAction(DocTree tree, Void nothing) {
                        throw unknown(tree);
                    }

                    private Void add(String more) {
                        text.append(more);
                        return null;
                    }

                    private IllegalArgumentException unknown(DocTree tree) {
                        return new IllegalArgumentException("no Markdown is known for " + tree);
                    }
                },
                null));
        return text.toString().strip();
    }
}
