package latent4j.model.vae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import latent4j.data.Samples;
import latent4j.loss.Bernoulli;
import latent4j.loss.Likelihood;
import latent4j.model.CodePrior;
import latent4j.model.Inference;
import latent4j.model.Objective;
import latent4j.model.OneHot;
import latent4j.model.ProbabilisticAutoencoder;
import latent4j.model.SquaredError;
import latent4j.model.Step;
import latent4j.model.Terms;
import latent4j.nn.Net;
import latent4j.nn.Nets;
import latent4j.tensor.Kernels;
import latent4j.tensor.Require;
import latent4j.tensor.Seed;
import latent4j.tensor.Tape;

/**
 * The VQ-VAE (van den Oord et al. 2017, equation 3): each place of the encoder's output z_e is replaced by the nearest vector
 * e of a codebook. It minimises −log p(x|z_q) + ‖sg[z_e] − e‖² + β·‖z_e − sg[e]‖² in nats per example, where z_q = z_e + sg[e −
 * z_e] lets the decoder's gradient pass straight through to the encoder. Draws come from an autoregressive prior over the
 * codes, fitted beside it; it moves nothing of the autoencoder.
 *
 * @param encoder x to the vectors of all places: [batch, places·d] as vectors, [batch, d, h, w] as an image of places
 * @param decoder vectors of the codebook, arranged as the encoder's, to the parameters of p(x|z)
 * @param codebook one-hot code to its vector: [codes] to [d]
 * @param codePrior the distribution of a record's codes
 * @param commitment β ≥ 0, in the paper 0.25
 */
