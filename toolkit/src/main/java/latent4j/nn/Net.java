package latent4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import latent4j.tensor.Arrays;
import latent4j.tensor.Compute;
import latent4j.tensor.Kernels;
import latent4j.tensor.Mode;
import latent4j.tensor.Require;
import latent4j.tensor.Seed;
import latent4j.tensor.Tape;
import latent4j.tensor.TorchArchive;
import latent4j.tensor.TorchModule;

/**
 * A network with its weights and with what its optimiser remembers. It behaves as in training while a
 * training {@link Tape} is open on the thread, else as in use.
 *
 * <p>It may keep a {@linkplain #average moving average} of its weights beside them. Then training moves the weights, and
 * everything else is done with the average: samples, validation, files.
 */
public final class Net {

    private static final Cleaner CLEANER = Cleaner.create();

    private final String name;
    private final Network network;
    private final boolean seeded;
    private final Shape input;
    private final Shape output;
    private final NDManager manager = Compute.current().manager().newSubManager();
    private final List<Weight> weights;
    private final List<NDArray> arrays;
    private final List<NDArray> trainable = new ArrayList<>();
    private final NetBlock.Forward forward;
    private final Supplier<Block> block;
    private Optimizer optimizer;
    private final List<List<NDArray>> moments = new ArrayList<>();
    private long steps;
    private double decay;
    private Precision precision = Precision.FLOAT32;
    private List<NDArray> average = List.of();
    private List<NDArray> watched;
    private List<NDArray> given;
    private Part features;
    private Part head;

    /**
     * A network with fresh weights from seed 0; training starts it anew from the run's seed.
     *
     * @param name what it is in its model, such as {@code encoder}
     * @param network its layers
     * @param input one example's shape
     * @throws IllegalArgumentException if the layers do not fit the shape
     */
    public Net(String name, Network network, Shape input) {
        this.name = name;
        this.network = network;
        this.seeded = true;
        this.input = input;
        this.output = network.output(input);
        this.weights = network.weights(input);
        this.arrays = weights.stream()
                .map(w -> Tape.adopt(manager.zeros(w.shape(), Arrays.type())))
                .toList();
        this.forward = forward(network, input);
        this.block = () -> new NetBlock(this, arrays, forward);
        findTrainable();
        initialise(new Seed(0));
        CLEANER.register(this, manager::close);
    }

    /** The whole forward pass in one call, where the engine runs text. */
    private NetBlock.Forward forward(Network network, Shape input) {
        if (!Compute.current().runsTorchScript()) {
            return (x, all, mode) -> network.apply(Kernels.current(), x, all, mode);
        }
        var module = new TorchModule(network.text(input), manager);
        return (x, all, mode) ->
                module.call(Network.method(mode, mode == Mode.TRAINING ? precision : Precision.FLOAT32), x, all);
    }

    /**
     * A DJL block, which runs layer by layer. A block that has weights keeps them, also when training starts; one that
     * has none gets them from the seed: uniform on ±1/√inputs, biases 0.
     *
     * @param name what it is in its model
     * @param block any block that takes one array and returns one
     * @param input one example's shape
     */
    public Net(String name, Block block, Shape input) {
        this.name = name;
        this.network = null;
        this.input = input;
        var batch = new Shape(2).addAll(input);
        this.seeded = !block.isInitialized();
        if (seeded) {
            block.initialize(manager, DataType.FLOAT32, batch);
        }
        this.output = block.getOutputShapes(new Shape[] {batch})[0].slice(1);
        this.weights = new ArrayList<>();
        this.arrays = new ArrayList<>();
        for (var parameter : block.getParameters()) {
            var array = parameter.getValue().getArray();
            if (!array.getDevice().equals(Compute.current().device())) {
                throw new IllegalArgumentException(
                        "the block of network '" + name + "' has weights on " + array.getDevice() + ", expected "
                                + Compute.current().device() + ": load it with Compute.current().device()");
            }
            Tape.adopt(array);
            weights.add(new Weight(
                    parameter.getKey(),
                    array.getShape(),
                    start(parameter.getValue()),
                    isTrainable(parameter.getValue())));
            arrays.add(array);
        }
        var store = new ParameterStore(manager, false);
        this.forward = (x, all, mode) ->
                block.forward(store, new NDList(x), mode == Mode.TRAINING).singletonOrThrow();
        this.block = () -> block;
        findTrainable();
        initialise(new Seed(0));
        CLEANER.register(block, manager::close); // the block may outlive this net
    }

