package latent4j.study;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import latent4j.model.Inference;
import latent4j.model.Objective;
import latent4j.model.Step;
import latent4j.nn.Net;
import latent4j.nn.Weight;
import latent4j.tensor.Kernels;
import latent4j.tensor.Tape;

/**
 * Some layer of a network hardly learns, since what reaches it of the gradient is next to nothing (Hochreiter 1991; Glorot and
 * Bengio 2010, section 4.2). Each objective's gradient is taken once, on 64 training records.
 *
 * @param ratio it is found where in one layer's weights the gradient's root mean square is below this part of that in another
 *     layer of the same network. Healthy networks here have ratios above 10⁻³; twelve layers of sigmoids have 10⁻⁷
 */
public record VanishingGradients(double ratio) implements Sign {

    private static final int RECORDS = 64;

    public VanishingGradients() {
        this(1e-4);
    }

    private record Layer(String net, String weight, double least, double most) {
        double ratio() {
            return most > 0 ? least / most : 1;
        }
    }

    @Override
    public String name() {
        return "vanishing gradients";
    }

    @Override
    public Observation look(Patient patient) {
        Layer worst = null;
        for (var objective : patient.model().objectives()) {
            for (var layer : layers(patient, objective)) {
                worst = worst == null || layer.ratio() < worst.ratio() ? layer : worst;
            }
        }
        if (worst == null) {
            return unseen("no network has more than one layer");
        }
        var evidence = String.format(
                Locale.ROOT,
                "in '%s' the gradient (root mean square) is %.2g in %s, and %.2g where it is greatest",
                worst.net,
                worst.least,
                worst.weight,
                worst.most);
        return worst.ratio() < ratio
                ? found(
                        evidence,
                        "ReLU-like activations instead of sigmoid or tanh, residual blocks, normalisation (BatchNorm, LayerNorm),"
                                + " or fewer layers")
                : clear(evidence);
    }

    private static List<Layer> layers(Patient patient, Objective objective) {
        int n = Math.min(RECORDS, patient.some().size());
        var records = patient.some().head(n);
        // networks behave as in use, so that running statistics stay as they are
        try (var tape = Tape.probing()) {
            var step = new Step(
                    Inference.array(records, 0, n), records.labels().orElse(null), Patient.SEED, 0, patient.epochs());
            var total = objective.loss().apply(step).total();
            var weights = objective.moves().stream()
                    .flatMap(net -> net.trainable().stream())
                    .toList();
            var gradients = Kernels.current().gradients(total, weights);
            var layers = new ArrayList<Layer>();
            int from = 0;
            for (var net : objective.moves()) {
                int to = from + net.trainable().size();
                if (matrices(net) > 1) {
                    layers.add(layer(net, gradients.subList(from, to)));
                }
                from = to;
            }
            return layers;
        }
    }

    /** The least and the greatest gradient among a network's weights; biases count for nothing, as normalisation cancels some. */
    private static Layer layer(Net net, List<NDArray> gradients) {
        var weights = net.weights().stream().filter(Weight::trainable).toList();
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        var where = "";
        int layer = 0;
        for (int i = 0; i < gradients.size(); i++) {
            if (isMatrix(weights.get(i))) {
                layer++;
                double norm = Kernels.current()
                        .squaredNorm(List.of(gradients.get(i)))
                        .sqrt()
                        .getFloat();
                double size = norm / Math.sqrt(weights.get(i).shape().size());
                most = Math.max(most, size);
                if (size < least) {
                    least = size;
                    where = "layer " + layer + " of " + matrices(net) + " "
                            + Arrays.toString(weights.get(i).shape().getShape());
                }
            }
        }
        return new Layer(net.name(), where, least, most);
    }

    private static long matrices(Net net) {
        return net.weights().stream().filter(VanishingGradients::isMatrix).count();
    }

    private static boolean isMatrix(Weight weight) {
        return weight.trainable() && weight.shape().dimension() > 1;
    }
}
