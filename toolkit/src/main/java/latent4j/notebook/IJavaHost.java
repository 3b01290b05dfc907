package latent4j.notebook;

import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * A kernel of the IJava family. The running one is asked for by name, because the class that holds it is in the
 * kernel's own jar, which is not published for compiling against.
 */
record IJavaHost(BaseKernel kernel) implements Host {

    private static final String HOLDER = "io.github.spencerpark.ijava.IJava";

    static Optional<Host> running() {
        try {
            var holder = Class.forName(HOLDER, true, BaseKernel.class.getClassLoader());
            var kernel = (BaseKernel) holder.getMethod("getKernelInstance").invoke(null);
            return Optional.ofNullable(kernel).map(IJavaHost::new);
        } catch (ReflectiveOperationException notRunning) {
            return Optional.empty();
        }
    }

    @Override
    public String display(Bundle bundle) {
        var id = UUID.randomUUID().toString();
        var data = put(bundle, new DisplayData());
        data.setDisplayId(id);
        kernel.display(data);
        return id;
    }

    @Override
    public void update(String id, Bundle bundle) {
        kernel.getIO().display.updateDisplay(id, put(bundle, new DisplayData()));
    }

    @Override
    public void register(List<Class<?>> types, Function<Object, Bundle> rendering) {
        for (var type : types) {
            kernel.getRenderer()
                    .createRegistration(type)
                    .register((value, context) -> put(rendering.apply(value), context.getOutputContainer()));
        }
    }

    private static DisplayData put(Bundle bundle, DisplayData data) {
        bundle.data().forEach(data::putData);
        bundle.metadata().forEach(data::putMetaData);
        return data;
    }
}
