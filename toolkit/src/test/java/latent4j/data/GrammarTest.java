package latent4j.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.util.HashSet;
import java.util.List;
import latent4j.tensor.Seed;
import org.junit.jupiter.api.Test;

class GrammarTest {

    @Test
    void bitsAreTheSameOnEveryPlatform() {
        assertEquals(
                "7362908a5edf852ebd95c8eb76720fd8876ed0334c16aea5eb584ee444ebbdef",
                Datasets.sums(100, 20, 0).hash());
    }

    @Test
    void acceptsTheLanguageAndNothingElse() {
        for (var text : List.of("a", "a+b", "a-(b+c)", "((a))", "(a+b)-(c)", "a+b-c   ")) {
            assertTrue(Grammar.accepts(text), text);
        }
        for (var text : List.of("", "+a", "a+", "ab", "(a", "a)", "()", "a+(b", "a b", "a--b", " a", "d", "(a)(b)")) {
            assertFalse(Grammar.accepts(text), text);
        }
    }

    @Test
    void everyDrawnStringBelongsToTheLanguage() {
        var data = Datasets.sums(2000, 100, 0);
        assertEquals(new Shape(13, 8), data.shape());
        assertEquals(
                data.train().head(30).hash(), Datasets.sums(30, 0, 0).train().hash());
        var texts = Grammar.decode(data.train());
        var lengths = data.train().factors().orElseThrow().column("length");
        for (int i = 0; i < texts.size(); i++) {
            assertTrue(Grammar.accepts(texts.get(i)), texts.get(i));
            assertEquals(texts.get(i).length(), lengths[i]);
        }
        assertTrue(new HashSet<>(texts).size() > 1000, () -> new HashSet<>(texts).size() + " different strings");
        assertTrue(texts.stream().anyMatch(text -> text.length() == Grammar.STEPS));
        assertEquals(
                2, Grammar.encode(List.of("(a-(b))")).factors().orElseThrow().column("depth")[0]);
    }

    @Test
    void textAndRecordsAreOneAnothersInverse() {
        var texts = List.of("a", "(a+b)-c", "abc+-()abc+-");
        assertEquals(texts, Grammar.decode(Grammar.encode(texts)));
    }

    @Test
    void randomCharactersHardlyEverBelongToIt() {
        var noise = Samples.of(new Shape(13, 8), new Seed(1).uniform(5000 * 104));
        long accepted = Grammar.decode(noise).stream().filter(Grammar::accepts).count();
        assertTrue(accepted < 10, accepted + " of 5000");
    }

    @Test
    void whatIsNoStringIsRefused() {
        Refusal.expect(() -> Grammar.encode(List.of("a+b+c+a+b+c+a-")), "13", "got 14");
        Refusal.expect(() -> Grammar.encode(List.of("a*b")), "abc+-()", "'*'");
        Refusal.expect(() -> Grammar.decode(Datasets.digits(1, 0).train()), "(13, 8)", "(1, 28, 28)");
    }
}
