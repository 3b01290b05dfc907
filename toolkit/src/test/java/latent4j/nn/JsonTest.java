package latent4j.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class JsonTest {

    private static final Network EVERY_LAYER = new Network(
            List.of(
                    new Affine(2, -1),
                    new Pack(1),
                    Residual.of(new Shape(3, 9, 8), new Convolution(3, 3, 1, 1)),
                    new Convolution(4, 4, 2, 1),
                    new BatchNorm(),
                    new LeakyRelu(0.2),
                    new TransposedConvolution(1, 4, 2, 1, 0, 1),
                    new Flatten(),
                    new SpectralNorm(new Linear(5, false)),
                    new LayerNorm(),
                    new MinibatchDiscrimination(2, 3),
                    Residual.of(new Shape(7), new Linear(4), Activation.TANH),
                    new Skip(List.of(new Linear(2))),
                    new Pack(2),
                    new Repeat(3),
                    new Gru(4, true),
                    new EachStep(new Linear(8), new Softmax()),
                    new Reshape(new Shape(24, 1, 1)),
                    new Upsample(3, 5, true),
                    new InstanceNorm(),
                    SelfAttention.of(24),
                    new MinibatchStandardDeviation(),
                    new AveragePool(2),
                    GlobalPool.SUM,
                    new Linear(12),
                    new ContentAndMotion(4, 2, List.of(new Gru(2, true))),
                    new Reshape(new Shape(3, 2, 2)),
                    Activation.SWISH),
            new Initialisation.Dcgan());

    @Test
    void everyLayerComesBackAsItWas() {
        var kinds = new HashSet<Class<?>>();
        EVERY_LAYER.changed(layer -> {
            kinds.add(layer.getClass());
            return layer;
        });
        assertEquals(
                LayersTest.kinds(Layer.class).collect(Collectors.toSet()),
                kinds,
                "this test must hold every kind of layer");
        var text = Json.write(EVERY_LAYER, Network.class).toString();
        assertEquals(EVERY_LAYER, Json.read(new Gson().fromJson(text, JsonObject.class), Network.class));
        assertTrue(text.contains("\"units\":12") && text.contains("\"type\":\"Dcgan\""), text);
    }

    @Test
    void netsComeBack() {
        var net = new Net("critic", EVERY_LAYER, new Shape(3, 9, 8));
        var back = (Net) Json.read(Json.write(net, Net.class), Net.class);
        assertEquals(net.name(), back.name());
        assertEquals(net.network(), back.network());
        assertEquals(net.input(), back.input());
    }

    @Test
    void faultsAreNamed() {
        var unknown = new Gson().fromJson("{\"layers\":[{\"type\":\"Quantum\"}]}", JsonObject.class);
        var error = assertThrows(IllegalArgumentException.class, () -> Json.read(unknown, Network.class));
        assertEquals(
                "Network.layers: unknown Layer 'Quantum'; was the file written by a newer version?",
                error.getMessage());
        var missing = new Gson().fromJson("{\"type\":\"Linear\"}", JsonObject.class);
        var absent = assertThrows(IllegalArgumentException.class, () -> Json.read(missing, Layer.class));
        assertEquals("Linear.units: a value of type int is missing", absent.getMessage());
        var negative = new Gson().fromJson("{\"type\":\"Linear\",\"units\":-1,\"bias\":true}", JsonObject.class);
        var refused = assertThrows(IllegalArgumentException.class, () -> Json.read(negative, Layer.class));
        assertEquals("Linear: units must be >= 1, got -1", refused.getMessage());
    }

    @Test
    void aForeignBlockCannotBeMadeFromAFile() {
        var block = ai.djl.nn.core.Linear.builder().setUnits(2).build();
        var json = Json.write(new Net("foreign", block, new Shape(3)), Net.class);
        var error = assertThrows(IllegalArgumentException.class, () -> Json.read(json, Net.class));
        assertTrue(error.getMessage().contains("'foreign' is a foreign DJL block"), error.getMessage());
    }
}
