package latent4j.nn;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

/** JSON laid out for a reader: what fits on a line stands on one, and long rows of numbers fill their lines. */
public final class JsonText {

    private static final int WIDTH = 110;

    private final StringBuilder text = new StringBuilder();

    private JsonText() {}

    /** The JSON as text. */
    public static String of(JsonElement json) {
        var writer = new JsonText();
        writer.write(json, 0, "");
        return writer.text.append('\n').toString();
    }

    private void write(JsonElement json, int column, String indent) {
        if (json instanceof JsonObject object && !fits(object, column)) {
            var inner = indent + "  ";
            var separator = "{";
            for (var member : object.entrySet()) {
                var name = new JsonPrimitive(member.getKey()) + ": ";
                text.append(separator).append('\n').append(inner).append(name);
                write(member.getValue(), inner.length() + name.length(), inner);
                separator = ",";
            }
            text.append('\n').append(indent).append('}');
        } else if (json instanceof JsonArray array && !fits(array, column)) {
            var inner = indent + "  ";
            int from = text.length();
            text.append('[');
            for (int i = 0; i < array.size(); i++) {
                var element = array.get(i);
                text.append(i == 0 ? "" : ",");
                int used = text.length() - from;
                if (i > 0
                        && element.isJsonPrimitive()
                        && used + element.toString().length() < WIDTH) {
                    text.append(' ');
                } else {
                    text.append('\n').append(inner);
                    from = text.length() - inner.length();
                }
                write(element, inner.length(), inner);
            }
            text.append('\n').append(indent).append(']');
        } else {
            writeLine(json);
        }
    }

    private static boolean fits(JsonElement json, int column) {
        // a row of very many need not become text to be known as too long
        return !(json instanceof JsonArray array && array.size() > WIDTH)
                && column + json.toString().length() <= WIDTH;
    }

    private void writeLine(JsonElement json) {
        if (json instanceof JsonObject object) {
            var separator = "{";
            for (var member : object.entrySet()) {
                text.append(separator)
                        .append(new JsonPrimitive(member.getKey()))
                        .append(": ");
                writeLine(member.getValue());
                separator = ", ";
            }
            text.append(object.size() == 0 ? "{}" : "}");
        } else if (json instanceof JsonArray array) {
            text.append('[');
            for (int i = 0; i < array.size(); i++) {
                text.append(i == 0 ? "" : ", ");
                writeLine(array.get(i));
            }
            text.append(']');
        } else {
            text.append(json);
        }
    }
}