    /**
     * A fresh net of the same name, with other layers or for another input: such as this net with each product spectrally
     * normalised, {@code net.with(layers, net.input())}.
     */
    public Net with(Network network, Shape input) {
        return new Net(name, network, input);
    }

    /** y = f(x); x: [batch, input…], y: [batch, output…]. */
    public NDArray apply(NDArray x) {
        check(name, x, input);
        if (watched != null) {
            watched.add(features(x));
            return head(watched.get(watched.size() - 1));
        }
        var y = Tape.onTape(x.getManager(), () -> forward.apply(x, weightsNow(), Tape.mode()));
        Reference.reachabilityFence(this);
        return y;
    }

    private static void check(String what, NDArray x, Shape input) {
        var shape = x.getShape();
        if (shape.dimension() != input.dimension() + 1 || !shape.slice(1).equals(input)) {
            throw new IllegalArgumentException(
                    what + " takes [batch, ...] of shape " + new Shape(-1).addAll(input) + ", got " + shape);
        }
    }

    private List<NDArray> weightsNow() {
        return given != null ? given : Tape.records() ? arrays : inUse();
    }

    /**
     * The net's features of x: what its last product layer gets (Linear or a convolution, spectrally normalised or not, that is
     * not inside another layer). {@code net.head(net.features(x))} is {@code net.apply(x)}, computed once.
     *
     * @param x [batch, input…]
     * @return [batch, …] of {@link #featureShape}
     * @throws IllegalStateException for a DJL block, or where no layer is a product
     */
    public NDArray features(NDArray x) {
        check(name, x, input);
        return features().apply(x);
    }

    /**
     * The {@linkplain #features(NDArray) features} of what the net is applied to within a computation, in the order in which
     * it is: for a computation that puts its input together itself.
     */
    public List<NDArray> featuresWithin(Runnable computation) {
        var before = watched;
        var found = new ArrayList<NDArray>();
        watched = found;
        try {
            computation.run();
        } finally {
            watched = before;
        }
        return found;
    }

    /** The rest of the net from its {@link #features} on; features: [batch, …], result: [batch, output…]. */
    public NDArray head(NDArray features) {
        check("the head of " + name, features, featureShape());
        return head.apply(features);
    }

    /** One example's shape as the net's {@link #features}. */
    public Shape featureShape() {
        features();
        return head.from;
    }

    private Part features() {
        if (features == null) {
            requireLayers("its features are not known");
            int layers = network.featureLayers();
            int count = network.part(0, layers).weights(input).size();
            var between = network.part(0, layers).output(input);
            head = new Part(network.part(layers, network.layers().size()), between, count, arrays.size());
            features = new Part(network.part(0, layers), input, 0, count);
        }
        return features;
    }

    /** Some of the layers, and which of the net's weights are theirs. */
    private final class Part {
        private final Shape from;
        private final int first;
        private final int end;
        private final NetBlock.Forward forward;
        private final List<NDArray> own;

        Part(Network layers, Shape from, int first, int end) {
            this.from = from;
            this.first = first;
            this.end = end;
            forward = forward(layers, from);
            own = arrays.subList(first, end);
        }

        NDArray apply(NDArray x) {
            var all = weightsNow();
            var weights = all == arrays ? own : all.subList(first, end);
            var y = Tape.onTape(x.getManager(), () -> forward.apply(x, weights, Tape.mode()));
            Reference.reachabilityFence(Net.this);
            return y;
        }
    }

