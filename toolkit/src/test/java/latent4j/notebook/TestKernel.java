package latent4j.notebook;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.util.List;

/** A kernel that runs cells in this process and writes down the messages that would go to Jupyter. */
public interface TestKernel extends AutoCloseable {

    /**
     * A message to Jupyter.
     *
     * @param type such as {@code display_data}
     * @param content as JSON
     */
    record Output(String type, JsonObject content) {

        static Output of(String type, Object content) {
            return new Output(type, new Gson().toJsonTree(content).getAsJsonObject());
        }

        String data(String mimeType) {
            var data = content.getAsJsonObject("data");
            return data.has(mimeType) ? data.get(mimeType).getAsString() : null;
        }

        String displayId() {
            return content.getAsJsonObject("transient").get("display_id").getAsString();
        }

        String text() {
            return content.get("text").getAsString();
        }
    }

    /** Runs a cell; the messages that it causes, but for those about being busy or idle. */
    List<Output> run(String cell);

    @Override
    void close();
}
