package latent4j.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2dTranspose;
import java.util.List;
import java.util.function.UnaryOperator;
import latent4j.data.Dataset;
import latent4j.data.Datasets;
import latent4j.model.Model;
import latent4j.model.gan.Gan;
import latent4j.model.vae.Vae;
import latent4j.nn.Activation;
import latent4j.nn.Adam;
import latent4j.nn.AdamW;
import latent4j.nn.LeakyRelu;
import latent4j.nn.Linear;
import latent4j.nn.Net;
import latent4j.nn.Nets;
import latent4j.nn.Network;
import latent4j.nn.Optimizer;
import latent4j.nn.Precision;
import latent4j.nn.RmsProp;
import latent4j.nn.Sgd;
import latent4j.tensor.Arrays;
import latent4j.tensor.Compute;
import latent4j.tensor.Kernels;
import latent4j.tensor.Seed;
import latent4j.tensor.Tape;
import latent4j.train.Trainer;

/**
 * Something that an engine can or cannot do.
 *
 * @param name what it is, as the page says it
 * @param use does it, or throws
 * @param instead what to do where DJL's engine lacks it; empty where the toolkit's own refusal says so
 */
record Capability(String name, Runnable use, String instead) {

    private static final String IN_PLACE = "write `x = x.mul(0.5)` instead of `x.muli(0.5)`";

    /** All that the page lists. */
    static List<Capability> all() {
        return List.of(
                own(
                        "train a VAE, convolutional",
                        () -> train(Vae.convolutional(new Shape(1, 28, 28), 4), Adam.of(1e-3))),
                own(
                        "train a GAN, with transposed convolutions and batch normalisation",
                        () -> train(Gan.convolutional(new Shape(1, 28, 28), 8, 8), Adam.of(1e-3))),
                own("optimiser: Adam", () -> train(Adam.of(1e-3))),
                own("optimiser: AdamW", () -> train(AdamW.of(1e-3))),
                own("optimiser: SGD", () -> train(Sgd.of(1e-3))),
                own("optimiser: RMSProp", () -> train(RmsProp.of(1e-3))),
                own("spectral normalisation: a step of the power iteration", Capability::powerIteration),
                own("gradient penalty, smooth critic", () -> penalty(Activation.SWISH)),
                own("gradient penalty, critic with kinks", () -> penalty(new LeakyRelu(0.2))),
                own("gradient of a gradient", Capability::secondDerivative),
                own("products in bfloat16 while training, where the hardware gains", Capability::bfloat16),
                own("export of the decoder as TorchScript", () -> small().toTorchScript(y -> y)),
                own("a DJL block, with batch normalisation, in a network", () -> step(block())),
                own("numbers in a loss: `x.mul(0.5)`", () -> onTape(x -> x.mul(0.5))),
                lacking(
                        "DJL's `Conv2dTranspose` in a block",
                        () -> step(transposed()),
                        "`TransposedConvolution` in a network of layers"),
                lacking("in-place arithmetic on what a gradient is asked of", () -> onTape(x -> x.muli(0.5)), IN_PLACE),
                lacking("`NDArray.pad` in a loss", () -> onTape(x -> x.pad(new Shape(1, 1), 0)), "`concat` with zeros"),
                lacking(
                        "`NDArray.gather` in a loss",
                        () -> onTape(x -> x.gather(Arrays.of(new int[] {0, 1}).reshape(1, 2), 1)),
                        "a product with `oneHot`"),
                lacking(
                        "`NDArray.topK` in a loss",
                        () -> onTape(x -> x.topK(1, 1).get(0)),
                        "`sort`, then a slice"),
                lacking(
                        "`NDArray.batchMatMul` in a loss",
                        () -> onTape(
                                x -> x.expandDims(0).batchMatMul(x.transpose().expandDims(0))),
                        "`matMul`, which takes batches too"));
    }

    private static Capability own(String name, Runnable use) {
        return new Capability(name, use, "");
    }

