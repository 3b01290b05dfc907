package latent4j.train;

import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * A setting or a figure in which two runs differ.
 *
 * @param name what, such as {@code trainer.batch}
 * @param here the first one's value; {@code none} where it has none
 * @param there the other one's
 */
record Difference(String name, String here, String there) {

    private static final String NONE = "none";

    /** All values in which two trees of JSON differ, each named by its path. */
    static List<Difference> between(String name, JsonElement here, JsonElement there) {
        var first = new LinkedHashMap<String, String>();
        var second = new LinkedHashMap<String, String>();
        flatten(name, here, first);
        flatten(name, there, second);
        var names = new LinkedHashSet<>(first.keySet());
        names.addAll(second.keySet());
        var differences = new ArrayList<Difference>();
        for (var path : names) {
            var difference = new Difference(path, first.getOrDefault(path, NONE), second.getOrDefault(path, NONE));
            if (!difference.here.equals(difference.there)) {
                differences.add(difference);
            }
        }
        return differences;
    }

    private static void flatten(String path, JsonElement json, Map<String, String> values) {
        if (json.isJsonObject()) {
            json.getAsJsonObject()
                    .entrySet()
                    .forEach(member -> flatten(
                            path.isEmpty() ? member.getKey() : path + "." + member.getKey(),
                            member.getValue(),
                            values));
        } else if (json.isJsonArray() && !isRow(json)) {
            int i = 0;
            for (var element : json.getAsJsonArray()) {
                flatten(path + "[" + i++ + "]", element, values);
            }
        } else {
            values.put(path, json.isJsonNull() ? NONE : isRow(json) ? json.toString() : json.getAsString());
        }
    }

    /** Whether it is an array of plain values, such as a shape, which is one value to a reader. */
    private static boolean isRow(JsonElement json) {
        return json.isJsonArray()
                && StreamSupport.stream(json.getAsJsonArray().spliterator(), false)
                        .allMatch(JsonElement::isJsonPrimitive);
    }

    @Override
    public String toString() {
        return name + ": " + here + " and " + there;
    }
}
