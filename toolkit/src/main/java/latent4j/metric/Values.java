package latent4j.metric;

import ai.djl.ndarray.types.Shape;
import latent4j.data.Samples;

/** The records' own values. */
record Values() implements Features {

    @Override
    public String name() {
        return "values";
    }

    @Override
    public Samples of(Samples records) {
        var flat = Samples.of(new Shape(records.shape().size()), records.toArray());
        return records.labels()
                .map(labels -> flat.withLabels(labels, records.classNames()))
                .orElse(flat);
    }
}