    /**
     * Computes with other arrays in the place of the {@linkplain #trainable trainable} weights, and gradients flow into them:
     * such as those that steps of an optimiser would make of the weights, {@code kernels.affine(gradient, -rate,
     * 0).add(weight)}. Running statistics are the net's own.
     *
     * @param weights in the order and of the shapes of {@link #trainable}
     * @param computation may apply the net, its features and its head as often as it likes
     * @throws IllegalStateException for a DJL block
     */
    public <T> T using(List<NDArray> weights, Supplier<T> computation) {
        requireLayers("it computes with its own weights only");
        if (weights.size() != trainable.size()) {
            throw new IllegalArgumentException(
                    name + " has " + trainable.size() + " trainable weight arrays, got " + weights.size());
        }
        var all = new ArrayList<NDArray>();
        int next = 0;
        for (int i = 0; i < arrays.size(); i++) {
            all.add(this.weights.get(i).trainable() ? weights.get(next++) : arrays.get(i));
            if (!all.get(i).getShape().equals(arrays.get(i).getShape())) {
                throw new IllegalArgumentException(name + "'s "
                        + this.weights.get(i).name() + " has shape "
                        + arrays.get(i).getShape() + ", got " + all.get(i).getShape());
            }
        }
        var before = given;
        given = all;
        try {
            return computation.get();
        } finally {
            given = before;
        }
    }

    private void requireLayers(String otherwise) {
        if (network == null) {
            throw new IllegalStateException(
                    name + " is a foreign DJL block: " + otherwise + "; describe the network by layers");
        }
    }

    /** Fresh weights from a seed, and nothing remembered by the optimiser; a DJL block that came with weights keeps them. */
    public void initialise(Seed seed) {
        if (seeded) {
            var values = new ArrayList<float[]>();
            for (int i = 0; i < weights.size(); i++) {
                var weight = weights.get(i);
                values.add(weight.start()
                        .values((int) weight.shape().size(), seed.child(name).child(i)));
            }
            load(values);
        } else {
            forget();
        }
    }

    /** Moves the weights one step against their gradients, given in the order of {@link #trainable}. */
    public void step(Optimizer rule, List<NDArray> gradients) {
        step(rule, rule.learningRate(), gradients);
    }

    /** Takes back the count of a step that was not carried out. */
    public void takeBackStep() {
        steps--;
    }

    /** Moves the weights one step against their gradients, at another learning rate than the rule's own. */
    public void step(Optimizer rule, double learningRate, List<NDArray> gradients) {
        if (!rule.equals(optimizer)) {
            if (optimizer == null || kind(optimizer) != kind(rule) || optimizer.moments() != rule.moments()) {
                forget();
                remember(rule);
            }
            optimizer = rule;
        }
        rule.step(trainable, gradients, moments, ++steps, learningRate);
        if (decay > 0) {
            double share = 1 - Math.min(decay, (1.0 + steps) / (10 + steps));
            Kernels.current().average(average, arrays, share);
        }
    }

    /**
     * From now on keeps a moving average of weights and running statistics, beginning with their present values: after
     * each step a ← δa + (1 − δ)θ, with δ = min(decay, (1 + t)/(10 + t)) at step t, so that the random start is soon
     * forgotten. Where there is an average already, it goes on.
     *
     * <p>The running statistics of batch normalisation are averaged like the weights: they belong to the weights of the same
     * steps, and those of the last step alone fit the averaged weights less well.
     *
     * @param decay in (0, 1); or 0, which ends averaging and drops the average
     * @throws IllegalArgumentException for a DJL block, which has only one set of weights
     */
    public void average(double decay) {
        if (decay == 0) {
            dropAverage();
            return;
        }
        Require.insideUnit("average", decay);
        if (network == null) {
            throw new IllegalArgumentException(
                    "network '" + name + "' is a foreign DJL block, of whose weights no moving"
                            + " average can be kept beside them: describe it by layers, or train it without an average");
        }
        this.decay = decay;
        if (average.isEmpty()) {
            average = zeros(arrays);
            Kernels.current().copy(average, arrays);
        }
    }

