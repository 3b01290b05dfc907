package latent4j.study;

import latent4j.study.Observation.Clear;
import latent4j.study.Observation.Found;
import latent4j.study.Observation.Unseen;

/** One thing that can be wrong with a training. A sign is a record of its thresholds; a reader's own is one more record. */
public interface Sign {

    /** What it is called, such as {@code posterior collapse}. */
    String name();

    /** Looks for it. */
    Observation look(Patient patient);

    /** It cannot be looked for so early. */
    default Unseen tooEarly() {
        return unseen("after less than half an epoch that says nothing");
    }

    /** It is there. */
    default Found found(String evidence, String advice) {
        return new Found(name(), evidence, advice);
    }

    /** It is not there. */
    default Clear clear(String evidence) {
        return new Clear(name(), evidence);
    }

    /** It cannot be looked for. */
    default Unseen unseen(String reason) {
        return new Unseen(name(), reason);
    }
}
