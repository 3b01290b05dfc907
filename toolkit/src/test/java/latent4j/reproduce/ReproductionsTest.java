package latent4j.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import org.junit.jupiter.api.Test;

class ReproductionsTest {

    /** Results are kept by these names: one of two with the same would be taken for the other. */
    @Test
    void namesAreTheirOwn() {
        var all = Reproduce.all();
        var names = all.stream().map(Reproduction::name).toList();
        assertEquals(names.size(), new HashSet<>(names).size(), names.toString());
        for (var group : all) {
            if (group instanceof Claims claims) {
                var models = claims.claims().stream().map(Claim::model).toList();
                assertEquals(models.size(), new HashSet<>(models).size(), group.name() + ": " + models);
            }
        }
    }
}
