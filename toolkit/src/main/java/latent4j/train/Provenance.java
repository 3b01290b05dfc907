package latent4j.train;

import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import latent4j.data.Dataset;
import latent4j.data.Hash;
import latent4j.data.Origin;
import latent4j.model.Model;
import latent4j.nn.Json;
import latent4j.nn.Net;
import latent4j.nn.Optimizer;

/**
 * Everything that decides a run's result.
 *
 * @param model the model's kind, settings and networks; not its weights
 * @param trainer the settings, without checkpoints and those who look on
 * @param optimizers which optimiser moved which network, by its name
 * @param data the records
 * @param machine what it computed on
 * @param startWeights SHA-256 in hexadecimal of all networks' {@linkplain Net#state states} before the first step
 */
public record Provenance(
        JsonElement model,
        Trainer trainer,
        Map<String, Optimizer> optimizers,
        Data data,
        Machine machine,
        String startWeights) {

    private static final String REASON = "cannot be made from this";

    /**
     * The records of a run.
     *
     * @param name the set's name
     * @param origin how it can be made again, where that is known
     * @param shape one record's shape
     * @param training how many records to train on
     * @param heldOut how many held out
     * @param hash the {@linkplain Dataset#hash() hash} of all of them
     */
    public record Data(String name, Optional<Origin> origin, Shape shape, int training, int heldOut, String hash) {

        static Data of(Dataset data) {
            return new Data(
                    data.name(),
                    data.origin(),
                    data.shape(),
                    data.train().size(),
                    data.test().size(),
                    data.hash());
        }

        /**
         * The data set, made again.
         *
         * @throws IllegalArgumentException if it cannot be, or turns out differently
         */
        Dataset make() {
            var made = origin.orElseThrow(() -> new IllegalArgumentException("the data '" + name
                            + "' cannot be made again by name, as only the sets of Datasets can be"))
                    .make();
            if (!made.hash().equals(hash)) {
                throw new IllegalArgumentException("the data '" + name + "', made again by Datasets." + origin.get()
                        + ", has hash " + made.hash() + ", expected " + hash);
            }
            return made;
        }
    }

    static Provenance of(
            Trainer trainer, Model model, Map<String, Optimizer> optimizers, Dataset data, String startWeights) {
        return new Provenance(
                describe(model), trainer.settings(), optimizers, Data.of(data), Machine.current(), startWeights);
    }

    /** A model that JSON cannot hold, such as one with a function in it, is described as far as it goes. */
    static JsonElement describe(Model model) {
        try {
            return Json.write(model, Model.class);
        } catch (IllegalArgumentException e) {
            var description = new JsonObject();
            description.addProperty("type", model.getClass().getSimpleName());
            description.addProperty(REASON, e.getMessage());
            for (var net : model.nets()) {
                description.add(net.name(), Json.write(net, Net.class));
            }
            return description;
        }
    }

    /**
     * The model, made from its description, with fresh weights.
     *
     * @throws IllegalArgumentException if it cannot be
     */
    Model makeModel() {
        var description = model.getAsJsonObject();
        if (description.has(REASON)) {
            throw new IllegalArgumentException(
                    "the model " + description.get("type").getAsString()
                            + " cannot be made from its description: "
                            + description.get(REASON).getAsString());
        }
        var made = (Model) Json.read(description, Model.class);
        if (!trainer.freshWeights()) {
            throw new IllegalArgumentException("it went on from weights that the model had, which a run does not hold");
        }
        return made;
    }

    /** What kind of model it was. */
    String modelName() {
        var type = model.getAsJsonObject().get("type").getAsString();
        return type.substring(type.lastIndexOf('.') + 1);
    }

    /** SHA-256 in hexadecimal of all networks' {@linkplain Net#state states}. */
    static String hash(List<Net> nets) {
        var hash = Hash.sha256();
        for (var net : nets) {
            var state = net.state();
            hash.text(net.name()).number(state.steps());
            state.values().forEach(hash::numbers);
            state.moments().forEach(moment -> moment.forEach(hash::numbers));
            state.average().forEach(hash::numbers);
        }
        return hash.hex();
    }

    /** Refuses to go on with anything else than this. */
    void requireSame(Provenance other, Path file) {
        var differences = new ArrayList<>(settings(other));
        if (!data.hash.equals(other.data.hash)) {
            differences.add(new Difference("data.hash", data.hash, other.data.hash));
        }
        if (!differences.isEmpty()) {
            throw new IllegalArgumentException(
                    "cannot resume from " + file + ": "
                            + differences.stream()
                                    .map(d -> d.name() + " must be " + d.here() + ", got " + d.there())
                                    .collect(Collectors.joining("; "))
                            + ". Resume with what the training began with, or start anew with fit(model, data) in another folder");
        }
    }

    private List<Difference> settings(Provenance other) {
        return Stream.of(
                        Difference.between("model", model, other.model),
                        Difference.between("trainer", json(trainer, Trainer.class), json(other.trainer, Trainer.class)),
                        Difference.between("optimizers", rules(), other.rules()))
                .flatMap(List::stream)
                .toList();
    }

    /** The settings in which two differ, in words for a reader. */
    List<Difference> differences(Provenance other) {
        return Stream.of(
                        settings(other),
                        Difference.between("data", json(data, Data.class), json(other.data, Data.class)),
                        Difference.between("machine", json(machine, Machine.class), json(other.machine, Machine.class)),
                        Difference.between(
                                "startWeights",
                                json(startWeights, String.class),
                                json(other.startWeights, String.class)))
                .flatMap(List::stream)
                .toList();
    }

    private JsonElement rules() {
        var rules = new JsonObject();
        optimizers.forEach((net, rule) -> rules.add(net, Json.write(rule, Optimizer.class)));
        return rules;
    }

    private static JsonElement json(Object value, Class<?> type) {
        return Json.write(value, type);
    }
}
