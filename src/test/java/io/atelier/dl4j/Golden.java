package io.atelier.dl4j;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.atelier.keras.KerasLayer;
import io.atelier.keras.KerasModel;
import io.atelier.keras.LayerCall;
import io.atelier.keras.ModelOrigin;
import io.atelier.keras.Tensor;
import io.atelier.keras.TensorRef;
import io.atelier.keras.layer.Activation;
import io.atelier.keras.layer.ActivationFunction;
import io.atelier.keras.layer.BatchNormalization;
import io.atelier.keras.layer.Convolution;
import io.atelier.keras.layer.DataFormat;
import io.atelier.keras.layer.Dense;
import io.atelier.keras.layer.Dropout;
import io.atelier.keras.layer.Flatten;
import io.atelier.keras.layer.GlobalPooling;
import io.atelier.keras.layer.InputLayer;
import io.atelier.keras.layer.LayerConfig;
import io.atelier.keras.layer.Named;
import io.atelier.keras.layer.Padding;
import io.atelier.keras.layer.Pooling;
import io.atelier.keras.layer.PoolingKind;
import io.atelier.keras.layer.ReLU;
import io.atelier.keras.layer.Rescaling;
import io.atelier.keras.layer.Shape;
import io.atelier.keras.layer.SlidingWindow;
import io.atelier.keras.layer.Softmax;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** A model with an input and the output that Keras itself computed for every layer. */
record Golden(KerasModel model, List<Tensor> inputs, Map<String, Tensor> outputs) {
    static Golden read(String name) {
        try (InputStream file = Golden.class.getResourceAsStream(name + ".json")) {
            return of(new ObjectMapper().readTree(Objects.requireNonNull(file, name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What Keras computed for a layer. */
    Tensor output(String layer) {
        return Objects.requireNonNull(outputs.get(layer), layer);
    }

    private static Golden of(JsonNode json) {
        List<KerasLayer> layers = new ArrayList<>();
        List<LayerCall> calls = new ArrayList<>();
        Map<String, Tensor> outputs = new LinkedHashMap<>();
        for (JsonNode layer : json.get("layers")) {
            Map<String, Tensor> weights = new LinkedHashMap<>();
            layer.get("weights")
                    .properties()
                    .forEach(weight -> weights.put(weight.getKey(), tensor(weight.getValue())));
            String name = layer.get("name").asText();
            layers.add(new KerasLayer(name, config(layer.get("className").asText(), layer.get("config")), weights));
            calls.add(new LayerCall(name, 0, refs(layer.get("inputs"))));
            outputs.put(name, tensor(layer.get("output")));
        }
        List<TensorRef> inputs = new ArrayList<>();
        List<Tensor> values = new ArrayList<>();
        for (JsonNode input : json.get("inputs")) {
            inputs.add(TensorRef.of(input.get("name").asText()));
            values.add(tensor(input));
        }
        KerasModel model = new KerasModel(
                "golden",
                KerasModel.Kind.valueOf(json.get("kind").asText().toUpperCase(java.util.Locale.ROOT)),
                layers,
                calls,
                inputs,
                refs(json.get("outputs")),
                Optional.empty(),
                ModelOrigin.memory());
        return new Golden(model, values, outputs);
    }

    private static LayerConfig config(String className, JsonNode c) {
        return switch (className) {
            case "InputLayer" -> new InputLayer(Shape.of(sizes(c.get("batch_shape"))), "float32");
            case "Conv2D" ->
                new Convolution(
                        new SlidingWindow(
                                ints(c.get("kernel_size")),
                                ints(c.get("strides")),
                                ints(c.get("dilation_rate")),
                                word(Padding.class, c.get("padding")),
                                word(DataFormat.class, c.get("data_format"))),
                        c.get("filters").asInt(),
                        c.get("groups").asInt(),
                        word(ActivationFunction.class, c.get("activation")),
                        c.get("use_bias").asBoolean());
            case "MaxPooling2D", "AveragePooling2D" ->
                new Pooling(
                        kind(className),
                        SlidingWindow.of(
                                ints(c.get("pool_size")),
                                ints(c.get("strides")),
                                word(Padding.class, c.get("padding")),
                                word(DataFormat.class, c.get("data_format"))));
            case "GlobalMaxPooling2D", "GlobalAveragePooling2D" ->
                new GlobalPooling(
                        kind(className),
                        2,
                        word(DataFormat.class, c.get("data_format")),
                        c.get("keepdims").asBoolean());
            case "Dense" ->
                new Dense(
                        c.get("units").asInt(),
                        word(ActivationFunction.class, c.get("activation")),
                        c.get("use_bias").asBoolean());
            case "Flatten" -> new Flatten(word(DataFormat.class, c.get("data_format")));
            case "Dropout" ->
                new Dropout(
                        c.get("rate").asDouble(),
                        Optional.ofNullable(c.get("noise_shape"))
                                .filter(JsonNode::isArray)
                                .map(Golden::ints),
                        Optional.empty());
            case "BatchNormalization" ->
                new BatchNormalization(
                        c.get("axis").asInt(),
                        c.get("momentum").asDouble(),
                        c.get("epsilon").asDouble(),
                        c.get("center").asBoolean(),
                        c.get("scale").asBoolean());
            case "Activation" -> new Activation(word(ActivationFunction.class, c.get("activation")));
            case "Softmax" -> new Softmax(ints(c.get("axis")));
            case "ReLU" ->
                new ReLU(
                        Optional.ofNullable(c.get("max_value"))
                                .filter(JsonNode::isNumber)
                                .map(JsonNode::asDouble),
                        c.get("negative_slope").asDouble(),
                        c.get("threshold").asDouble());
            case "Rescaling" -> new Rescaling(doubles(c.get("scale")), doubles(c.get("offset")));
            default -> throw new IllegalArgumentException(className);
        };
    }

    private static PoolingKind kind(String className) {
        return className.contains("Max") ? PoolingKind.MAX : PoolingKind.AVERAGE;
    }

    private static <E extends Enum<E> & Named> E word(Class<E> type, JsonNode word) {
        return Named.parse(type, word.asText()).orElseThrow();
    }

    private static Tensor tensor(JsonNode json) {
        JsonNode values = json.get("values");
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values.get(i).asDouble();
        }
        return Tensor.wrap(Shape.of(sizes(json.get("shape"))), floats);
    }

    private static List<TensorRef> refs(JsonNode names) {
        return StreamSupport.stream(names.spliterator(), false)
                .map(name -> TensorRef.of(name.asText()))
                .toList();
    }

    private static int[] sizes(JsonNode sizes) {
        return ints(sizes).stream().mapToInt(Integer::intValue).toArray();
    }

    private static List<Integer> ints(JsonNode json) {
        if (!json.isArray()) {
            return List.of(json.asInt());
        }
        return StreamSupport.stream(json.spliterator(), false)
                .map(value -> value.isNull() ? Shape.UNKNOWN : value.asInt())
                .toList();
    }

    private static List<Double> doubles(JsonNode json) {
        if (!json.isArray()) {
            return List.of(json.asDouble());
        }
        return StreamSupport.stream(json.spliterator(), false)
                .map(JsonNode::asDouble)
                .toList();
    }
}
