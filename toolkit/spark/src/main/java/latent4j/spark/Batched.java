package latent4j.spark;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import latent4j.data.Samples;
import org.apache.spark.sql.Row;

/** Rows made of a partition's rows, of which only one batch is in memory at a time. */
abstract class Batched implements Iterator<Row> {

    private final Iterator<Row> rows;
    private final Records reader;
    private final int size;
    private List<Row> batch = List.of();
    private int next;

    Batched(Iterator<Row> rows, Records reader, int size) {
        this.rows = rows;
        this.reader = reader;
        this.size = size;
    }

    /** The next batch is here. */
    abstract void take(Samples batch);

    /** What becomes of a row of the batch. */
    abstract Row of(Row row, int inBatch);

    @Override
    public boolean hasNext() {
        return next < batch.size() || rows.hasNext();
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        if (next == batch.size()) {
            batch = reader.take(rows, size);
            take(reader.samples(batch));
            next = 0;
        }
        return of(batch.get(next), next++);
    }
}
