package latent4j.reproduce;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import latent4j.tensor.WholeFile;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvReadOptions;

/**
 * Claims that belong together. Each is checked once and its row kept in {@code claims.csv}; all groups' rows make the page {@code
 * claims.md} beside their folders.
 */
interface Claims extends Reproduction {

    /** The columns of the table. */
    List<String> COLUMNS = List.of("model", "paper", "expected", "found", "seeds", "holds");

    /** What is claimed. */
    List<Claim> claims();

    @Override
    default void run(Results results, boolean smoke) {
        var trials = (smoke ? Trials.tiny() : Trials.whole()).keptIn(results);
        for (var claim : claims()) {
            var table = rows(results.folder());
            if (!table.stringColumn("model").contains(claim.model())) {
                var finding = claim.check().apply(trials);
                var row = List.of(
                        claim.model(),
                        claim.paper(),
                        claim.expected(),
                        finding.found(),
                        "" + claim.seeds(),
                        finding.holds() ? "yes" : "no");
                for (int k = 0; k < row.size(); k++) {
                    table.stringColumn(k).append(row.get(k));
                }
                results.table("claims", table);
                System.out.println(
                        claim + "\n  " + (finding.holds() ? "holds: " : "DOES NOT HOLD: ") + finding.found());
            }
        }
        page(results.folder().toAbsolutePath().getParent());
    }

    private static Table rows(Path folder) {
        var file = folder.resolve("claims.csv");
        if (!Files.exists(file)) {
            return Table.create(COLUMNS.stream().map(StringColumn::create).toArray(StringColumn[]::new));
        }
        return Table.read()
                .usingOptions(CsvReadOptions.builder(file.toFile())
                        .columnTypes(name -> ColumnType.STRING)
                        .build());
    }

    /** All groups' rows as one page. */
    private static void page(Path folder) {
        var lines = new ArrayList<>(List.of(
                "# What the papers claim, and what was found",
                "",
                "Each row is checked by the long tests (`./lab test --full`) and made again by `./lab reproduce NAME`; the runs"
                        + " behind it are in the folder of that name."));
        try (var groups = Files.list(folder)) {
            for (var group : groups.filter(each -> Files.exists(each.resolve("claims.csv")))
                    .sorted()
                    .toList()) {
                lines.addAll(List.of(
                        "",
                        "## " + group.getFileName(),
                        "",
                        "| " + String.join(" | ", COLUMNS) + " |",
                        "|" + "---|".repeat(COLUMNS.size())));
                for (var row : rows(group)) {
                    var cells = COLUMNS.stream()
                            .map(column -> row.getString(column).replace("|", "\\|"))
                            .toList();
                    lines.add("| " + String.join(" | ", cells) + " |");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
        lines.add("");
        WholeFile.write(
                folder.resolve("claims.md"),
                stream -> stream.write(String.join("\n", lines).getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }
}
