package latent4j.model.hybrid;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import latent4j.model.Model;
import latent4j.model.Objective;
import latent4j.model.Step;
import latent4j.nn.Linear;
import latent4j.nn.Net;
import latent4j.nn.Network;
import latent4j.tensor.Arrays;
import latent4j.tensor.Kernels;
import latent4j.tensor.Seed;
import latent4j.tensor.Tape;

/** Objectives at one batch whose values can be reckoned by hand: records of one number each. */
final class Played {

    static final double[] X = {0.5, -1.5, 2};

    private static final Seed SEED = new Seed(6);

    private Played() {}

    static NDArray column(double... values) {
        var floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return Arrays.of(floats, new Shape(values.length, 1));
    }

    /** A step over {@link #X}, the same each time. */
    static Step step() {
        return new Step(column(X), null, SEED, 0, 0);
    }

    /** The noise that such a step's {@code draw}-th call gives, from 0. */
    static double[] noise(int draw) {
        var floats = SEED.child(draw).normal(X.length);
        var values = new double[X.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = floats[i];
        }
        return values;
    }

    /** y = Wx + b. */
    static Net linear(String name, int inputs, float[] weight, float... bias) {
        var net = new Net(name, Network.of(new Linear(bias.length)), new Shape(inputs));
        net.load(List.of(weight, bias));
        return net;
    }

    static Objective objective(Model model, String name) {
        return model.objectives().stream()
                .filter(o -> o.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static double total(Model model, String objective) {
        try (var tape = Tape.training()) {
            return Kernels.current()
                    .read(List.of(
                            objective(model, objective).loss().apply(step()).total()))[0];
        }
    }

    /** The names of the networks of which an objective's total is made; all others are cut off from it. */
    static List<String> reached(Model model, String objective) {
        try (var tape = Tape.training()) {
            var total = objective(model, objective).loss().apply(step()).total();
            var names = new ArrayList<String>();
            for (var net : model.nets()) {
                if (Kernels.current().depends(total, net.trainable())[0]) {
                    names.add(net.name());
                }
            }
            return names;
        }
    }

    static List<String> moved(Model model, String objective) {
        return objective(model, objective).moves().stream().map(Net::name).toList();
    }

    static double softplus(double x) {
        return Math.log1p(Math.exp(x));
    }

    /** −log N(x; mean, 1). */
    static double surprise(double x, double mean) {
        return 0.5 * ((x - mean) * (x - mean) + Math.log(2 * Math.PI));
    }
}
