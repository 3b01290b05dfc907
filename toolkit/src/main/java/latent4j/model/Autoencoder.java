package latent4j.model;

import latent4j.data.Samples;

/** A model that also finds the code of a record. */
public interface Autoencoder extends Latent {

    /**
     * The codes that records have; for a variational model, the means of q(z|x).
     *
     * @param x records of the model's shape
     * @return one code a record, with the records' labels and factors
     */
    Samples encode(Samples x);

    /** Each record encoded and decoded again. */
    default Samples reconstruct(Samples x) {
        return decode(encode(x));
    }
}
