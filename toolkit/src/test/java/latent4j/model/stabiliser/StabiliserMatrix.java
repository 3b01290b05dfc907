package latent4j.model.stabiliser;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import latent4j.model.GenerativeAdversarialNetwork;
import latent4j.model.Stabiliser;
import latent4j.model.Variants;
import latent4j.model.Variants.Variant;

/** Which stabiliser is defined for which game: asked of every record that is one, with the reasons where it is not. */
public final class StabiliserMatrix {

    private static final Shape IMAGE = new Shape(1, 8, 9);
    private static final List<Variant> MADE = Variants.made(); // scanning takes seconds

    private StabiliserMatrix() {}

    /** One of each kind, by the name under which it is known, with the settings of its paper. */
    public static Map<String, Stabiliser> stabilisers() {
        var all = new LinkedHashMap<String, Stabiliser>();
        all.put("spectral norm", new SpectralNormalisation());
        all.put("gradient penalty", PenaltyBetween.usual());
        all.put("DRAGAN penalty", PenaltyAroundData.usual());
        all.put("R1", ZeroCentredPenalty.r1(10));
        all.put("R2", ZeroCentredPenalty.r2(10));
        all.put("weight clipping", WeightClipping.usual());
        all.put("label smoothing", LabelSmoothing.usual());
        all.put("instance noise", InstanceNoise.usual());
        all.put("packing", Packing.usual());
        all.put("feature matching", new FeatureMatching());
        all.put("unrolling", Unrolling.usual());
        all.put("minibatch discrimination", MinibatchDiscrimination.usual());
        all.put("minibatch standard deviation", new MinibatchStandardDeviation());
        all.put("self-attention", new SelfAttention());
        all.put("residual blocks", new ResidualBlocks());
        all.put("batch norm", new BatchNormalisation());
        all.put("two time scales", TwoTimeScales.usual());
        all.put("discriminator steps", DiscriminatorSteps.usual());
        all.put("generator average", GeneratorAverage.usual());
        return all;
    }

    /** All records that are games. */
    static List<Class<?>> games() {
        return MADE.stream()
                .<Class<?>>map(Variant::type)
                .filter(GenerativeAdversarialNetwork.class::isAssignableFrom)
                .distinct()
                .toList();
    }

    /** The ways in which a game can be made small: first its {@code small}, then its {@code convolutional}, where it has one. */
    static List<Variant> ways(Class<?> game) {
        return MADE.stream().filter(way -> way.type() == game).toList();
    }

    static GenerativeAdversarialNetwork make(Variant game) {
        return (GenerativeAdversarialNetwork) game.make(IMAGE);
    }

    /** Why a stabiliser is refused for a game; empty where it is not. */
    static Optional<String> refusal(GenerativeAdversarialNetwork game, Stabiliser stabiliser) {
        try {
            game.with(stabiliser);
            return Optional.empty();
        } catch (IllegalArgumentException refused) {
            return Optional.of(refused.getMessage());
        }
    }

    /**
     * The matrix as markdown: a line for each game, a column for each stabiliser; ✓ where it is defined, ✓ᶜ where only with the
     * convolutional networks, and the number of the reason where not.
     */
    public static String markdown() {
        var reasons = new ArrayList<String>();
        var text = new StringBuilder("| game |");
        stabilisers().keySet().forEach(name -> text.append(' ').append(name).append(" |"));
        text.append("\n|---|").append("---|".repeat(stabilisers().size())).append('\n');
        for (var game : games()) {
            text.append("| ").append(game.getSimpleName()).append(" |");
            for (var stabiliser : stabilisers().values()) {
                text.append(' ').append(cell(ways(game), stabiliser, reasons)).append(" |");
            }
            text.append('\n');
        }
        text.append('\n');
        for (int i = 0; i < reasons.size(); i++) {
            text.append(i + 1).append(". ").append(reasons.get(i)).append('\n');
        }
        return text.toString();
    }

    private static String cell(List<Variant> ways, Stabiliser stabiliser, List<String> reasons) {
        String reason = null;
        for (var way : ways) {
            var refusal = refusal(make(way), stabiliser);
            if (refusal.isEmpty()) {
                return reason == null ? "✓" : "✓ᶜ";
            }
            if (reason == null) {
                reason = refusal.get().replaceFirst("^.* is not defined for \\w+: ", "");
            }
        }
        if (!reasons.contains(reason)) {
            reasons.add(reason);
        }
        return String.valueOf(reasons.indexOf(reason) + 1);
    }
}
