package latent4j.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoopTranslator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import latent4j.data.Samples;
import latent4j.loss.FixedGaussian;
import latent4j.model.gan.Gan;
import latent4j.model.vae.Vae;
import latent4j.tensor.Compute;
import latent4j.tensor.Tape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An exported decoder computes the same without this toolkit. */
class ExportTest {

    private static final Shape IMAGE = new Shape(3, 17, 12);

    private static List<Latent> models() {
        return List.of(
                Vae.convolutional(IMAGE, 5),
                Vae.mlp(IMAGE, 5, new FixedGaussian(0.1)),
                Gan.convolutional(IMAGE, 5, 4),
                Gan.mlp(new Shape(2), 5, 16));
    }

    @Test
    void libtorchRunsIt(@TempDir Path folder) throws Exception {
        for (var latent : models()) {
            var codes = latent.prior(4, 1);
            latent.export(folder.resolve("decoder.pt"));
            try (var model = ai.djl.Model.newInstance(
                            "decoder", Compute.current().device());
                    var tape = Tape.evaluation()) {
                model.load(folder, "decoder");
                try (Predictor<NDList, NDList> predictor = model.newPredictor(new NoopTranslator())) {
                    var found = predictor.predict(new NDList(Inference.array(codes, 0, 4)));
                    assertArrayEquals(
                            latent.decode(codes).toArray(),
                            found.singletonOrThrow().toFloatArray(),
                            1e-6f);
                }
            }
        }
    }

    @Test
    void pythonRunsIt(@TempDir Path folder) throws Exception {
        var python = pythonWithTorch();
        assumeTrue(
                python.isPresent(),
                "no Python that can import torch: set LATENT4J_PYTHON to one (pip install torch==2.7.1)");
        var script =
                """
                import sys, torch
                codes = torch.tensor([float(x) for x in sys.argv[2].split(',')]).reshape(4, 5)
                print(','.join(repr(x) for x in torch.jit.load(sys.argv[1])(codes).flatten().tolist()))
                """;
        for (var latent : models()) {
            var codes = latent.prior(4, 1);
            var file = folder.resolve("decoder.pt");
            latent.export(file);
            var output = run(python.get(), "-c", script, file.toString(), text(codes));
            var found = Arrays.stream(output.strip().split(","))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            var expected = latent.decode(codes).toArray();
            assertEquals(expected.length, found.length);
            for (int i = 0; i < found.length; i++) {
                assertEquals(expected[i], found[i], 1e-6);
            }
        }
    }

    private static String text(Samples codes) {
        var numbers = new StringBuilder();
        for (float value : codes.toArray()) {
            numbers.append(numbers.isEmpty() ? "" : ",").append(value);
        }
        return numbers.toString();
    }

    private static Optional<String> pythonWithTorch() {
        return Stream.of(System.getenv("LATENT4J_PYTHON"), "python3")
                .filter(python -> python != null)
                .filter(python -> {
                    try {
                        return run(python, "-c", "import torch; print('torch')")
                                .strip()
                                .endsWith("torch");
                    } catch (IOException | InterruptedException | AssertionError e) {
                        return false;
                    }
                })
                .findFirst();
    }

    private static String run(String... command) throws IOException, InterruptedException {
        var error = Files.createTempFile("export", ".txt");
        try {
            var process =
                    new ProcessBuilder(command).redirectError(error.toFile()).start();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor(2, TimeUnit.MINUTES);
            assertEquals(0, process.exitValue(), Files.readString(error));
            return output;
        } finally {
            Files.delete(error);
        }
    }
}
