package latent4j.model;

import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.Map;
import latent4j.data.Samples;
import latent4j.nn.Adam;
import latent4j.nn.Net;
import latent4j.nn.Optimizer;
import latent4j.tensor.WholeFile;

/** A model of players, whatever each of them minimises, of which one makes records of codes. */
public interface Game extends Latent {

    /** z to a record: [batch, latent] to [batch, shape…]. */
    Net generator();

    @Override
    default Shape shape() {
        return generator().output();
    }

    @Override
    default int latent() {
        return (int) generator().input().size();
    }

    @Override
    default Samples decode(Samples codes) {
        return Inference.map(codes, generator().input(), generator()::apply);
    }

    @Override
    default void export(Path file) {
        WholeFile.write(file, stream -> stream.write(generator().toTorchScript(y -> y)));
    }

    /** MMD² between held-out data and as many samples, see {@link Mmd#ofDraws}. */
    @Override
    default Map<String, Double> validate(Samples heldOut, long seed) {
        return Mmd.ofDraws(this, heldOut, seed);
    }

    /** Adam with learning rate 2·10⁻⁴ and β₁ = 0.5 (Radford et al. 2016, section 4). */
    @Override
    default Optimizer optimizer() {
        return Adam.of(2e-4).beta1(0.5);
    }
}