    private static Capability lacking(String name, Runnable use, String instead) {
        return new Capability(name, use, instead);
    }

    /** A row of the page: what it is, whether it can be done, and else why not and what to do. */
    String row() {
        try {
            use.run();
            return "| " + name + " | yes | |";
        } catch (RuntimeException e) {
            var reason = instead.isEmpty() ? e.getMessage() : "DJL's engine lacks it: " + instead;
            return "| " + name + " | no | " + reason.lines().findFirst().orElse("") + " |";
        }
    }

    private static void train(Optimizer optimizer) {
        train(Vae.small(new Shape(1, 28, 28)), optimizer);
    }

    private static void train(Model model, Optimizer optimizer) {
        Dataset digits = Datasets.digits(32, 8);
        Trainer.epochs(1).batch(16).optimizer(optimizer).watchedBy().fit(model, digits);
    }

    /** On PyTorch the hardware decides, and its refusal is the toolkit's own. */
    private static void bfloat16() {
        try {
            Trainer.epochs(1)
                    .batch(16)
                    .precision(Precision.BFLOAT16)
                    .watchedBy()
                    .fit(Vae.small(new Shape(1, 28, 28)), Datasets.digits(32, 8));
        } catch (IllegalArgumentException e) {
            if (!Compute.current().runsTorchScript()) {
                throw e;
            }
        }
    }

    private static Net small() {
        return Nets.mlp("net", new Shape(3), 2, 4);
    }

    private static void step(Block block) {
        var net = new Net("net", block, new Shape(2, 4, 4));
        try (var tape = Tape.training()) {
            var x = Arrays.of(new Seed(1).normal(96), new Shape(3, 2, 4, 4));
            var total = net.apply(x).square().sum();
            net.step(Adam.of(1e-3), tape.gradients(total, net.trainable()));
        }
    }

    private static Block block() {
        return new SequentialBlock()
                .add(ai.djl.nn.norm.BatchNorm.builder().build())
                .add(ai.djl.nn.Blocks.batchFlattenBlock())
                .add(ai.djl.nn.core.Linear.builder().setUnits(2).build());
    }

    private static Block transposed() {
        return Conv2dTranspose.builder()
                .setKernelShape(new Shape(2, 2))
                .setFilters(2)
                .build();
    }

    private static void powerIteration() {
        try (var tape = Tape.training()) {
            var weight = Kernels.current().leaf(Arrays.of(new Seed(1).normal(6), new Shape(2, 3)));
            var u = Arrays.of(new float[] {0.6f, 0.8f}, new Shape(2));
            read(Kernels.current().powerIteration(weight, u).sigma(), weight);
        }
    }

    private static void penalty(latent4j.nn.Layer activation) {
        var critic = new Net("critic", Network.of(new Linear(4), activation, new Linear(1)), new Shape(3));
        try (var tape = Tape.training()) {
            var x = Arrays.of(new Seed(1).normal(6), new Shape(2, 3));
            var norms = Kernels.current().gradientNorm(critic::apply, x);
            tape.gradients(norms.square().sum(), critic.trainable());
        }
    }

    private static void secondDerivative() {
        try (var tape = Tape.training()) {
            var x = Kernels.current().leaf(Arrays.of(new float[] {1, 2}, new Shape(2)));
            var slope = Kernels.current().inputGradient(x.square().mul(x).sum(), x);
            read(slope.sum(), x);
        }
    }

    /** The gradient of Σ f(x)² with respect to x: [2, 2]. */
    private static void onTape(UnaryOperator<NDArray> f) {
        try (var tape = Tape.training()) {
            var x = Kernels.current().leaf(Arrays.of(new float[] {1, 2, 3, 4}, new Shape(2, 2)));
            read(f.apply(x).square().sum(), x);
        }
    }

    private static void read(NDArray total, NDArray x) {
        new NDList(Kernels.current().gradients(total, List.of(x))).forEach(NDArray::toFloatArray);
    }
}
