package latent4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.List;
import latent4j.tensor.Compute;
import latent4j.tensor.Mode;

/** A net as a DJL block over the same weights: what DJL's trainer moves, the net has. */
final class NetBlock extends AbstractBlock {

    /** The forward pass with the weights that DJL hands out. */
    interface Forward {
        NDArray apply(NDArray x, List<NDArray> weights, Mode mode);
    }

    private final Net net; // while this block lives, so does its net with the weights
    private final Forward forward;
    private final List<Parameter> parameters = new ArrayList<>();

    NetBlock(Net net, List<NDArray> arrays, Forward forward) {
        this.net = net;
        this.forward = forward;
        var weights = net.weights();
        for (int i = 0; i < weights.size(); i++) {
            parameters.add(addParameter(Parameter.builder()
                    .setName(weights.get(i).name())
                    .setType(Parameter.Type.OTHER)
                    .optArray(arrays.get(i))
                    .optRequiresGrad(weights.get(i).trainable())
                    .build()));
        }
        initialize(Compute.current().manager(), DataType.FLOAT32, new Shape(-1).addAll(net.input()));
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> parameters) {
        var x = inputs.singletonOrThrow();
        var arrays = this.parameters.stream()
                .map(parameter -> store.getValue(parameter, x.getDevice(), training))
                .toList();
        return new NDList(forward.apply(x, arrays, training ? Mode.TRAINING : Mode.EVALUATION));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return new Shape[] {new Shape(inputs[0].get(0)).addAll(net.output())};
    }
}
