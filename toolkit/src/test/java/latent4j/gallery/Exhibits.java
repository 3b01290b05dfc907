package latent4j.gallery;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import latent4j.data.Dataset;
import latent4j.data.Datasets;
import latent4j.data.DigitsInOneHand;
import latent4j.data.Samples;
import latent4j.data.View;
import latent4j.loss.Bernoulli;
import latent4j.model.Corruption;
import latent4j.model.Model;
import latent4j.model.Schedule;
import latent4j.model.Variants;
import latent4j.model.Variants.Variant;
import latent4j.model.gan.AuxiliaryClassifierGan;
import latent4j.model.gan.BoundaryEquilibriumGan;
import latent4j.model.gan.ConditionalGan;
import latent4j.model.gan.CoupledGan;
import latent4j.model.gan.Dragan;
import latent4j.model.gan.EnergyBasedGan;
import latent4j.model.gan.Gan;
import latent4j.model.gan.HingeGan;
import latent4j.model.gan.InfoGan;
import latent4j.model.gan.LeastSquaresGan;
import latent4j.model.gan.MinimaxGan;
import latent4j.model.gan.ProjectionGan;
import latent4j.model.gan.R1Gan;
import latent4j.model.gan.RelativisticAverageGan;
import latent4j.model.gan.SemiSupervisedGan;
import latent4j.model.gan.WassersteinGan;
import latent4j.model.gan.WassersteinGradientPenalty;
import latent4j.model.hybrid.AdversarialAutoencoder;
import latent4j.model.hybrid.AdversarialVariationalBayes;
import latent4j.model.hybrid.BiGan;
import latent4j.model.hybrid.VaeGan;
import latent4j.model.translation.CycleGan;
import latent4j.model.translation.MocoGan;
import latent4j.model.translation.Pix2Pix;
import latent4j.model.translation.Restoration;
import latent4j.model.vae.Ae;
import latent4j.model.vae.Annealed;
import latent4j.model.vae.BetaTcVae;
import latent4j.model.vae.BetaVae;
import latent4j.model.vae.CapacityVae;
import latent4j.model.vae.CategoricalVae;
import latent4j.model.vae.ConditionalVae;
import latent4j.model.vae.DenoisingAe;
import latent4j.model.vae.DipVae;
import latent4j.model.vae.DipVaeII;
import latent4j.model.vae.FactorVae;
import latent4j.model.vae.FreeBits;
import latent4j.model.vae.InfoVae;
import latent4j.model.vae.Iwae;
import latent4j.model.vae.JointVae;
import latent4j.model.vae.LadderVae;
import latent4j.model.vae.RaeGradientPenalty;
import latent4j.model.vae.RaeL2;
import latent4j.model.vae.Vae;
import latent4j.model.vae.VampPriorVae;
import latent4j.model.vae.VqVae;
import latent4j.model.vae.Wae;
import latent4j.nn.Adam;
import latent4j.nn.RmsProp;
import latent4j.train.Trainer;

/** How each model is trained for the gallery. One that is not named here hangs with its small networks. */
final class Exhibits {

    private static final Dataset DIGITS = Datasets.digits(10_000, 1_000);
    private static final int CLASSES = 10;

    private final List<Exhibit> all = new ArrayList<>();

    static List<Exhibit> all() {
        var exhibits = new Exhibits();
        exhibits.autoencoders();
        exhibits.games();
        exhibits.hybrids();
        exhibits.translations();
        exhibits.others();
        exhibits.all.sort(
                Comparator.comparing((Exhibit exhibit) -> exhibit.type().getName())
                        .thenComparing(Exhibit::name));
        return exhibits.all;
    }

    /** A bound is found soon. */
    private static Trainer bound() {
        return Trainer.epochs(15).batch(128);
    }

    /** A game takes longer. */
    private static Trainer game() {
        return Trainer.epochs(25).batch(64);
    }

    /** A game of convolutions sees more in a record. */
    private static Trainer images() {
        return Trainer.epochs(15).batch(64);
    }

    /** One whose generator moves at every fifth batch alone. */
    private static Trainer critics(int epochs) {
        return Trainer.epochs(epochs).batch(64);
    }

