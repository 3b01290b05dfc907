package latent4j.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import latent4j.tensor.Arrays;

/** Whole numbers as rows that are 1 in the number's column and 0 elsewhere. */
public final class OneHot {

    private OneHot() {}

    /**
     * One row for each label.
     *
     * @return [labels, classes]
     * @throws IllegalArgumentException if a label is not between 0 and {@code classes} − 1
     */
    public static NDArray of(int[] labels, int classes) {
        var values = new float[Math.multiplyExact(labels.length, classes)];
        for (int i = 0; i < labels.length; i++) {
            check(labels[i], classes);
            values[i * classes + labels[i]] = 1;
        }
        return Arrays.of(values, new Shape(labels.length, classes));
    }

    /** Each of n numbers once, in order: the identity matrix, [n, n]. */
    public static NDArray all(int n) {
        var numbers = new int[n];
        java.util.Arrays.setAll(numbers, i -> i);
        return of(numbers, n);
    }

    /** Refuses a label that is not between 0 and {@code classes} − 1. */
    public static void check(int label, int classes) {
        if (label < 0 || label >= classes) {
            throw new IllegalArgumentException("label must be between 0 and " + (classes - 1) + ", got " + label);
        }
    }
}
