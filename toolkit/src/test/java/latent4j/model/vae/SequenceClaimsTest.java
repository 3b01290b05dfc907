package latent4j.model.vae;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import latent4j.data.Datasets;
import latent4j.data.Grammar;
import latent4j.loss.Categorical;
import latent4j.nn.Adam;
import latent4j.nn.Nets;
import latent4j.train.Trainer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A recurrent VAE learns the strings of a grammar. */
@Tag("long")
class SequenceClaimsTest {

    /** A sample is the most probable character at each step. */
    @Test
    void samplesBelongToTheGrammar() {
        var data = Datasets.sums(10_000, 1000, 0);
        var vae = new Vae(
                Nets.recurrent("encoder", data.shape(), 32, 64),
                Nets.recurrentDecoder("decoder", 16, data.shape(), 64),
                new Categorical());
        double untrained = accepted(Grammar.decode(vae.draw(1000, 1)));
        Trainer.epochs(40).batch(64).optimizer(Adam.of(3e-3)).watchedBy().fit(vae, data);
        var samples = Grammar.decode(vae.draw(1000, 1));
        double trained = accepted(samples);
        double reconstructed = accepted(Grammar.decode(vae.reconstruct(data.test())));
        System.out.printf(
                "recurrent VAE, strings of the grammar: %.3f of samples (%d different), %.3f of reconstructions,"
                        + " %.3f untrained; %s%n",
                trained, new HashSet<>(samples).size(), reconstructed, untrained, samples.subList(0, 8));
        assertTrue(untrained < 0.05, "untrained: " + untrained);
        assertTrue(trained > 0.6, "trained: " + trained);
    }

    private static double accepted(List<String> texts) {
        return texts.stream().filter(Grammar::accepts).count() / (double) texts.size();
    }
}
