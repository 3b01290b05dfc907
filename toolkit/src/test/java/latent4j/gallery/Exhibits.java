package latent4j.gallery;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import latent4j.data.Dataset;
import latent4j.data.Datasets;
import latent4j.data.Samples;
import latent4j.data.View;
import latent4j.model.Model;
import latent4j.model.Variants;
import latent4j.model.Variants.Variant;
import latent4j.model.gan.AuxiliaryClassifierGan;
import latent4j.model.gan.ConditionalGan;
import latent4j.model.gan.CoupledGan;
import latent4j.model.gan.Dragan;
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
import latent4j.model.vae.Ae;
import latent4j.model.vae.BetaVae;
import latent4j.model.vae.CategoricalVae;
import latent4j.model.vae.ConditionalVae;
import latent4j.model.vae.Vae;
import latent4j.model.vae.VampPriorVae;
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
        exhibits.others();
        exhibits.all.sort(Comparator.comparing(exhibit -> exhibit.type().getName()));
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

    private void autoencoders() {
        add(Ae.class, shape -> Ae.mlp(shape, 16), bound());
        add(BetaVae.class, shape -> BetaVae.mlp(shape, 16, 4), bound());
        add(CategoricalVae.class, shape -> CategoricalVae.mlp(shape, 20, 10), bound());
        add(ConditionalVae.class, shape -> ConditionalVae.mlp(shape, 16, CLASSES), bound());
        add(Vae.class, shape -> Vae.mlp(shape, 16), bound());
        add(VampPriorVae.class, shape -> VampPriorVae.mlp(shape, 16, 100), bound());
    }

    private void games() {
        add(AuxiliaryClassifierGan.class, shape -> AuxiliaryClassifierGan.mlp(shape, 32, CLASSES), game());
        add(ConditionalGan.class, shape -> ConditionalGan.mlp(shape, 32, CLASSES), game());
        add(CoupledGan.class, shape -> CoupledGan.mlp(shape, 32, 2), digitsAndOutlines(), game());
        add(Dragan.class, shape -> Dragan.mlp(shape, 32), game());
        add(
                Gan.class,
                shape -> Gan.convolutional(shape, 32, 16),
                Trainer.epochs(15).batch(64));
        add(HingeGan.class, shape -> HingeGan.mlp(shape, 32), game());
        add(InfoGan.class, shape -> InfoGan.mlp(shape, 32, CLASSES, 2), game());
        add(LeastSquaresGan.class, shape -> LeastSquaresGan.mlp(shape, 32), game());
        add(MinimaxGan.class, shape -> MinimaxGan.mlp(shape, 32), game());
        add(ProjectionGan.class, shape -> ProjectionGan.mlp(shape, 32, CLASSES), game());
        add(R1Gan.class, shape -> R1Gan.mlp(shape, 32), game());
        add(RelativisticAverageGan.class, shape -> RelativisticAverageGan.mlp(shape, 32), game());
        add(
                SemiSupervisedGan.class,
                shape -> SemiSupervisedGan.mlp(shape, 32, CLASSES),
                SemiSupervisedGan.partlyLabelled(DIGITS, 10, 0),
                game());
        add(WassersteinGan.class, shape -> WassersteinGan.mlp(shape, 32), game().optimizer(RmsProp.of(2e-4)));
        add(WassersteinGradientPenalty.class, shape -> WassersteinGradientPenalty.mlp(shape, 32), game());
    }

    private void hybrids() {
        add(AdversarialAutoencoder.class, shape -> AdversarialAutoencoder.mlp(shape, 16), game());
        add(AdversarialVariationalBayes.class, shape -> AdversarialVariationalBayes.mlp(shape, 16), game());
        add(BiGan.class, shape -> BiGan.mlp(shape, 16), game());
        add(VaeGan.class, shape -> VaeGan.mlp(shape, 16), game());
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
        all.add(new Exhibit(type, () -> model.apply(data.shape()), data, trainer));
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