    /** One with the rates of learning that were tried for it. */
    private static Trainer game(int epochs, double generator, double discriminator) {
        return Trainer.epochs(epochs)
                .batch(64)
                .optimizer("generator", Adam.of(generator).beta1(0.5))
                .optimizer("discriminator", Adam.of(discriminator).beta1(0.5));
    }

    private void autoencoders() {
        add(Ae.class, shape -> Ae.mlp(shape, 16), bound());
        add(
                Annealed.class,
                shape -> new Annealed(vae(shape), Schedule.constant().warmUp(5)),
                bound());
        add(BetaTcVae.class, shape -> new BetaTcVae(vae(shape), 4, 10_000), bound());
        add(BetaVae.class, shape -> BetaVae.of(vae(shape), 4), bound());
        add(CapacityVae.class, shape -> CapacityVae.of(vae(shape), 30, 15), bound());
        add(CategoricalVae.class, shape -> CategoricalVae.mlp(shape, 20, 10), bound());
        add(ConditionalVae.class, shape -> ConditionalVae.mlp(shape, 4, CLASSES), bound());
        add(DenoisingAe.class, shape -> DenoisingAe.mlp(shape, 16, new Corruption.Masking(0.25)), bound());
        add(DipVae.class, shape -> new DipVae(vae(shape), 10, 100), bound());
        add(DipVaeII.class, shape -> new DipVaeII(vae(shape), 10, 10), bound());
        add(FactorVae.class, shape -> FactorVae.of(vae(shape), 10, 256, 256), bound());
        add(FreeBits.class, shape -> new FreeBits(vae(shape), 0.5), bound());
        add(InfoVae.class, shape -> new InfoVae(vae(shape), 0.5, 100), bound());
        add(Iwae.class, shape -> new Iwae(vae(shape), 5), bound());
        add(JointVae.class, shape -> JointVae.mlp(shape, 10, CLASSES, 30, 15), bound());
        add(LadderVae.class, shape -> LadderVae.mlp(shape, 16, 8), bound());
        add(RaeGradientPenalty.class, shape -> RaeGradientPenalty.mlp(shape, 16, 0.1, 1e-3), bound());
        add(RaeL2.class, shape -> RaeL2.mlp(shape, 16, 0.1, 1e-3), bound());
        add(Vae.class, Exhibits::vae, bound());
        add(
                Vae.class,
                "Vae.film",
                film -> Vae.film(film, 16, 1),
                Datasets.movingDigits(5_000, 500, 1),
                Trainer.epochs(20).batch(32).optimizer(Adam.of(2e-3)).schedule(Schedule.linearDecay(0.5)));
        add(VampPriorVae.class, shape -> VampPriorVae.mlp(shape, 16, 100), bound());
        add(VqVae.class, shape -> VqVae.mlp(shape, 16, 64), bound());
        add(Wae.class, shape -> Wae.mlp(shape, 16, 100), bound());
    }

    private static Vae vae(Shape shape) {
        return Vae.mlp(shape, 16);
    }

    private void games() {
        add(
                AuxiliaryClassifierGan.class,
                shape -> AuxiliaryClassifierGan.mlp(shape, 16, CLASSES),
                game(30, 1e-3, 1e-3));
        add(BoundaryEquilibriumGan.class, shape -> BoundaryEquilibriumGan.mlp(shape, 32), game(20, 5e-4, 5e-4));
        add(ConditionalGan.class, shape -> ConditionalGan.mlp(shape, 32, CLASSES), game(45, 1e-3, 1e-3));
        add(
                CoupledGan.class,
                shape -> CoupledGan.convolutional(shape, 32, 2, 16),
                digitsAndOutlines(),
                game(8, 1e-3, 1e-3));
        add(Dragan.class, shape -> Dragan.convolutional(shape, 32, 16), images());
        add(Gan.class, shape -> Gan.convolutional(shape, 32, 16), images());
        add(EnergyBasedGan.class, shape -> EnergyBasedGan.mlp(shape, 32, 10), game(20, 5e-4, 5e-4));
        add(HingeGan.class, shape -> HingeGan.of(Gan.convolutional(shape, 32, 16)), images());
        add(
                InfoGan.class,
                shape -> InfoGan.convolutional(shape, 16, CLASSES, 0, 16),
                DigitsInOneHand.of(6_000),
                game(16, 1e-3, 2e-4));
        add(LeastSquaresGan.class, shape -> LeastSquaresGan.of(Gan.convolutional(shape, 32, 16)), images());
        add(MinimaxGan.class, shape -> MinimaxGan.of(Gan.convolutional(shape, 32, 16)), images());
        add(ProjectionGan.class, shape -> ProjectionGan.mlp(shape, 16, CLASSES), game(45, 1e-3, 1e-3));
        add(R1Gan.class, shape -> R1Gan.convolutional(shape, 32, 16), images());
        add(
                RelativisticAverageGan.class,
                shape -> RelativisticAverageGan.of(Gan.convolutional(shape, 32, 16)),
                images());
        add(
                SemiSupervisedGan.class,
                shape -> SemiSupervisedGan.mlp(shape, 32, CLASSES),
                SemiSupervisedGan.partlyLabelled(DIGITS, 10, 0),
                game());
        add(
                WassersteinGan.class,
                shape -> WassersteinGan.convolutional(shape, 32, 16),
                critics(60).optimizer(RmsProp.of(5e-4)));
        add(
                WassersteinGradientPenalty.class,
                shape -> WassersteinGradientPenalty.convolutional(shape, 32, 16),
                critics(40).optimizer(Adam.of(5e-4).beta1(0).beta2(0.9)));
    }