    /**
     * From now on computes products and convolutions so while training.
     *
     * @throws IllegalArgumentException where the machine gains nothing from it, and for a DJL block, which computes as it does
     */
    public void precision(Precision precision) {
        precision.require();
        trainIn(precision);
    }

    /** The same also where the machine gains nothing. */
    void trainIn(Precision precision) {
        if (network == null && precision != Precision.FLOAT32) {
            throw new IllegalArgumentException("precision must be FLOAT32 for network '" + name
                    + "', a foreign DJL block, got " + precision + ": describe it by layers to train it otherwise");
        }
        this.precision = precision;
    }

    private List<NDArray> inUse() {
        return average.isEmpty() ? arrays : average;
    }

    private void dropAverage() {
        average.forEach(NDArray::close);
        average = List.of();
        decay = 0;
    }

    /** What a rule remembers means the same to all rules of its kind. */
    private static Class<?> kind(Optimizer rule) {
        return rule instanceof ClippedWeights clipped ? kind(clipped.rule()) : rule.getClass();
    }

    /** The arrays that an optimiser moves; they are the net's own, not copies. */
    public List<NDArray> trainable() {
        return trainable;
    }

    /** What it is in its model, such as {@code encoder}. */
    public String name() {
        return name;
    }

    /** The layers, unless it is a DJL block. */
    public Optional<Network> network() {
        return Optional.ofNullable(network);
    }

    /** Whether in training one example's output depends on the others of its batch, as batch normalisation and packing make it. */
    public boolean mixesExamples() {
        return network == null
                ? weights.stream()
                        .anyMatch(w -> w.name().toLowerCase(Locale.ROOT).contains("runningmean"))
                : network.mixesExamples();
    }

    /**
     * The net as a DJL block over the same weights, for use in DJL's own trainer and models. A moving average takes the
     * place of the weights first, since a block has only one set of them.
     */
    public Block toBlock() {
        if (!average.isEmpty()) {
            load(values());
        }
        return block.get();
    }

    /** One example's shape. */
    public Shape input() {
        return input;
    }

    /** The shape that one example turns into. */
    public Shape output() {
        return output;
    }

    /** How many numbers an optimiser moves. */
    public long parameters() {
        return trainable.stream().mapToLong(NDArray::size).sum();
    }

    /** What the weights are, in the order of {@link #values}. */
    public List<Weight> weights() {
        return List.copyOf(weights);
    }

    /** A copy of all weights and running statistics as they are used: their moving average, where one is kept. */
    public List<float[]> values() {
        return values(inUse());
    }

    /**
     * Takes over weights and running statistics; what belonged to others goes, the optimiser's memory and a moving average.
     *
     * @throws IllegalArgumentException if their number or sizes are not this net's; nothing is changed then
     */
    public void load(List<float[]> values) {
        check(values, weights);
        dropAverage();
        copy(arrays, values);
        forget();
    }

    /** A copy of everything that decides how training goes on. */
    public NetState state() {
        return new NetState(
                values(arrays),
                Optional.ofNullable(optimizer),
                moments.stream().map(this::values).toList(),
                steps,
                values(average));
    }

    /**
     * Returns to a state: training goes on from it, to the bit, as it went on when the state was taken.
     *
     * @throws IllegalArgumentException if it is no state of such a net; nothing is changed then
     */
    public void restore(NetState state) {
        check(state.values(), weights);
        int expected = state.optimizer().map(Optimizer::moments).orElse(0);
        if (state.moments().size() != expected) {
            throw new IllegalArgumentException("the optimizer of " + name + ", "
                    + state.optimizer().map(Object::toString).orElse("none") + ", remembers " + expected
                    + " arrays a weight, got " + state.moments().size());
        }
        var moved = weights.stream().filter(Weight::trainable).toList();
        state.moments().forEach(values -> check(values, moved));
        if (!state.average().isEmpty()) {
            check(state.average(), weights);
        }
        double goesOn = decay;
        load(state.values());
        if (!state.average().isEmpty()) {
            average = zeros(arrays);
            copy(average, state.average());
            decay = goesOn;
        }
        state.optimizer().ifPresent(rule -> {
            remember(rule);
            optimizer = rule;
            for (int i = 0; i < moments.size(); i++) {
                copy(moments.get(i), state.moments().get(i));
            }
            steps = state.steps();
        });
    }

