package latent4j.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import latent4j.data.Datasets;
import latent4j.data.Samples;
import latent4j.nn.Nets;
import latent4j.tensor.TorchArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchScriptFeaturesTest {

    @TempDir
    Path folder;

    private Path module(String body) throws IOException {
        var file = folder.resolve("module.pt");
        Files.write(file, new TorchArchive("def forward(self, x: Tensor) -> Tensor:\n  " + body + "\n").toBytes());
        return file;
    }

    @Test
    void saysWhatTheNetworkSays() throws IOException {
        var digits = Datasets.digits(0, 150).test();
        var net = Nets.convolutional("net", digits.shape(), 6, 16, 4);
        var file = folder.resolve("net.pt");
        Files.write(file, net.toTorchScript(last -> last));
        var found = Features.torchScript(file, "mine").of(digits);
        var expected = latent4j.model.Inference.map(digits, digits.shape(), net::apply);
        assertEquals(new Shape(6), found.shape());
        assertArrayEquals(expected.toArray(), found.toArray(), 1e-6f);
        assertArrayEquals(digits.labels().orElseThrow(), found.labels().orElseThrow());
    }

    @Test
    void imagesAreMadeAsTheNetworkExpectsThem() throws IOException {
        var file = module("return torch.cat([torch.mean(x, [2, 3]), torch.sum(x, [2, 3])], 1)");
        var image = Samples.of(new Shape(1, 2, 2), new float[] {0, 0.5f, 0.5f, 1});
        var features =
                Features.torchScript(file, "means").channels(3).resized(4, 6).scaled(-1, 1);
        // the mean, 0.5, becomes 0; in 3 channels of 24 pixels
        assertArrayEquals(new float[6], features.of(image).row(0), 1e-5f);
        var scaled = Features.torchScript(file, "means").scaled(0, 2).of(image).row(0);
        assertArrayEquals(new float[] {1, 4}, scaled, 1e-6f);
    }

    @Test
    void maps299By299OfManyRecordsInPieces() throws IOException {
        var file = module("return torch.mean(x, [2, 3], True)"); // [batch, 3, 1, 1]
        var digits = Datasets.digits(0, 70).test();
        var found = Features.torchScript(file, "means")
                .channels(3)
                .resized(299, 299)
                .of(digits);
        assertEquals(new Shape(3), found.shape());
        assertEquals(70, found.size());
        double mean = 0;
        for (float pixel : digits.row(69)) {
            mean += pixel / 784;
        }
        assertEquals(mean, found.row(69)[1], 1e-3);
    }

    @Test
    void refusals() throws IOException {
        var missing = assertThrows(
                        IllegalArgumentException.class, () -> Features.torchScript(folder.resolve("none.pt"), "none"))
                .getMessage();
        assertTrue(missing.startsWith("there is no file "), missing);
        var text = folder.resolve("text.pt");
        Files.writeString(text, "no network");
        var damaged = assertThrows(IllegalArgumentException.class, () -> Features.torchScript(text, "text"))
                .getMessage();
        assertTrue(damaged.contains("it is no TorchScript"), damaged);
        var image = Samples.of(new Shape(1, 2, 2), new float[4]);
        var scalar = Features.torchScript(module("return torch.sum(x)"), "sum");
        assertTrue(assertThrows(IllegalArgumentException.class, () -> scalar.of(image))
                .getMessage()
                .startsWith("the network 'sum' must make (1, features) of (1, 1, 2, 2)"));
        var vector = Samples.of(new Shape(4), new float[4]);
        assertThrows(IllegalArgumentException.class, () -> scalar.channels(3).of(vector));
    }
}