    private void hybrids() {
        add(AdversarialAutoencoder.class, shape -> AdversarialAutoencoder.mlp(shape, 16), game());
        add(AdversarialVariationalBayes.class, shape -> AdversarialVariationalBayes.mlp(shape, 16), game());
        add(BiGan.class, shape -> BiGan.convolutional(shape, 16, 16), images());
        add(VaeGan.class, shape -> VaeGan.convolutional(shape, 16, 16), images());
    }

    private void translations() {
        add(
                CycleGan.class,
                pair -> CycleGan.of(pair, 8, 10, 0),
                pairs(View.OUTLINE),
                Trainer.epochs(2).batch(16));
        add(
                MocoGan.class,
                film -> MocoGan.of(film, 16, 8, 16),
                Datasets.movingDigits(5_000, 200, 1),
                Trainer.epochs(12).batch(32).optimizer(Adam.of(5e-4).beta1(0.5)));
        add(
                Pix2Pix.class,
                pair -> Pix2Pix.of(pair, 16, 100),
                pairs(View.OUTLINE),
                Trainer.epochs(6).batch(32));
        add(Restoration.class, pair -> Restoration.of(pair, 16, new Bernoulli()), pairs(View.MASKED), images());
    }

    private static Dataset pairs(View view) {
        return Datasets.pairs(view, 5_000, 500, 1);
    }

    private void others() {
        var named = all.stream().map(Exhibit::type).toList();
        for (var type : Variants.all()) {
            if (!named.contains(type)) {
                add(
                        type,
                        new Variant(type, false)::make,
                        DIGITS,
                        Trainer.epochs(10).batch(64));
            }
        }
    }

    private void add(Class<?> type, Function<Shape, Model> model, Trainer trainer) {
        add(type, model, DIGITS, trainer);
    }

    private void add(Class<?> type, Function<Shape, Model> model, Dataset data, Trainer trainer) {
        add(type, type.getSimpleName(), model, data, trainer);
    }

    private void add(Class<?> type, String name, Function<Shape, Model> model, Dataset data, Trainer trainer) {
        all.add(new Exhibit(type, name, () -> model.apply(data.shape()), data, trainer));
    }

    /** Two domains that are never seen in pairs: the outlines of some digits, and other digits. */
    private static Dataset digitsAndOutlines() {
        var pairs = Datasets.pairs(View.OUTLINE, 10_000, 1_000, 1);
        return new Dataset("digits and outlines", domains(pairs.train()), domains(pairs.test()));
    }

    private static Samples domains(Samples pairs) {
        int d = (int) pairs.shape().size() / 2;
        var values = new float[pairs.size() * d];
        var domains = new int[pairs.size()];
        for (int i = 0; i < domains.length; i++) {
            domains[i] = i % 2;
            System.arraycopy(pairs.row(i), domains[i] * d, values, i * d, d);
        }
        return Samples.of(DIGITS.shape(), values).withLabels(domains);
    }
}
