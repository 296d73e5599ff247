package io.atelier.conformance;

import io.atelier.keras.KerasLayer;
import io.atelier.keras.KerasModel;
import io.atelier.keras.LayerCall;
import io.atelier.keras.ModelOrigin;
import io.atelier.keras.Tensor;
import io.atelier.keras.TensorRef;
import io.atelier.keras.layer.ActivationFunction;
import io.atelier.keras.layer.Dense;
import io.atelier.keras.layer.InputLayer;
import io.atelier.keras.layer.Rescaling;
import io.atelier.keras.layer.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The models that references.py computes, and where it put what it computed. */
final class TestModels {
    private TestModels() {}

    static Path file(String name) {
        return Path.of("src/test/resources/io/atelier/conformance", name + ".npz");
    }

    static Reference reference(String name) {
        return Reference.read(file(name));
    }

    /** 4 numbers, 5 hidden units, 3 classes. */
    static KerasModel classifier() {
        return classifier(Shape.UNKNOWN);
    }

    static KerasModel classifier(int batchSize) {
        return chain(List.of(
                new KerasLayer("image", new InputLayer(Shape.of(batchSize, 4), "float32"), Map.of()),
                dense("hidden", 4, 5, ActivationFunction.RELU),
                dense("scores", 5, 3, ActivationFunction.SOFTMAX)));
    }

    /** One layer, called twice. */
    static KerasModel shared() {
        KerasLayer input = new KerasLayer("x", new InputLayer(Shape.of(-1, 4), "float32"), Map.of());
        TensorRef x = TensorRef.of("x");
        TensorRef once = TensorRef.of("d");
        return model(
                List.of(input, dense("d", 4, 4, ActivationFunction.LINEAR)),
                List.of(
                        new LayerCall("x", 0, List.of()),
                        new LayerCall("d", 0, List.of(x)),
                        new LayerCall("d", 1, List.of(once))),
                x,
                new TensorRef("d", 1, 0));
    }

    /** A layer with an odd name that halves integers. */
    static KerasModel halves() {
        return chain(List.of(
                new KerasLayer("ids", new InputLayer(Shape.of(-1, 3), "int32"), Map.of()),
                new KerasLayer("halb ½ 層@1", new Rescaling(List.of(0.5), List.of(0.0)), Map.of())));
    }

    /** A nested model with one layer in it, laid out flat. */
    static KerasModel nested() {
        return chain(List.of(
                new KerasLayer("x", new InputLayer(Shape.of(-1, 4), "float32"), Map.of()),
                dense("block/d", 4, 4, ActivationFunction.LINEAR)));
    }

    private static KerasModel chain(List<KerasLayer> layers) {
        List<LayerCall> calls = new ArrayList<>();
        for (KerasLayer layer : layers) {
            List<TensorRef> inputs = calls.isEmpty()
                    ? List.of()
                    : List.of(calls.get(calls.size() - 1).output(0));
            calls.add(new LayerCall(layer.name(), 0, inputs));
        }
        return model(
                layers,
                calls,
                calls.get(0).output(0),
                calls.get(calls.size() - 1).output(0));
    }

    private static KerasModel model(List<KerasLayer> layers, List<LayerCall> calls, TensorRef input, TensorRef output) {
        return new KerasModel(
                "model",
                KerasModel.Kind.FUNCTIONAL,
                layers,
                calls,
                List.of(input),
                List.of(output),
                Optional.empty(),
                new ModelOrigin("model.keras", ModelOrigin.Format.KERAS, Optional.of("3.15.1"), Optional.empty()));
    }

    private static KerasLayer dense(String name, int inputs, int units, ActivationFunction activation) {
        float[] kernel = new float[inputs * units];
        float[] bias = new float[units];
        for (int j = 0; j < units; j++) {
            bias[j] = (j - 1) / 8f;
            for (int i = 0; i < inputs; i++) {
                kernel[i * units + j] = ((3 * i + 5 * j) % 7 - 3) / 4f;
            }
        }
        Map<String, Tensor> weights = new LinkedHashMap<>();
        weights.put("kernel", Tensor.wrap(Shape.of(inputs, units), kernel));
        weights.put("bias", Tensor.wrap(Shape.of(units), bias));
        return new KerasLayer(name, new Dense(units, activation, true), weights);
    }
}
