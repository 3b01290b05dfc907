package latent4j.notebook;

import ai.djl.ndarray.types.Shape;
import java.lang.reflect.Proxy;
import java.util.Random;
import latent4j.data.Samples;
import latent4j.model.Model;
import latent4j.plot.Examples;
import latent4j.train.History;
import latent4j.train.Progress;

/** Moments of made-up trainings. */
public final class Trainings {

    static final int STEPS = 600;

    private Trainings() {}

    /** Of a model of small grey images: {@code step} of 600, over 2 epochs, 100 steps a second. */
    public static Progress progress(History history, long step, Progress.State state) {
        return progress(model(new Shape(1, 28, 28)), history, step, state);
    }

    static Progress progress(Model model, History history, long step, Progress.State state) {
        return new Progress(
                model, history, (int) (step / 300), 2, step, STEPS, step / 100.0, step == 0 ? 0 : 100, state);
    }

    /** A model that draws pictures or points but cannot learn. */
    static Model model(Shape shape) {
        return (Model) Proxy.newProxyInstance(
                Model.class.getClassLoader(), new Class<?>[] {Model.class}, (proxy, method, arguments) -> {
                    return switch (method.getName()) {
                        case "shape" -> shape;
                        case "draw" -> draw(shape, (int) arguments[0]);
                        default -> throw new UnsupportedOperationException(method.getName());
                    };
                });
    }

    private static Samples draw(Shape shape, int n) {
        if (shape.dimension() == 3) {
            return Examples.images(n, (int) shape.get(0), (int) shape.get(1), (int) shape.get(2));
        }
        var random = new Random(1);
        var values = new float[(int) (n * shape.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Samples.of(shape, values);
    }
}
