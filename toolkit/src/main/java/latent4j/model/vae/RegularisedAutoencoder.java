package latent4j.model.vae;

import ai.djl.ndarray.NDArray;
import latent4j.loss.CodePenalty;
import latent4j.model.DeterministicAutoencoder;
import latent4j.model.Step;
import latent4j.model.Terms;
import latent4j.tensor.Kernels;

/** What regularised autoencoders have in common (Ghosh et al. 2020, equation 11): all but the decoder's regulariser. */
interface RegularisedAutoencoder extends DeterministicAutoencoder {

    /** The weight of ½‖z‖². */
    double beta();

    /** The weight of the decoder's regulariser. */
    double lambda();

    /**
     * What keeps the decoder smooth.
     *
     * @param codes E(x) of the batch: [batch, latent]
     */
    NDArray regulariser(NDArray codes, Step step);

    /** What the history calls it. */
    String regulariserName();

    @Override
    default Terms terms(Step step) {
        var kernels = Kernels.current();
        var codes = codes(step);
        var reconstruction = reconstruction(step.data(), codes);
        var norm = CodePenalty.norm(codes);
        var regulariser = regulariser(codes, step);
        var total = reconstruction.add(kernels.affine(norm, beta(), 0)).add(kernels.affine(regulariser, lambda(), 0));
        return Terms.nats(total)
                .with("reconstruction", reconstruction)
                .with("½‖z‖²", norm, "")
                .with(regulariserName(), regulariser, "");
    }

    @Override
    default String lossName() {
        return "reconstruction + penalties";
    }
}
