package latent4j.study;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.MathContext;
import latent4j.tensor.RandomStream;

/**
 * All numbers from one to another, of which {@link Study#random} draws some: {@code vary("learningRate", Range.logUniform(1e-4, 1e-2))}.
 * Of an argument that is a whole number both ends belong to it.
 *
 * @param low the least
 * @param high the most, above it
 * @param scale in what they are equally likely
 */
public record Range(double low, double high, Scale scale) {

    /** In what all parts of a range are equally likely. */
    public enum Scale {
        /** In the number itself. */
        UNIFORM("uniform"),
        /** In its logarithm: as often from 0.001 to 0.01 as from 0.01 to 0.1. */
        LOG_UNIFORM("logUniform");

        private final String word;

        Scale(String word) {
            this.word = word;
        }
    }

    private static final MathContext DIGITS = new MathContext(6);

    public Range {
        if (!(low < high) || Double.isInfinite(low) || Double.isInfinite(high)) {
            throw new IllegalArgumentException(
                    "a range goes from a number to a higher one, got " + low + " to " + high);
        }
        if (scale == Scale.LOG_UNIFORM && low <= 0) {
            throw new IllegalArgumentException("a range of logarithms begins above 0, got " + low);
        }
    }

    /** Each number of it equally likely. */
    public static Range uniform(double low, double high) {
        return new Range(low, high, Scale.UNIFORM);
    }

    /** The logarithm of each number of it equally likely: for what counts by factors, such as learning rates. */
    public static Range logUniform(double low, double high) {
        return new Range(low, high, Scale.LOG_UNIFORM);
    }

    /** One of its numbers, to six digits; of whole ones, those below high + 1 are rounded down. */
    JsonElement draw(RandomStream stream, Type type) {
        boolean whole = type == int.class || type == long.class;
        double end = whole ? high + 1 : high;
        double share = stream.uniform();
        double number = scale == Scale.UNIFORM ? low + share * (end - low) : low * Math.pow(end / low, share);
        number = whole
                ? Math.floor(number)
                : new BigDecimal(number).round(DIGITS).doubleValue();
        number = Math.max(low, Math.min(high, number)); // beyond which rounding may come
        return whole ? new JsonPrimitive((long) number) : new JsonPrimitive(number);
    }

    /** {@code {"uniform": [1, 8]}}. */
    JsonObject json() {
        var ends = new JsonArray();
        ends.add(new JsonPrimitive(low));
        ends.add(new JsonPrimitive(high));
        var json = new JsonObject();
        json.add(scale.word, ends);
        return json;
    }

    /** What {@link #json} wrote, or a person. */
    static Range read(JsonElement json, String place) {
        var fields = Fields.of(json, place, Scale.UNIFORM.word, Scale.LOG_UNIFORM.word);
        for (var scale : Scale.values()) {
            if (fields.json().size() == 1 && fields.has(scale.word)) {
                var ends = fields.array(scale.word);
                if (ends.size() == 2) {
                    return new Range(
                            end(ends.get(0), fields.at(scale.word)), end(ends.get(1), fields.at(scale.word)), scale);
                }
            }
        }
        throw new IllegalArgumentException(
                place + " must be a list […], or a range such as {\"logUniform\": [0.001, 0.1]}, got " + json);
    }

    private static double end(JsonElement json, String place) {
        return (double) (Double) Call.Argument.read(json, double.class, place);
    }

    /** {@code 1 to 8}, {@code 0.001 to 0.1 (log)}. */
    @Override
    public String toString() {
        var words = Call.Argument.words(new JsonPrimitive(low)) + " to " + Call.Argument.words(new JsonPrimitive(high));
        return scale == Scale.UNIFORM ? words : words + " (log)";
    }
}
