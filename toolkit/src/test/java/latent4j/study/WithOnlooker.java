package latent4j.study;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tests in which nobody looks on, or who they say. */
abstract class WithOnlooker {

    Onlooker onlooker = standing -> {};

    @BeforeEach
    void silent() {
        Onlookers.install(() -> new Onlooker() {
            @Override
            public void done(Standing standing) {
                onlooker.done(standing);
            }

            @Override
            public void going(Standing standing) {
                onlooker.going(standing);
            }
        });
    }

    @AfterEach
    void asBefore() {
        Onlookers.install(Onlookers::lines);
        Thread.interrupted();
    }
}
