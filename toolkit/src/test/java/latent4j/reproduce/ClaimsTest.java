package latent4j.reproduce;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the papers' claims to what is expected; {@code -Dclaims=claims-gans} chooses one group. */
@Tag("long")
class ClaimsTest {

    static Stream<Claim> claims() {
        var chosen = System.getProperty("claims", "");
        return Reproduce.all().stream()
                .filter(each -> each instanceof Claims && each.name().startsWith(chosen))
                .flatMap(each -> ((Claims) each).claims().stream());
    }

    @ParameterizedTest
    @MethodSource("claims")
    void itHolds(Claim claim) {
        var finding = claim.check().apply(Trials.whole());
        System.out.println(claim + "\n  " + finding.found());
        assumeTrue(!claim.open() || finding.holds(), "not seen so far: " + finding.found());
        assertTrue(finding.holds(), finding.found());
    }
}
