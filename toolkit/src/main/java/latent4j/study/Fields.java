package latent4j.study;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.List;

/** The members of a JSON object that a person may have written: what is wrong with one is said with its place. */
record Fields(JsonObject json, String place) {

    /**
     * The object's members.
     *
     * @param place where it stands, such as {@code trainer}; empty for a whole file
     * @param known the only names that may occur
     * @throws IllegalArgumentException if it is no object, or has other members
     */
    static Fields of(JsonElement json, String place, String... known) {
        if (!(json instanceof JsonObject object)) {
            throw new IllegalArgumentException(
                    (place.isEmpty() ? "it" : place) + " must be an object {…}, got " + found(json));
        }
        var fields = new Fields(object, place);
        for (var name : object.keySet()) {
            if (!List.of(known).contains(name)) {
                throw new IllegalArgumentException(fields.at(name) + " is not known here; expected are "
                        + String.join(", ", Arrays.stream(known).toList()));
            }
        }
        return fields;
    }

    boolean has(String name) {
        return json.has(name) && !json.get(name).isJsonNull();
    }

    JsonElement element(String name) {
        if (!has(name)) {
            throw new IllegalArgumentException(at(name) + " is missing");
        }
        return json.get(name);
    }

    String text(String name) {
        var element = element(name);
        if (element.isJsonPrimitive() && element.getAsJsonPrimitive().isString()) {
            return element.getAsString();
        }
        throw wrong(name, "a text");
    }

    int whole(String name) {
        return (int) (Integer) Call.Argument.read(element(name), int.class, at(name));
    }

    double number(String name) {
        return (double) (Double) Call.Argument.read(element(name), double.class, at(name));
    }

    boolean flag(String name) {
        return (boolean) (Boolean) Call.Argument.read(element(name), boolean.class, at(name));
    }

    JsonObject object(String name) {
        if (element(name) instanceof JsonObject object) {
            return object;
        }
        throw wrong(name, "an object {…}");
    }

    JsonArray array(String name) {
        if (element(name) instanceof JsonArray array) {
            return array;
        }
        throw wrong(name, "a list […]");
    }

    /** The place of a member, such as {@code trainer.epochs}. */
    String at(String name) {
        return place.isEmpty() ? name : place + "." + name;
    }

    private IllegalArgumentException wrong(String name, String expected) {
        return new IllegalArgumentException(at(name) + " must be " + expected + ", got " + found(json.get(name)));
    }

    private static String found(JsonElement json) {
        var text = String.valueOf(json);
        return text.length() > 80 ? text.substring(0, 77) + "…" : text;
    }
}
