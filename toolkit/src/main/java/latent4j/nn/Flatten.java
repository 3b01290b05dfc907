package latent4j.nn;

import ai.djl.ndarray.types.Shape;

/** Any shape to a vector, row-major. */
public record Flatten() implements Layer {

    @Override
    public Shape output(Shape input) {
        return new Shape(input.size());
    }

    @Override
    public void write(ForwardText text, Shape input) {
        text.result("torch.flatten(" + text.input() + ", 1)");
    }
}
