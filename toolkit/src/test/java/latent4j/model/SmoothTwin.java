package latent4j.model;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import latent4j.nn.Activation;
import latent4j.nn.LeakyRelu;
import latent4j.nn.Net;
import latent4j.nn.Network;

/** The same model with networks of their own, in which every activation with a kink is a smooth one. */
final class SmoothTwin {

    private final Map<Net, Net> nets = new IdentityHashMap<>();

    private SmoothTwin() {}

    static Model of(Model model) {
        return (Model) new SmoothTwin().twin(model);
    }

    private Object twin(Object value) {
        if (value instanceof Net net) {
            return nets.computeIfAbsent(
                    net, n -> new Net(n.name(), (Network) twin(n.network().orElseThrow()), n.input()));
        }
        if (value == Activation.RELU || value instanceof LeakyRelu) {
            return Activation.SWISH;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(this::twin).toList();
        }
        if (value instanceof Optional<?> optional) {
            return optional.map(this::twin);
        }
        return value instanceof Record made ? twin(made) : value;
    }

    private Object twin(Record value) {
        var components = value.getClass().getRecordComponents();
        var twins = new Object[components.length];
        boolean other = false;
        try {
            for (int i = 0; i < twins.length; i++) {
                components[i].getAccessor().setAccessible(true);
                var component = components[i].getAccessor().invoke(value);
                twins[i] = twin(component);
                other |= twins[i] != component;
            }
            if (!other) {
                return value;
            }
            var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            var constructor = value.getClass().getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(twins);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("a twin of " + value, e);
        }
    }
}
