package latent4j.data;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import latent4j.tensor.WholeFile;
import tech.tablesaw.api.FloatColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Samples as columns with names. */
final class SamplesTable {

    private SamplesTable() {}

    static Table of(Samples samples) {
        var columns = new ArrayList<Column<?>>();
        samples.labels().ifPresent(labels -> columns.add(IntColumn.create("label", labels)));
        samples.factors().ifPresent(factors -> factors.names()
                .forEach(name -> columns.add(FloatColumn.create(name, factors.column(name)))));
        var names = valueNames(samples);
        for (int k = 0; k < names.size(); k++) {
            var column = new float[samples.size()];
            for (int i = 0; i < column.length; i++) {
                column[i] = samples.value(i, k);
            }
            columns.add(FloatColumn.create(names.get(k), column));
        }
        return Table.create("samples", columns);
    }

    static void saveCsv(Samples samples, Path file) {
        WholeFile.write(file, stream -> {
            var writer = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
            write(samples, writer);
            writer.flush();
        });
    }

    /** What the values of one record are called. */
    static List<String> valueNames(Samples samples) {
        var prefix = samples.isImage() ? "pixel" : "x";
        return IntStream.range(0, (int) samples.shape().size())
                .mapToObj(k -> prefix + k)
                .toList();
    }

    private static void write(Samples samples, BufferedWriter writer) throws IOException {
        var labels = samples.labels();
        var factors = samples.factors();
        var head = new ArrayList<String>();
        labels.ifPresent(l -> head.add("label"));
        factors.ifPresent(f -> head.addAll(f.names()));
        head.addAll(valueNames(samples));
        writer.write(String.join(",", head) + "\n");
        int d = (int) samples.shape().size();
        for (int i = 0; i < samples.size(); i++) {
            var line = new ArrayList<String>(head.size());
            if (labels.isPresent()) {
                line.add(Integer.toString(labels.get()[i]));
            }
            if (factors.isPresent()) {
                for (float factor : factors.get().values()[i]) {
                    line.add(Float.toString(factor));
                }
            }
            for (int k = 0; k < d; k++) {
                line.add(Float.toString(samples.value(i, k)));
            }
            writer.write(String.join(",", line) + "\n");
        }
    }
}
