package latent4j.notebook;

import java.util.Map;

/**
 * One output in several forms, of which the reader's tool takes the one it likes best.
 *
 * @param data the output by MIME type; binary ones in base 64
 * @param metadata by MIME type
 * @param file what a terminal, which shows no picture, saves instead; null where the text says it all
 */
record Bundle(Map<String, Object> data, Map<String, Object> metadata, File file) {

    /**
     * A file's content.
     *
     * @param suffix the name's end, such as {@code png}
     */
    record File(byte[] bytes, String suffix) {}

    /** Text and one richer form of it. */
    static Bundle of(String type, String content, String text) {
        return new Bundle(
                type.equals("text/plain") ? Map.of(type, content) : Map.of(type, content, "text/plain", text),
                Map.of(),
                null);
    }

    static Bundle text(String text) {
        return of("text/plain", text, text);
    }

    String text() {
        return String.valueOf(data.get("text/plain"));
    }
}
