package io.atelier.onnx;

import io.atelier.keras.KerasLayer;
import io.atelier.keras.Tensor;
import io.atelier.keras.layer.ActivityRegularization;
import io.atelier.keras.layer.AlphaDropout;
import io.atelier.keras.layer.Dense;
import io.atelier.keras.layer.Dropout;
import io.atelier.keras.layer.EinsumDense;
import io.atelier.keras.layer.GaussianDropout;
import io.atelier.keras.layer.GaussianNoise;
import io.atelier.keras.layer.Identity;
import io.atelier.keras.layer.RandomAugmentation;
import io.atelier.keras.layer.Rescaling;
import io.atelier.keras.layer.Shape;
import io.atelier.keras.layer.SpatialDropout;
import io.atelier.keras.layer.SpectralNormalization;
import io.atelier.keras.layer.UnaryLayer;
import java.util.List;

/** Layers that work on tensors of any rank. */
final class CoreEmitters {
    /** What does nothing in inference. */
    private static final List<Class<? extends UnaryLayer>> IN_TRAINING_ONLY = List.of(
            ActivityRegularization.class,
            AlphaDropout.class,
            Dropout.class,
            GaussianDropout.class,
            GaussianNoise.class,
            Identity.class,
            RandomAugmentation.class,
            SpatialDropout.class);

    private CoreEmitters() {}

    static void addTo(Emitters emitters) {
        emitters.add(Dense.class, CoreEmitters::dense);
        emitters.add(EinsumDense.class, CoreEmitters::einsumDense);
        emitters.add(
                SpectralNormalization.class,
                (graph, layer, config, input) -> Emitters.emit(
                                graph, new KerasLayer(layer.name(), config.layer(), layer.weights()), List.of(input))
                        .get(0));
        IN_TRAINING_ONLY.forEach(type -> emitters.add(type, (graph, layer, config, input) -> input));
        emitters.add(Rescaling.class, CoreEmitters::rescaling);
    }

    private static Value dense(OnnxGraph graph, KerasLayer layer, Dense config, Value input) {
        Value x = graph.kerasLayout(input);
        String name = layer.name();
        String kernel = graph.constant(name + "/kernel", layer.weight("kernel"));
        String output;
        if (x.shape().rank() == 2 && config.useBias()) {
            output = graph.node(
                    "Gemm",
                    name + "/gemm",
                    List.of(x.name(), kernel, graph.constant(name + "/bias", layer.weight("bias"))));
        } else {
            output = graph.node("MatMul", name + "/matmul", List.of(x.name(), kernel));
            if (config.useBias()) {
                output = graph.node(
                        "Add", name + "/add", List.of(output, graph.constant(name + "/bias", layer.weight("bias"))));
            }
        }
        return ActivationEmitters.apply(
                graph, layer, config.activation(), Value.of(output, config.outputShape(x.shape())));
    }

    private static Value einsumDense(OnnxGraph graph, KerasLayer layer, EinsumDense config, Value input) {
        Value x = graph.kerasLayout(input);
        String name = layer.name();
        String output = graph.node(
                "Einsum",
                name + "/product",
                List.of(x.name(), graph.constant(name + "/kernel", layer.weight("kernel"))),
                OnnxGraph.text("equation", config.letters(x.shape()).equation()));
        if (config.useBias()) {
            output = graph.node(
                    "Add", name + "/add", List.of(output, graph.constant(name + "/bias", layer.weight("bias"))));
        }
        return ActivationEmitters.apply(
                graph, layer, config.activation(), Value.of(output, config.outputShape(x.shape())));
    }

    private static Value rescaling(OnnxGraph graph, KerasLayer layer, Rescaling config, Value input) {
        String scaled = graph.node(
                "Mul",
                layer.name() + "/scaled",
                List.of(input.name(), graph.constant(layer.name() + "/scale", perIndex(config.scale(), input))));
        return input.renamed(graph.node(
                "Add",
                layer.name() + "/rescaled",
                List.of(scaled, graph.constant(layer.name() + "/offset", perIndex(config.offset(), input)))));
    }

    /** Values for the last axis of a Keras tensor, in a shape that ONNX broadcasts along that axis. */
    private static Tensor perIndex(List<Double> values, Value input) {
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values.get(i).floatValue();
        }
        return input.along(Tensor.wrap(Shape.of(floats.length), floats), -1);
    }
}
