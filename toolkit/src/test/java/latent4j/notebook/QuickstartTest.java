package latent4j.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import latent4j.notebook.TestKernel.Output;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The quickstart at smoke size, cell by cell, in a kernel of either family. */
class QuickstartTest {

    /** What the kernels bring along: their imports, and the magic that the first cell falls back on. */
    private static final String BROUGHT_ALONG =
            """
            import java.util.*;
            void lineMagic(String name, List<String> arguments) {}
            """;

    @BeforeEach
    void small() {
        System.setProperty("LATENT4J_SMOKE", "1");
    }

    /** Other tests of this process have neither the small size nor a live view. */
    @AfterEach
    void asBefore() {
        System.clearProperty("LATENT4J_SMOKE");
        Notebook.prepare();
    }

    @ParameterizedTest
    @MethodSource("latent4j.notebook.KernelTest#kernels")
    void everyCellRunsAndShowsWhatItShould(Supplier<TestKernel> kernels) throws IOException {
        int shown = 0;
        try (var kernel = kernels.get()) {
            assertEquals(List.of(), kernel.run(BROUGHT_ALONG));
            for (var cell : codeCells()) {
                var source = text(cell.get("source"));
                var outputs = kernel.run(source);
                assertTrue(outputs.stream().noneMatch(o -> o.type().equals("error")), () -> source + "\n" + outputs);
                if (source.contains("show(") || source.contains(".fit(")) {
                    var expected = source.contains("show(Table") ? "text/html" : "image/png";
                    assertTrue(outputs.stream().anyMatch(o -> isDisplay(o, expected)), source);
                    shown++;
                }
            }
        }
        assertTrue(shown >= 10, "cells that show something: " + shown);
    }

    private static boolean isDisplay(Output output, String mimeType) {
        return output.type().equals("display_data") && output.data(mimeType) != null;
    }

    private static List<JsonObject> codeCells() throws IOException {
        var notebook = JsonParser.parseString(Files.readString(Path.of("..", "notebooks", "quickstart.ipynb")));
        var cells = new ArrayList<JsonObject>();
        for (var cell : notebook.getAsJsonObject().getAsJsonArray("cells")) {
            if (cell.getAsJsonObject().get("cell_type").getAsString().equals("code")) {
                cells.add(cell.getAsJsonObject());
            }
        }
        return cells;
    }

    /** A notebook holds text as one string or as its lines. */
    private static String text(JsonElement source) {
        return source.isJsonPrimitive()
                ? source.getAsString()
                : StreamSupport.stream(source.getAsJsonArray().spliterator(), false)
                        .map(JsonElement::getAsString)
                        .collect(Collectors.joining());
    }
}
