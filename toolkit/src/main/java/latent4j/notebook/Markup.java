package latent4j.notebook;

/**
 * Text that the notebook sets: a formula, Markdown or HTML.
 *
 * @param type its MIME type
 * @param source the text as written
 */
public record Markup(String type, String source) {

    @Override
    public String toString() {
        return source;
    }
}
