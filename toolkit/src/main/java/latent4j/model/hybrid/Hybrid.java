package latent4j.model.hybrid;

import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.Map;
import latent4j.data.Samples;
import latent4j.model.Autoencoder;
import latent4j.model.Inference;
import latent4j.model.Mmd;
import latent4j.nn.Adam;
import latent4j.nn.Net;
import latent4j.nn.Optimizer;
import latent4j.tensor.WholeFile;

/** What a game with an encoder besides has in common, whatever its players minimise: a decoder that makes records itself. */
interface Hybrid extends Autoencoder {

    /** z to a record: [batch, latent] to [batch, shape…]. */
    Net decoder();

    @Override
    default Shape shape() {
        return decoder().output();
    }

    @Override
    default int latent() {
        return (int) decoder().input().size();
    }

    @Override
    default Samples decode(Samples codes) {
        return Inference.map(codes, decoder().input(), decoder()::apply);
    }

    @Override
    default void export(Path file) {
        WholeFile.write(file, stream -> stream.write(decoder().toTorchScript(y -> y)));
    }

    /** MMD² between held-out data and as many samples, see {@link Mmd#ofDraws}. */
    @Override
    default Map<String, Double> validate(Samples heldOut, long seed) {
        return Mmd.ofDraws(this, heldOut, seed);
    }

    /** Adam with learning rate 2·10⁻⁴ and β₁ = 0.5, as for a game of two players (Radford et al. 2016, section 4). */
    @Override
    default Optimizer optimizer() {
        return Adam.of(2e-4).beta1(0.5);
    }
}
