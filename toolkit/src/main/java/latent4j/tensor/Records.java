package latent4j.tensor;

import java.lang.reflect.InvocationTargetException;
import java.util.Map;

/** Copies of records. */
public final class Records {

    private Records() {}

    /**
     * A copy of a record with other values of some components, made by its own constructor.
     *
     * @param values by component's name; names that the record does not have are passed over
     * @throws RuntimeException whatever the record's constructor refuses
     */
    @SuppressWarnings("unchecked")
    public static <R> R with(R record, Map<String, ?> values) {
        var components = record.getClass().getRecordComponents();
        var types = new Class<?>[components.length];
        var all = new Object[components.length];
        try {
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                var name = components[i].getName();
                var accessor = components[i].getAccessor();
                accessor.setAccessible(true); // the record may stand in a notebook's cell
                all[i] = values.containsKey(name) ? values.get(name) : accessor.invoke(record);
            }
            var constructor = record.getClass().getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return (R) constructor.newInstance(all);
        } catch (InvocationTargetException e) {
            throw (RuntimeException) e.getCause();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a record's own components can be read", e);
        }
    }
}
