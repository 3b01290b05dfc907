package latent4j.study;

import java.util.List;
import java.util.Optional;
import latent4j.data.Dataset;
import latent4j.metric.Measure;
import latent4j.metric.Metric;
import latent4j.model.Model;

/**
 * A metric that a static method makes, such as {@code Call.of(Probe.class, "metric")}: how one that is no record travels to another
 * process.
 */
record Made(Call call, Metric metric) implements Metric {

    static Made of(Call call) {
        return new Made(call, call.make(null, Metric.class));
    }

    @Override
    public List<Measure> measure(Model model, Dataset data, long seed) {
        return metric.measure(model, data, seed);
    }

    @Override
    public String name() {
        return call.toString();
    }

    @Override
    public Optional<String> scale(Model model) {
        return metric.scale(model);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Made made && made.call.equals(call);
    }

    @Override
    public int hashCode() {
        return call.hashCode();
    }
}
