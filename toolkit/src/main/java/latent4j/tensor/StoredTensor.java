package latent4j.tensor;

import ai.djl.ndarray.types.Shape;

/** A float32 tensor inside a TorchScript archive, stored as {@code data/key}. */
record StoredTensor(String key, Shape shape, float[] values) {}