public record VqVae(
        Net encoder, Net decoder, Likelihood likelihood, Net codebook, CodePrior codePrior, double commitment)
        implements ProbabilisticAutoencoder {

    public VqVae {
        Require.notNegative("commitment", commitment);
    }

    /** One hidden layer of 400 on each side and 256 in the prior, Bernoulli likelihood, β = 0.25, vectors of 4. */
    public static VqVae mlp(Shape shape, int places, int codes) {
        return mlp(shape, places, codes, 400, 256);
    }

    /**
     * Convolutions of 32 and 64 channels, so that a place stands for 4x4 pixels, and 128 hidden units in the prior; vectors of
     * 16, Bernoulli likelihood, β = 0.25. Where most of an image is background, so are most places, and they share a code: the
     * perplexity stays low though the codes are used.
     */
    public static VqVae convolutional(Shape image, int codes) {
        Require.atLeast("codes", 2, codes);
        var sizes = Nets.halvedSizes(image, 32, 64);
        var smallest = sizes.get(2);
        var grid = new Shape(16, smallest.get(1), smallest.get(2));
        return new VqVae(
                Nets.places("encoder", image, 16, 32, 64),
                Nets.placesDecoder("decoder", grid, image, 32, 64),
                new Bernoulli(),
                codebook(codes, 16),
                CodePrior.mlp((int) (grid.get(1) * grid.get(2)), codes, 128),
                0.25);
    }

    /** A small one, for tests. */
    public static VqVae small(Shape shape) {
        return mlp(shape, 2, 4, 16, 16);
    }

    private static VqVae mlp(Shape shape, int places, int codes, int hidden, int priorHidden) {
        Require.atLeast("places", 1, places);
        Require.atLeast("codes", 2, codes);
        return new VqVae(
                Nets.mlp("encoder", shape, 4 * places, hidden),
                Nets.mlpDecoder("decoder", 4 * places, shape, hidden),
                new Bernoulli(),
                codebook(codes, 4),
                CodePrior.mlp(places, codes, priorHidden),
                0.25);
    }

    private static Net codebook(int codes, int d) {
        return Nets.table("codebook", codes, d, 0.1);
    }

    /** The encoder's vectors place by place, and the nearest code of each, one-hot: [batch·places, d], [batch·places, codes]. */
    private record Encoded(NDArray vectors, NDArray nearest) {}

    private Encoded encoded(NDArray x) {
        var kernels = Kernels.current();
        var vectors = vectors(encoder.apply(x));
        var book = codebook.apply(OneHot.all(codes()));
        var distances = Tape.unrecorded(() -> kernels.pairwiseSquaredDistances(vectors, book));
        return new Encoded(vectors, kernels.oneHotOfLargest(distances.neg()));
    }

    /** [batch, d, h, w] or [batch, places·d] to [batch·places, d]. */
    private NDArray vectors(NDArray output) {
        long batch = output.getShape().get(0);
        if (!onGrid()) {
            return output.reshape(batch * places(), d());
        }
        return Kernels.current()
                .transposed(output.reshape(batch, d(), places()))
                .reshape(batch * places(), d());
    }

    /** The way back. */
    private NDArray arranged(NDArray vectors) {
        long batch = vectors.getShape().get(0) / places();
        var all = onGrid() ? Kernels.current().transposed(vectors.reshape(batch, places(), d())) : vectors;
        return all.reshape(new Shape(batch).addAll(decoder.input()));
    }

    private boolean onGrid() {
        return decoder.input().dimension() == 3;
    }

    private int places() {
        return codePrior.places();
    }

    private int codes() {
        return (int) codebook.input().size();
    }

    private int d() {
        return (int) codebook.output().size();
    }

    @Override
    public List<Net> bounded() {
        return Stream.concat(ProbabilisticAutoencoder.super.bounded().stream(), Stream.of(codebook))
                .toList();
    }

    @Override
    public List<Objective> objectives() {
        return List.of(
                Objective.of("reconstruction + codebook", bounded(), this::terms),
                Objective.of("prior of codes", List.of(codePrior.net()), this::priorTerms));
    }

    private Terms terms(Step step) {
        var kernels = Kernels.current();
        var encoded = encoded(step.data());
        step.shared("codes", encoded::nearest);
        var vectors = encoded.vectors();
        var quantised = codebook.apply(encoded.nearest());
        var straightThrough = vectors.add(Tape.stopped(quantised.sub(vectors)));
        var reconstruction = reconstruction(step.data(), arranged(straightThrough));
        var codebookLoss = perExample(Tape.stopped(vectors).sub(quantised), step.batch());
        var commitmentLoss = perExample(vectors.sub(Tape.stopped(quantised)), step.batch());
        var total = reconstruction.add(codebookLoss).add(kernels.affine(commitmentLoss, commitment, 0));
        return Terms.nats(total)
                .with("reconstruction", reconstruction)
                .with("‖z − e‖²", codebookLoss, "")
                .with("perplexity of codes", perplexity(encoded.nearest()), "codes");
    }

    private static NDArray perExample(NDArray difference, int batch) {
        return Kernels.current().affine(difference.square().sum(), 1.0 / batch, 0);
    }

    /** exp(entropy) of how often the batch uses each code: from 1 to the number of codes. */
    private static NDArray perplexity(NDArray nearest) {
        return Tape.unrecorded(() -> {
            var kernels = Kernels.current();
            var share = nearest.mean(new int[] {0}, false);
            return share.mul(kernels.affine(share, 1, 1e-10).log()).sum().neg().exp();
        });
    }

    private Terms priorTerms(Step step) {
        var nearest = step.shared("codes", () -> encoded(step.data()).nearest());
        var codes = Tape.stopped(nearest).reshape(step.batch(), places(), codes());
        return Terms.nats(codePrior.logProbability(codes).mean().neg());
    }

    /** The squared error ‖x − x̂‖² per record, and MMD² between held-out records and as many draws. */
    @Override
    public Map<String, Double> validate(Samples heldOut, long seed) {
        return SquaredError.andDraws(this, heldOut, seed);
    }

    /** The codebook's vectors nearest to the encoder's. */
    @Override
    public Samples encode(Samples x) {
        return Inference.map(
                x, shape(), batch -> arranged(codebook.apply(encoded(batch).nearest())));
    }

    /** {@code n} codes from the prior, as vectors of the codebook; the same seed draws the same ones. */
    @Override
    public Samples prior(int n, long seed) {
        var drawn = codePrior.draw(n, new Seed(seed).child("prior"));
        int size = latent();
        var codes = new float[Math.multiplyExact(n, size)];
        Inference.inBatches(n, (from, to) -> {
            var some = Arrays.copyOfRange(drawn, from * places(), to * places());
            var vectors = arranged(codebook.apply(OneHot.of(some, codes())));
            System.arraycopy(vectors.toFloatArray(), 0, codes, from * size, (to - from) * size);
        });
        return Samples.of(decoder.input(), codes);
    }
}
