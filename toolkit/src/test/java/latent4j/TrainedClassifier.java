package latent4j;

import latent4j.data.Dataset;
import latent4j.metric.Classifier;
import latent4j.train.Trainer;

/** Classifiers that tests ask what samples show. */
public final class TrainedClassifier {

    private TrainedClassifier() {}

    /** One with 256 hidden units, trained on data of 10 classes. */
    public static Classifier of(Dataset data, int epochs) {
        var classifier = Classifier.mlp("digits-mlp", data.shape(), 10);
        Trainer.epochs(epochs).batch(64).watchedBy().fit(classifier, data);
        return classifier;
    }
}
