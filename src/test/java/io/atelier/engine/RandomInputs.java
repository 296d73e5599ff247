package io.atelier.engine;

import io.atelier.keras.KerasModel;
import io.atelier.keras.Tensor;
import io.atelier.keras.io.KerasReader;
import io.atelier.keras.layer.Shape;
import io.atelier.testing.Fixtures;
import java.util.List;
import java.util.Random;

/** Small models, and something to feed them with. */
final class RandomInputs {
    private RandomInputs() {}

    static KerasModel fixture(String name) {
        return KerasReader.read(
                Fixtures.ROOT.resolve("conformance").resolve(name).resolve("model.h5"));
    }

    /** One tensor for each input of a model, the same for the same seed. */
    static List<Tensor> of(KerasModel model, int batch, long seed) {
        Random random = new Random(seed);
        return model.inputShapes().stream()
                .map(shape -> random(random, shape.with(0, batch)))
                .toList();
    }

    private static Tensor random(Random random, Shape shape) {
        float[] values = new float[Math.toIntExact(shape.valueCount())];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() * 2 - 1;
        }
        return Tensor.wrap(shape, values);
    }
}
