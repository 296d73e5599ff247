package io.atelier.dl4j;

import io.atelier.keras.KerasModel;
import io.atelier.keras.layer.ActivationFunction;
import io.atelier.keras.layer.BatchNormalization;
import io.atelier.keras.layer.Convolution;
import io.atelier.keras.layer.DataFormat;
import io.atelier.keras.layer.Dense;
import io.atelier.keras.layer.GlobalPooling;
import io.atelier.keras.layer.LayerNormalization;
import io.atelier.keras.layer.Padding;
import io.atelier.keras.layer.PoolingKind;
import io.atelier.keras.layer.Shape;
import io.atelier.keras.layer.SlidingWindow;
import java.util.List;
import java.util.Random;
import org.bytedeco.javacpp.Pointer;

/** A program that predicts many times and prints by how many bytes its process grew. */
final class ManyPredictions {
    static final String GROWTH = "growth: ";

    private ManyPredictions() {}

    public static void main(String[] args) {
        KerasModel model = Models.sequential(
                Shape.of(-1, 16, 16, 3),
                new Convolution(
                        SlidingWindow.of(List.of(3, 3), List.of(1, 1), Padding.SAME, DataFormat.CHANNELS_LAST),
                        8,
                        1,
                        ActivationFunction.SOFTPLUS,
                        true),
                new BatchNormalization(-1, 0.99, 0.001, true, true),
                new LayerNormalization(List.of(-1), 0.001, true, true, false),
                new GlobalPooling(PoolingKind.AVERAGE, 2, DataFormat.CHANNELS_LAST, false),
                new Dense(4, ActivationFunction.SOFTMAX, true));
        Random random = new Random(1);
        try (Dl4jEngine engine = new Dl4jEngine(model)) {
            predict(engine, random, 2000);
            long before = Pointer.physicalBytes();
            predict(engine, random, 3000);
            System.out.println(GROWTH + (Pointer.physicalBytes() - before));
        }
    }

    private static void predict(Dl4jEngine engine, Random random, int times) {
        for (int i = 0; i < times; i++) {
            engine.predict(List.of(Models.tensor(random, Shape.of(1 + i % 4, 16, 16, 3))));
        }
    }
}
