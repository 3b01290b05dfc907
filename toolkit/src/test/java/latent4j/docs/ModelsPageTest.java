package latent4j.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import latent4j.model.Objective;
import latent4j.model.Variants;
import latent4j.model.Variants.Variant;
import latent4j.model.stabiliser.StabiliserMatrix;
import latent4j.nn.Net;
import latent4j.tensor.WholeFile;
import org.junit.jupiter.api.Test;

/**
 * The page {@code toolkit/MODELS.md} says of every model what its javadoc says. What stands between its marks is made by {@code
 * mvn test -Dtest=ModelsPageTest -Dwrite.pages=true}; this test compares.
 */
class ModelsPageTest {

    private static final Path PAGE = Path.of("MODELS.md");
    private static final Shape IMAGE = new Shape(1, 8, 8);
    private static final String END = "<!-- end -->";

    private static final Map<String, String> FAMILIES = new LinkedHashMap<>();

    static {
        FAMILIES.put("vae", "Autoencoders and VAEs");
        FAMILIES.put("gan", "GANs");
        FAMILIES.put("hybrid", "Hybrids of both");
        FAMILIES.put("translation", "From one picture to another, and in time");
    }

    @Test
    void thePageSaysWhatTheSourcesSay() throws IOException {
        compare("table", table());
        compare(
                "models",
                FAMILIES.keySet().stream()
                        .flatMap(ModelsPageTest::of)
                        .map(ModelsPageTest::section)
                        .collect(Collectors.joining("\n\n")));
    }

    @Test
    void thePageShowsWhichStabilisersGoWithWhichGames() throws IOException {
        compare("stabilisers", StabiliserMatrix.markdown().strip());
    }

    /** Or the page would have nothing to tell. */
    @Test
    void everyModelNamesItsPaperAndItsSettings() {
        var lacking = new ArrayList<String>();
        for (var type : Variants.all()) {
            var source = ModelSource.of(type);
            if (source.paper().isEmpty()) {
                lacking.add(type.getSimpleName() + " names no paper (in brackets) in its first sentence: "
                        + source.summary());
            }
            for (var component : type.getRecordComponents()) {
                if (component.getType().isPrimitive() && !source.settings().containsKey(component.getName())) {
                    lacking.add(type.getSimpleName() + " has no @param " + component.getName());
                }
            }
        }
        assertEquals(List.of(), lacking);
    }

    @Test
    void everyModelBelongsToAFamily() {
        assertEquals(
                Set.copyOf(Variants.all()),
                FAMILIES.keySet().stream().flatMap(ModelsPageTest::of).collect(Collectors.toSet()));
    }

    /** The variants of a package. */
    private static Stream<Class<?>> of(String family) {
        return Variants.all().stream().filter(type -> type.getPackageName().equals("latent4j.model." + family));
    }

    private static String table() {
        var text = new StringBuilder();
        for (var family : FAMILIES.entrySet()) {
            var types = of(family.getKey()).toList();
            if (!types.isEmpty()) {
                text.append("\n**")
                        .append(family.getValue())
                        .append("**\n\n| model | paper | objectives | settings | lines |\n|---|---|---|---|---|\n");
                types.forEach(type -> text.append(row(type)));
            }
        }
        return text.toString().strip();
    }

    private static String row(Class<?> type) {
        var source = ModelSource.of(type);
        var name = type.getSimpleName();
        var objectives =
                objectives(type).stream().map(o -> "`" + o.name() + "`").collect(Collectors.joining(", "));
        var settings = settings(type).map(RecordComponent::getName).collect(Collectors.joining("`, `", "`", "`"));
        return "| [" + name + "](#" + name.toLowerCase(Locale.ROOT) + ") | " + cell(source.paper()) + " | "
                + cell(objectives) + " | " + settings.replace("``", "") + " | " + source.lines() + " |\n";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }

    private static String section(Class<?> type) {
        var source = ModelSource.of(type);
        var text = new StringBuilder("### " + type.getSimpleName() + "\n\n");
        source.description().forEach(paragraph -> text.append(paragraph).append("\n\n"));
        settings(type).forEach(setting -> text.append("* `")
                .append(setting.getName())
                .append("`: ")
                .append(source.settings()
                        .getOrDefault(
                                setting.getName(), "a `" + setting.getType().getSimpleName() + "`"))
                .append('\n'));
        objectives(type).forEach(objective -> text.append("* ").append(minimises(objective)));
        source.factories()
                .forEach((call, said) -> text.append("* `" + type.getSimpleName() + "." + call + "`: " + said + "\n"));
        var file = source.file().toString().replace('\\', '/');
        return text + "* [" + source.lines() + " lines of code](" + file + ")";
    }

    private static String minimises(Objective objective) {
        return "minimises `" + objective.name() + "`"
                + (objective.every() == 1 ? "" : " at every " + objective.every() + "th batch")
                + ", which moves " + objective.moves().stream().map(Net::name).collect(Collectors.joining(", ")) + "\n";
    }

    private static List<Objective> objectives(Class<?> type) {
        return new Variant(type, false).make(IMAGE).objectives();
    }

    /** What is not a network. */
    private static Stream<RecordComponent> settings(Class<?> type) {
        return Arrays.stream(type.getRecordComponents()).filter(component -> component.getType() != Net.class);
    }

    private static void compare(String part, String made) throws IOException {
        var page = Files.readString(PAGE);
        var begin = "<!-- " + part + " -->\n";
        int from = page.indexOf(begin) + begin.length();
        int to = page.indexOf(END, from);
        assertTrue(from >= begin.length() && to > 0, "the page lacks the part «" + part + "»");
        if (Boolean.getBoolean("write.pages")) {
            var written = page.substring(0, from) + made + "\n" + page.substring(to);
            WholeFile.write(PAGE, stream -> stream.write(written.getBytes(StandardCharsets.UTF_8)));
        } else {
            assertEquals(
                    page.substring(from, to).strip(),
                    made,
                    "the page is out of date; see this class for how it is made");
        }
    }
}
