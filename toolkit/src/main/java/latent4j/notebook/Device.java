package latent4j.notebook;

import ai.djl.engine.Engine;

/** The line that says what computes. */
final class Device {

    private Device() {}

    static String describe() {
        var engine = Engine.getInstance();
        return engine.getEngineName() + " " + engine.getVersion() + ", " + engine.defaultDevice();
    }
}
