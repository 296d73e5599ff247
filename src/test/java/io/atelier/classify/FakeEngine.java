package io.atelier.classify;

import io.atelier.engine.Engine;
import io.atelier.engine.InferenceEngine;
import io.atelier.keras.KerasLayer;
import io.atelier.keras.KerasModel;
import io.atelier.keras.LayerCall;
import io.atelier.keras.ModelOrigin;
import io.atelier.keras.Tensor;
import io.atelier.keras.TensorRef;
import io.atelier.keras.layer.ActivationFunction;
import io.atelier.keras.layer.DataFormat;
import io.atelier.keras.layer.Dense;
import io.atelier.keras.layer.GlobalPooling;
import io.atelier.keras.layer.InputLayer;
import io.atelier.keras.layer.LayerConfig;
import io.atelier.keras.layer.PoolingKind;
import io.atelier.keras.layer.Shape;
import io.atelier.keras.layer.WeightSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** An engine that answers each image by a function of its values, and remembers the sizes of its batches. */
final class FakeEngine implements InferenceEngine {
    private final KerasModel model;
    private final UnaryOperator<float[]> answer;
    final List<Integer> batches = new ArrayList<>();
    final AtomicInteger closes = new AtomicInteger();

    FakeEngine(KerasModel model, UnaryOperator<float[]> answer) {
        this.model = model;
        this.answer = answer;
    }

    /** An engine for the ten fashion items that answers each image alike. */
    static FakeEngine fashion(float... answer) {
        return new FakeEngine(fashionModel(), image -> answer);
    }

    /** An engine for the ten fashion items that tells images apart by the sum of their values. */
    static FakeEngine fashionBySum() {
        return new FakeEngine(fashionModel(), image -> {
            double sum = 0;
            for (float value : image) {
                sum += value;
            }
            float[] probabilities = new float[10];
            Arrays.fill(probabilities, 0.05f);
            probabilities[(int) Math.round(sum) % 10] = 0.55f;
            return probabilities;
        });
    }

    static KerasModel fashionModel() {
        return model(Shape.of(-1, 28, 28, 1), 10, ActivationFunction.SOFTMAX);
    }

    /** A model of an input, some layers, and a Dense layer on top of whatever is needed to get there. */
    static KerasModel model(Shape input, int units, ActivationFunction activation, LayerConfig... between) {
        List<LayerConfig> configs = new ArrayList<>();
        configs.add(new InputLayer(input, "float32"));
        configs.addAll(List.of(between));
        if (input.rank() > 2) {
            configs.add(pooling(input.rank() - 2));
        }
        configs.add(new Dense(units, activation, true));
        return model(configs);
    }

    private static LayerConfig pooling(int rank) {
        return new GlobalPooling(PoolingKind.MAX, rank, DataFormat.CHANNELS_LAST, false);
    }

    static KerasModel model(List<LayerConfig> configs) {
        List<KerasLayer> layers = new ArrayList<>();
        List<LayerCall> calls = new ArrayList<>();
        List<Shape> shapes = List.of();
        List<TensorRef> inputs = List.of();
        for (int i = 0; i < configs.size(); i++) {
            String name = "layer_" + i;
            Map<String, Tensor> weights = new LinkedHashMap<>();
            for (WeightSpec spec : configs.get(i).weights(shapes)) {
                weights.put(
                        spec.name(),
                        Tensor.of(spec.shape(), new float[(int) spec.shape().valueCount()]));
            }
            layers.add(new KerasLayer(name, configs.get(i), weights));
            calls.add(new LayerCall(name, 0, inputs));
            shapes = configs.get(i).outputShapes(shapes);
            inputs = List.of(TensorRef.of(name));
        }
        return new KerasModel(
                "fake",
                KerasModel.Kind.SEQUENTIAL,
                layers,
                calls,
                List.of(TensorRef.of("layer_0")),
                inputs,
                Optional.empty(),
                ModelOrigin.memory());
    }

    @Override
    public KerasModel model() {
        return model;
    }

    @Override
    public Engine kind() {
        return Engine.DL4J;
    }

    @Override
    public List<Tensor> predict(List<Tensor> inputs) {
        if (closes.get() > 0) {
            throw new IllegalStateException("the engine is closed");
        }
        Tensor batch = inputs.get(0);
        int images = batch.shape().size(0);
        synchronized (batches) {
            batches.add(images);
        }
        float[] values = batch.toArray();
        List<float[]> answers = new ArrayList<>();
        for (int i = 0; i < images; i++) {
            int size = values.length / images;
            answers.add(answer.apply(Arrays.copyOfRange(values, i * size, (i + 1) * size)));
        }
        int units = answers.get(0).length;
        float[] outputs = new float[images * units];
        for (int i = 0; i < images; i++) {
            System.arraycopy(answers.get(i), 0, outputs, i * units, units);
        }
        return List.of(Tensor.wrap(Shape.of(images, units), outputs));
    }

    @Override
    public Map<TensorRef, Tensor> activations(List<Tensor> inputs) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        closes.incrementAndGet();
    }
}
