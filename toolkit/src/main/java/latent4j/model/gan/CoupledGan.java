package latent4j.model.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import latent4j.data.Samples;
import latent4j.model.Conditional;
import latent4j.model.GenerativeAdversarialNetwork;
import latent4j.model.Inference;
import latent4j.model.OneHot;
import latent4j.model.Step;
import latent4j.nn.Net;
import latent4j.tensor.Kernels;
import latent4j.tensor.Require;
import latent4j.tensor.Seed;
import latent4j.tensor.Tape;

/**
 * CoGAN (Liu and Tuzel 2016, equation 2), non-saturating: a generator and a discriminator for each of several domains, whose
 * records are never seen in pairs. The generators share all layers but their last, the discriminators all but their first
 * (section 3), so that one z makes views of one thing in every domain. A record's label is its domain.
 *
 * <p>The shared layers and each domain's own lie in one network: the generator puts out all domains' views, one above the
 * other in the channels, and the discriminator takes such a stack in which the other domains' views are blank.
 *
 * @param generator z to [batch, domains·channels, height, width]
 * @param discriminator [batch, domains·channels, height, width] to a score
 * @param domains ≥ 2
 */
public record CoupledGan(Net generator, Net discriminator, int domains)
        implements GenerativeAdversarialNetwork, Conditional {

    public CoupledGan {
        Require.atLeast("domains", 2, domains);
    }

    /** Two linear layers of 256 on both sides, with batch normalisation in the generator. */
    public static CoupledGan mlp(Shape shape, int latent, int domains) {
        return mlp(shape, latent, domains, 256, 2);
    }

    /** Networks like DCGAN's, with {@code channels} and twice as many channels. */
    public static CoupledGan convolutional(Shape image, int latent, int domains, int channels) {
        var stack = stack(image, domains);
        return new CoupledGan(
                GanNets.convolutionalGenerator(latent, stack, channels),
                GanNets.convolutionalDiscriminator(stack, channels),
                domains);
    }

    /** A small one for two domains, for tests. */
    public static CoupledGan small(Shape shape) {
        return mlp(shape, 4, 2, 32, 1);
    }

    private static CoupledGan mlp(Shape shape, int latent, int domains, int units, int hidden) {
        var stack = stack(shape, domains);
        return new CoupledGan(
                GanNets.normalisedGenerator(latent, stack, units, hidden),
                GanNets.mlpDiscriminator(stack, units, hidden),
                domains);
    }

    private static Shape stack(Shape shape, int domains) {
        return new Shape(domains * shape.get(0)).addAll(shape.slice(1));
    }

    @Override
    public Shape shape() {
        var stack = generator.output();
        return new Shape(stack.get(0) / domains).addAll(stack.slice(1));
    }

    @Override
    public int classes() {
        return domains;
    }

    /** G(z) as it looks in each record's domain. */
    @Override
    public NDArray generate(Step step) {
        return view(generator.apply(step.normal(latent())), step.classes(domains));
    }

    /** D(x) with x at its domain's place in the stack, and mid-grey, which the network takes for 0, elsewhere. */
    @Override
    public NDArray score(Step step, NDArray x) {
        var kernels = Kernels.current();
        long n = step.batch();
        double blank = shape().dimension() == 3 ? 0.5 : 0;
        var alone = kernels.affine(x, 1, -blank).reshape(new Shape(n, 1).addAll(shape()));
        var stack = alone.mul(column(step.classes(domains))).reshape(new Shape(n).addAll(generator.output()));
        return Tape.withBatchStatistics(() -> discriminator.apply(kernels.affine(stack, 1, blank)));
    }

    private NDArray view(NDArray stack, NDArray domain) {
        var views = stack.reshape(new Shape(stack.getShape().get(0), domains).addAll(shape()));
        return views.mul(column(domain)).sum(new int[] {1});
    }

    /** [batch, domains, 1…]. */
    private NDArray column(NDArray domain) {
        var ones = new long[shape().dimension()];
        Arrays.fill(ones, 1);
        return domain.reshape(domain.getShape().addAll(new Shape(ones)));
    }

    /** What the codes stand for in the domain that is their label; the first domain where they have none. */
    @Override
    public Samples decode(Samples codes) {
        var labelled = codes.labels().isPresent() ? codes : codes.withLabels(new int[codes.size()]);
        var labels = labelled.labels().orElseThrow();
        var stacks =
                Inference.map(labelled, generator.input(), generator::apply).toArray();
        int d = (int) shape().size();
        var views = new float[labels.length * d];
        for (int i = 0; i < labels.length; i++) {
            System.arraycopy(stacks, (i * domains + labels[i]) * d, views, i * d, d);
        }
        return Samples.of(shape(), views).withLabels(labels);
    }

    /** {@code n} samples, each of a domain by chance. */
    @Override
    public Samples draw(int n, long seed) {
        var stream = new Seed(seed).child("domains").stream();
        var labels = new int[n];
        Arrays.setAll(labels, i -> stream.integer(domains));
        return decode(prior(n, seed).withLabels(labels));
    }

    /** The same seed gives views of the same things in every domain. */
    @Override
    public Samples draw(int n, int label, long seed) {
        OneHot.check(label, domains);
        var labels = new int[n];
        Arrays.fill(labels, label);
        return decode(prior(n, seed).withLabels(labels));
    }
}
