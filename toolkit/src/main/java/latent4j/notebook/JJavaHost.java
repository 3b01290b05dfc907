package latent4j.notebook;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/** The JJava kernel. */
record JJavaHost(BaseKernel kernel) implements Host {

    static Optional<Host> running() {
        try {
            return Optional.of(new JJavaHost(BaseKernel.notebookKernel()));
        } catch (NullPointerException notRunning) { // how the kernel says so
            return Optional.empty();
        }
    }

    @Override
    public String display(Bundle bundle) {
        var id = UUID.randomUUID().toString();
        var data = put(bundle, new DisplayData());
        // not setDisplayId, whose return type differs between releases of JJava
        data.putTransientData("display_id", id);
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
