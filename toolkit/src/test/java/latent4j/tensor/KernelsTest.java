package latent4j.tensor;

/** The kernels that this process's engine computes with. */
class KernelsTest extends KernelsContract {

    KernelsTest() {
        super(Kernels.current());
    }
}
