package latent4j.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import latent4j.data.Samples;
import latent4j.nn.Net;
import latent4j.nn.Optimizer;
import latent4j.tensor.Tape;

/**
 * A game with stabilisers, made by {@link GenerativeAdversarialNetwork#with}. The later ones act on what the earlier ones left:
 * a penalty before instance noise is taken at noisy points, one after it at clean ones.
 *
 * @param game the game, with the networks that the stabilisers asked for
 * @param stabilisers in the order in which they act, each defined for this game
 */
public record Stabilised(GenerativeAdversarialNetwork game, List<Stabiliser> stabilisers)
        implements GenerativeAdversarialNetwork {

    public Stabilised {
        stabilisers = List.copyOf(stabilisers);
        if (!stabilisers.isEmpty()) {
            int before = stabilisers.size() - 1;
            require(stabilisers.get(before), first(before, stabilisers, game));
        }
    }

    /** The game with the networks that the stabilisers ask for. */
    static Stabilised of(GenerativeAdversarialNetwork game, List<Stabiliser> stabilisers) {
        for (var stabiliser : stabilisers) {
            require(stabiliser, game); // before it meets networks that it cannot change
            var generator = stabiliser.generator(game.generator());
            var discriminator = stabiliser.discriminator(game.discriminator());
            if (generator != game.generator() || discriminator != game.discriminator()) {
                game = game.withNets(generator, discriminator);
            }
        }
        return new Stabilised(game, stabilisers);
    }

    private static void require(Stabiliser stabiliser, GenerativeAdversarialNetwork game) {
        stabiliser.refusal(game).ifPresent(reason -> {
            throw new IllegalArgumentException(
                    stabiliser + " is not defined for " + game.getClass().getSimpleName() + ": " + reason);
        });
    }

    private static String name(GenerativeAdversarialNetwork game) {
        return game instanceof Stabilised stabilised
                ? name(stabilised.game) + " with " + stabilised.stabilisers
                : game.getClass().getSimpleName();
    }

    /** What the last stabiliser acts on. */
    private GenerativeAdversarialNetwork inner() {
        return stabilisers.isEmpty() ? game : first(stabilisers.size() - 1, stabilisers, game);
    }

    private static GenerativeAdversarialNetwork first(
            int n, List<Stabiliser> stabilisers, GenerativeAdversarialNetwork game) {
        return n == 0 ? game : new Stabilised(game, stabilisers.subList(0, n));
    }

    private Stabiliser last() {
        return stabilisers.isEmpty() ? new Stabiliser() {} : stabilisers.get(stabilisers.size() - 1);
    }

    @Override
    public Stabilised with(Stabiliser... more) {
        var all = new ArrayList<>(stabilisers);
        var rest = of(game, List.of(more));
        all.addAll(rest.stabilisers);
        return new Stabilised(rest.game, all);
    }

    @Override
    public Stabilised withNets(Net generator, Net discriminator) {
        return new Stabilised(game.withNets(generator, discriminator), stabilisers);
    }

    @Override
    public Terms discriminatorTerms(Step step, NDArray samples) {
        return last().discriminatorTerms(inner(), step, samples);
    }

    @Override
    public Terms generatorTerms(Step step, NDArray samples) {
        return last().generatorTerms(inner(), step, samples);
    }

    @Override
    public int discriminatorSteps() {
        return last().discriminatorSteps(inner());
    }

    @Override
    public Optimizer optimizer(Net net, Optional<Optimizer> named) {
        return last().optimizer(inner(), net, named);
    }

    @Override
    public double average(Net net) {
        return last().average(inner(), net);
    }

    /** The game's own, of which the two players minimise what the stabilisers leave. */
    @Override
    public List<Objective> objectives() {
        return game.objectives().stream().map(this::stabilised).toList();
    }

    private Objective stabilised(Objective objective) {
        return switch (objective.name()) {
            case DISCRIMINATOR ->
                new Objective(
                        DISCRIMINATOR,
                        objective.moves(),
                        objective.every(),
                        step -> discriminatorTerms(step, Tape.stopped(samples(step))));
            case GENERATOR ->
                new Objective(
                        GENERATOR,
                        objective.moves(),
                        discriminatorSteps(),
                        step -> generatorTerms(step, samples(step)));
            default -> objective;
        };
    }

    // Everything else is the game's own.

    @Override
    public Net generator() {
        return game.generator();
    }

    @Override
    public Net discriminator() {
        return game.discriminator();
    }

    @Override
    public NDArray generate(Step step) {
        return game.generate(step);
    }

    @Override
    public NDArray score(Step step, NDArray x) {
        return game.score(step, x);
    }

    @Override
    public NDArray discriminatorLoss(NDArray real, NDArray fake) {
        return game.discriminatorLoss(real, fake);
    }

    @Override
    public NDArray generatorLoss(NDArray fake) {
        return game.generatorLoss(fake);
    }

    @Override
    public String unit() {
        return game.unit();
    }

    @Override
    public Optimizer optimizer() {
        return game.optimizer();
    }

    @Override
    public Map<String, Double> validate(Samples heldOut, long seed) {
        return game.validate(heldOut, seed);
    }

    @Override
    public Shape shape() {
        return game.shape();
    }

    @Override
    public int latent() {
        return game.latent();
    }

    @Override
    public Samples prior(int n, long seed) {
        return game.prior(n, seed);
    }

    @Override
    public Samples draw(int n, long seed) {
        return game.draw(n, seed);
    }

    @Override
    public Samples decode(Samples codes) {
        return game.decode(codes);
    }

    @Override
    public void export(Path file) {
        game.export(file);
    }
}
