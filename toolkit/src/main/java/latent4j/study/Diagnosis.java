package latent4j.study;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * What the doctor says of a training.
 *
 * @param observations what was looked for, in the doctor's order
 */
public record Diagnosis(List<Observation> observations) {

    public Diagnosis {
        observations = List.copyOf(observations);
    }

    /** What is wrong. */
    public List<Observation.Found> findings() {
        return of(Observation.Found.class);
    }

    /** Whether nothing was found. */
    public boolean isHealthy() {
        return findings().isEmpty();
    }

    /** In a word or two, for a table: {@code healthy}, or the names of what was found; «–» where nothing was looked for. */
    public String word() {
        return observations.isEmpty()
                ? "–"
                : isHealthy()
                        ? "healthy"
                        : findings().stream().map(Observation::sign).collect(Collectors.joining(", "));
    }

    /** One row for each sign: sign, found (yes, no, not seen), evidence, what to try. */
    public Table toTable() {
        var sign = StringColumn.create("sign");
        var found = StringColumn.create("found");
        var evidence = StringColumn.create("evidence");
        var advice = StringColumn.create("what to try");
        for (var observation : observations) {
            sign.append(observation.sign());
            if (observation instanceof Observation.Found f) {
                found.append("yes");
                evidence.append(f.evidence());
                advice.append(f.advice());
            } else if (observation instanceof Observation.Clear c) {
                found.append("no");
                evidence.append(c.evidence());
                advice.appendMissing();
            } else if (observation instanceof Observation.Unseen u) {
                found.append("not seen");
                evidence.append(u.reason());
                advice.appendMissing();
            }
        }
        return Table.create("diagnosis", sign, found, evidence, advice);
    }

    /** What is wrong and what to try; then what is not wrong, and what could not be seen. */
    @Override
    public String toString() {
        var found = findings().stream().map(f -> f.sign() + ": " + f.evidence() + ".\n    Try: " + f.advice() + ".");
        var clear = of(Observation.Clear.class).stream().map(c -> "no " + c.sign() + ": " + c.evidence());
        var unseen = of(Observation.Unseen.class).stream().map(u -> "not seen, " + u.sign() + ": " + u.reason());
        return Stream.of(Stream.of("The doctor says: " + word() + "."), found, clear, unseen)
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n  "));
    }

    private <T extends Observation> List<T> of(Class<T> kind) {
        return observations.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
