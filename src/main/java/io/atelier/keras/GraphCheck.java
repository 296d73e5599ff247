package io.atelier.keras;

import io.atelier.keras.layer.Shape;
import io.atelier.keras.layer.WeightSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Follows the graph of a model from its inputs, computes every shape, and notes everything that does not fit. */
final class GraphCheck {
    private final List<Problem> problems = new ArrayList<>();
    private final Map<TensorRef, Shape> shapes = new LinkedHashMap<>();
    private final Set<String> calledLayers = new LinkedHashSet<>();

    List<Problem> problems() {
        return problems;
    }

    void problem(KerasLayer layer, String message) {
        problems.add(Problem.ofLayer(layer.name(), layer.className(), message));
    }

    /** The shape of every tensor; some are missing if there are problems. */
    Map<TensorRef, Shape> shapes(
            Map<String, KerasLayer> layers, List<LayerCall> calls, List<TensorRef> inputs, List<TensorRef> outputs) {
        for (LayerCall call : calls) {
            KerasLayer layer = layers.get(call.layer());
            if (layer == null) {
                problems.add(
                        Problem.ofFile("the graph calls layer '" + call.layer() + "', which the model does not have"));
            } else {
                check(layer, call);
            }
        }
        checkEnds("input", inputs);
        checkEnds("output", outputs);
        layers.values().stream()
                .filter(layer -> !calledLayers.contains(layer.name()))
                .forEach(layer -> problem(layer, "nothing in the graph calls the layer"));
        return shapes;
    }

    private void check(KerasLayer layer, LayerCall call) {
        calledLayers.add(layer.name());
        List<Shape> inputShapes = new ArrayList<>();
        for (TensorRef input : call.inputs()) {
            Shape shape = shapes.get(input);
            if (shape == null) {
                // Where the producer failed, its own problem says why.
                if (problems.isEmpty()) {
                    problem(layer, "its input " + input + " is not computed by any layer before it");
                }
                return;
            }
            inputShapes.add(shape);
        }
        try {
            checkWeights(layer, layer.config().weights(inputShapes));
            List<Shape> outputShapes = layer.config().outputShapes(inputShapes);
            for (int i = 0; i < outputShapes.size(); i++) {
                if (shapes.put(call.output(i), outputShapes.get(i)) != null) {
                    problem(layer, "call " + call.node() + " stands in the graph twice");
                }
            }
        } catch (IllegalArgumentException | ArithmeticException e) {
            problem(layer, String.valueOf(e.getMessage()));
        }
    }

    private void checkWeights(KerasLayer layer, List<WeightSpec> specs) {
        List<String> expected = specs.stream().map(WeightSpec::name).toList();
        List<String> found = List.copyOf(layer.weights().keySet());
        if (!expected.equals(found)) {
            problem(layer, "expected the weights " + expected + "; received " + found);
            return;
        }
        for (WeightSpec spec : specs) {
            Shape shape = layer.weight(spec.name()).shape();
            if (!shape.equals(spec.shape())) {
                problem(layer, "weight '" + spec.name() + "': expected shape " + spec.shape() + "; received " + shape);
            }
        }
    }

    private void checkEnds(String end, List<TensorRef> tensors) {
        if (tensors.isEmpty()) {
            problems.add(Problem.ofFile("the model has no " + end));
        }
        for (TensorRef tensor : tensors) {
            if (!shapes.containsKey(tensor) && problems.isEmpty()) {
                problems.add(Problem.ofFile("the model's " + end + " " + tensor + " is not computed by any layer"));
            }
        }
    }
}
