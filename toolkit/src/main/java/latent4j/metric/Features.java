package latent4j.metric;

import latent4j.data.Samples;

/** Numbers that say what a record shows, by which sets of records are compared. */
public interface Features {

    /** What measures are named for, such as {@code digits-cnn}. */
    String name();

    /** The features of each record, [n, d], in the records' order, with their labels. */
    Samples of(Samples records);
}