    private void check(List<float[]> values, List<Weight> expected) {
        if (values.size() != expected.size()) {
            throw new IllegalArgumentException(
                    name + " has " + expected.size() + " weight arrays, got " + values.size());
        }
        for (int i = 0; i < values.size(); i++) {
            var weight = expected.get(i);
            if (values.get(i).length != weight.shape().size()) {
                throw new IllegalArgumentException(name + "'s " + weight.name() + " has shape " + weight.shape() + " ("
                        + weight.shape().size() + " values), got " + values.get(i).length + " values");
            }
        }
    }

    private void copy(List<NDArray> to, List<float[]> from) {
        for (int i = 0; i < to.size(); i++) {
            try (var tape = Tape.evaluation()) {
                Kernels.current()
                        .copy(
                                List.of(to.get(i)),
                                List.of(Arrays.of(from.get(i), to.get(i).getShape())));
            }
        }
    }

    /** The cleaner frees the arrays of a net that nobody holds, also while they are read. */
    private List<float[]> values(List<NDArray> arrays) {
        try {
            return arrays.stream().map(NDArray::toFloatArray).toList();
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /** Remembers the weights and their average as they are, to return to them by running the result. */
    public Runnable snapshot() {
        var copies = new NetState(values(arrays), Optional.empty(), List.of(), 0, values(average));
        return () -> restore(copies);
    }

    /**
     * The network with its weights as a TorchScript file's bytes, which {@code torch.jit.load} runs without
     * Java: {@code forward(x)}, x: [batch, input…], in evaluation mode.
     *
     * @param last what is returned, as a TorchScript expression of what the last layer leaves
     * @throws IllegalStateException for a DJL block, whose layers are not known as text
     */
    public byte[] toTorchScript(UnaryOperator<String> last) {
        if (network == null) {
            throw new IllegalStateException(name + " is a foreign DJL block: only networks described by layers can be"
                    + " exported as TorchScript");
        }
        var archive = new TorchArchive(network.ownedText(input, last));
        for (int i = 0; i < arrays.size(); i++) {
            archive.tensor("w" + i, weights.get(i).shape(), inUse().get(i).toFloatArray());
        }
        return archive.toBytes();
    }

    private void findTrainable() {
        for (int i = 0; i < arrays.size(); i++) {
            if (weights.get(i).trainable()) {
                arrays.get(i).setRequiresGradient(true);
                trainable.add(arrays.get(i));
            }
        }
    }

    private void remember(Optimizer rule) {
        for (int i = 0; i < rule.moments(); i++) {
            moments.add(zeros(trainable));
        }
    }

    private List<NDArray> zeros(List<NDArray> like) {
        return like.stream()
                .map(array -> Tape.adopt(manager.zeros(array.getShape(), array.getDataType())))
                .toList();
    }

    private void forget() {
        moments.forEach(m -> m.forEach(NDArray::close));
        moments.clear();
        steps = 0;
        optimizer = null;
    }

    private static boolean isTrainable(Parameter parameter) {
        return parameter.requiresGradient()
                && parameter.getType() != Parameter.Type.RUNNING_MEAN
                && parameter.getType() != Parameter.Type.RUNNING_VAR;
    }

    private static Start start(Parameter parameter) {
        return switch (parameter.getType()) {
            case GAMMA, RUNNING_VAR -> new Start.Constant(1);
            case BETA, BIAS, RUNNING_MEAN -> new Start.Constant(0);
            default -> {
                var shape = parameter.getArray().getShape();
                yield new Start.Uniform(1 / Math.sqrt(Math.max(1, shape.size() / shape.get(0))));
            }
        };
    }

    @Override
    public String toString() {
        return name + " " + input + " -> " + output + ", " + parameters() + " parameters";
    }
}
