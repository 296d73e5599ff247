package io.atelier.conformance;

import io.atelier.engine.Engine;
import io.atelier.engine.InferenceEngine;
import io.atelier.keras.KerasLayer;
import io.atelier.keras.KerasModel;
import io.atelier.keras.LayerCall;
import io.atelier.keras.Tensor;
import io.atelier.keras.TensorRef;
import io.atelier.keras.layer.ActivationFunction;
import io.atelier.keras.layer.Dense;
import io.atelier.keras.layer.Rescaling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** An engine in plain Java that knows Dense and Rescaling, and errs where it is told to. */
final class FakeEngine implements InferenceEngine {
    private final KerasModel model;
    private final Map<String, UnaryOperator<Tensor>> errors = new LinkedHashMap<>();
    private final List<Integer> batches = new ArrayList<>();

    FakeEngine(KerasModel model) {
        this.model = model;
    }

    /** Passes what a layer gives through a function. */
    FakeEngine erring(String layer, UnaryOperator<Tensor> error) {
        errors.put(layer, error);
        return this;
    }

    /** The rows of each batch that went in. */
    List<Integer> batches() {
        return batches;
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
        Map<TensorRef, Tensor> computed = activations(inputs);
        return model.outputs().stream()
                .map(output -> Objects.requireNonNull(computed.get(output)))
                .toList();
    }

    @Override
    public Map<TensorRef, Tensor> activations(List<Tensor> inputs) {
        batches.add(inputs.get(0).shape().size(0));
        Map<TensorRef, Tensor> computed = new LinkedHashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            computed.put(model.inputs().get(i), inputs.get(i));
        }
        for (LayerCall call : model.calls()) {
            if (!call.inputs().isEmpty()) {
                Tensor input = Objects.requireNonNull(computed.get(call.inputs().get(0)));
                Tensor output = compute(model.layer(call.layer()), input);
                computed.put(
                        call.output(0),
                        errors.getOrDefault(call.layer(), UnaryOperator.identity())
                                .apply(output));
            }
        }
        return computed;
    }

    @Override
    public void close() {}

    private static Tensor compute(KerasLayer layer, Tensor input) {
        if (layer.config() instanceof Rescaling rescaling) {
            float[] values = input.toArray();
            for (int i = 0; i < values.length; i++) {
                values[i] *= rescaling.scale().get(0).floatValue();
            }
            return Tensor.wrap(input.shape(), values);
        }
        return dense(layer, (Dense) layer.config(), input);
    }

    private static Tensor dense(KerasLayer layer, Dense dense, Tensor input) {
        int rows = input.shape().size(0);
        int inputs = input.shape().size(1);
        int units = dense.units();
        float[] values = new float[rows * units];
        for (int row = 0; row < rows; row++) {
            double sum = 0;
            for (int j = 0; j < units; j++) {
                double value = layer.weight("bias").get(j);
                for (int i = 0; i < inputs; i++) {
                    value +=
                            input.get(row * inputs + i) * layer.weight("kernel").get(i * units + j);
                }
                if (dense.activation() == ActivationFunction.RELU) {
                    value = Math.max(value, 0);
                } else if (dense.activation() == ActivationFunction.SOFTMAX) {
                    value = Math.exp(value);
                }
                sum += value;
                values[row * units + j] = (float) value;
            }
            for (int j = 0; j < units && dense.activation() == ActivationFunction.SOFTMAX; j++) {
                values[row * units + j] /= (float) sum;
            }
        }
        return Tensor.wrap(input.shape().with(1, units), values);
    }
}
