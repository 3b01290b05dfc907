package latent4j.nn;

/** How a network's weights start. */
public sealed interface Initialisation {

    /**
     * How a linear or convolutional weight starts.
     *
     * @param inputs how many numbers each of its outputs is made from
     * @param outputs how many numbers each of its inputs goes to
     */
    Start weight(int inputs, int outputs);

    /** How a bias with this many inputs a unit starts. */
    Start bias(int inputs);

    /** How a normalisation's scale starts. */
    Start scale();

    /** Uniform on ±1/√inputs for weights and biases, scales at 1: what PyTorch's layers do by default. */
    record ByInputs() implements Initialisation {
        @Override
        public Start weight(int inputs, int outputs) {
            return bias(inputs);
        }

        @Override
        public Start bias(int inputs) {
            return new Start.Uniform(1 / Math.sqrt(inputs));
        }

        @Override
        public Start scale() {
            return new Start.Constant(1);
        }
    }

    /** Uniform on ±√(6/(inputs + outputs)) for weights, biases at 0, scales at 1 (Glorot and Bengio 2010, equation 16). */
    record Glorot() implements Initialisation {
        @Override
        public Start weight(int inputs, int outputs) {
            return new Start.Uniform(Math.sqrt(6.0 / (inputs + outputs)));
        }

        @Override
        public Start bias(int inputs) {
            return new Start.Constant(0);
        }

        @Override
        public Start scale() {
            return new Start.Constant(1);
        }
    }

    /** N(0, 0.02²) for weights, N(1, 0.02²) for scales, biases at 0 (DCGAN: Radford et al. 2016, section 4). */
    record Dcgan() implements Initialisation {

        /** The weights' standard deviation. */
        static final double DEVIATION = 0.02;

        @Override
        public Start weight(int inputs, int outputs) {
            return new Start.Normal(0, DEVIATION);
        }

        @Override
        public Start bias(int inputs) {
            return new Start.Constant(0);
        }

        @Override
        public Start scale() {
            return new Start.Normal(1, DEVIATION);
        }
    }

    /** Weights and biases at one value, scales at 1: for a network that is a free parameter. */
    record Constant(double value) implements Initialisation {
        @Override
        public Start weight(int inputs, int outputs) {
            return new Start.Constant(value);
        }

        @Override
        public Start bias(int inputs) {
            return new Start.Constant(value);
        }

        @Override
        public Start scale() {
            return new Start.Constant(1);
        }
    }
}
