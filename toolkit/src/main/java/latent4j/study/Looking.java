package latent4j.study;

/** Shows how far a study is, when it is called and the last time is some while ago. */
@FunctionalInterface
public interface Looking {

    /** Looks into the folder and shows what is there; most calls do nothing. */
    void look();
}
