package io.atelier.dl4j;

import io.atelier.keras.KerasLayer;
import io.atelier.keras.KerasModel;
import io.atelier.keras.LayerCall;
import io.atelier.keras.ModelOrigin;
import io.atelier.keras.Tensor;
import io.atelier.keras.TensorRef;
import io.atelier.keras.layer.InputLayer;
import io.atelier.keras.layer.LayerConfig;
import io.atelier.keras.layer.Shape;
import io.atelier.keras.layer.WeightSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Models and tensors with random values, always the same for a seed. */
final class Models {
    private Models() {}

    /** A Sequential model of layers named {@code layer_0}, {@code layer_1}, … */
    static KerasModel sequential(Shape input, LayerConfig... configs) {
        Random random = new Random(11);
        List<KerasLayer> layers = new ArrayList<>();
        List<LayerCall> calls = new ArrayList<>();
        layers.add(new KerasLayer("input", new InputLayer(input, "float32"), Map.of()));
        calls.add(new LayerCall("input", 0, List.of()));
        TensorRef last = TensorRef.of("input");
        Shape shape = input;
        for (LayerConfig config : configs) {
            String name = "layer_" + (layers.size() - 1);
            layers.add(layer(name, config, shape, random));
            calls.add(new LayerCall(name, 0, List.of(last)));
            last = TensorRef.of(name);
            shape = config.outputShapes(List.of(shape)).get(0);
        }
        return model(KerasModel.Kind.SEQUENTIAL, layers, calls, List.of(TensorRef.of("input")), List.of(last));
    }

    /** A layer with random weights. */
    static KerasLayer layer(String name, LayerConfig config, Shape input, Random random) {
        return layer(name, config, List.of(input), random);
    }

    /** A layer of several inputs with random weights. */
    static KerasLayer layer(String name, LayerConfig config, List<Shape> inputs, Random random) {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        for (WeightSpec weight : config.weights(inputs)) {
            boolean isVariance = weight.name().endsWith("variance");
            weights.put(weight.name(), isVariance ? positive(random, weight.shape()) : tensor(random, weight.shape()));
        }
        return new KerasLayer(name, config, weights);
    }

    static KerasModel model(
            KerasModel.Kind kind,
            List<KerasLayer> layers,
            List<LayerCall> calls,
            List<TensorRef> inputs,
            List<TensorRef> outputs) {
        return new KerasModel("test", kind, layers, calls, inputs, outputs, Optional.empty(), ModelOrigin.memory());
    }

    /** Normally distributed values. */
    static Tensor tensor(Random random, Shape shape) {
        float[] values = new float[Math.toIntExact(shape.valueCount())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Tensor.wrap(shape, values);
    }

    private static Tensor positive(Random random, Shape shape) {
        float[] values = tensor(random, shape).toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.abs(values[i]) + 0.1f;
        }
        return Tensor.wrap(shape, values);
    }
}
