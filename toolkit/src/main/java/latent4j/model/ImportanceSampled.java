package latent4j.model;

import ai.djl.ndarray.NDArray;

/** A model with a density p(x, z) of records and codes, and a density q(z|x) to draw codes from: its log p(x) can be estimated. */
public interface ImportanceSampled extends ProbabilisticAutoencoder {

    /**
     * log w = log p(x, z) − log q(z|x) of codes z drawn from q(z|x), independently. E[w] = p(x) (Burda et al. 2016, section 3),
     * and the mean of log w is the ELBO.
     *
     * @param samples k ≥ 1, how many codes for each example
     * @return [batch, k], nats
     */
    NDArray logWeights(Step step, int samples);
}
