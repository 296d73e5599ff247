package io.atelier.onnx;

import io.atelier.keras.KerasLayer;
import io.atelier.keras.KerasModel;
import io.atelier.keras.LayerCall;
import io.atelier.keras.ModelOrigin;
import io.atelier.keras.Tensor;
import io.atelier.keras.TensorRef;
import io.atelier.keras.layer.ActivationFunction;
import io.atelier.keras.layer.Dense;
import io.atelier.keras.layer.InputLayer;
import io.atelier.keras.layer.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A model of one Dense unit: what it takes to run it, every model takes. */
final class SmallestModel {
    private SmallestModel() {}

    /** Exports, compiles and runs the model, for the classes and native libraries that this loads. */
    static void run() {
        try (OnnxEngine engine = OnnxEngine.open(make(), OnnxOptions.defaults())) {
            engine.predict(List.of(Tensor.of(Shape.of(1, 1), 1)));
        }
    }

    private static KerasModel make() {
        KerasLayer input = new KerasLayer("input", new InputLayer(Shape.of(Shape.UNKNOWN, 1), "float32"), Map.of());
        KerasLayer dense = new KerasLayer(
                "dense",
                new Dense(1, ActivationFunction.RELU, true),
                Map.of("kernel", Tensor.of(Shape.of(1, 1), 1), "bias", Tensor.of(Shape.of(1), 1)));
        return new KerasModel(
                "smallest",
                KerasModel.Kind.SEQUENTIAL,
                List.of(input, dense),
                List.of(
                        new LayerCall("input", 0, List.of()),
                        new LayerCall("dense", 0, List.of(TensorRef.of("input")))),
                List.of(TensorRef.of("input")),
                List.of(TensorRef.of("dense")),
                Optional.empty(),
                ModelOrigin.memory());
    }
}
