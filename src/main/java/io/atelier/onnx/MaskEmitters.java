package io.atelier.onnx;

import io.atelier.keras.KerasLayer;
import io.atelier.keras.layer.Embedding;
import io.atelier.keras.layer.Masking;
import io.atelier.keras.layer.Shape;
import io.atelier.onnx.proto.TensorProto.DataType;
import java.util.List;

/** The layers that make masks. */
final class MaskEmitters {
    private MaskEmitters() {}

    static void addTo(Emitters emitters) {
        emitters.add(Embedding.class, MaskEmitters::embedding);
        emitters.add(Masking.class, MaskEmitters::masking);
    }

    private static Value embedding(OnnxGraph graph, KerasLayer layer, Embedding config, Value input) {
        String name = layer.name();
        Value x = graph.kerasLayout(input);
        String indices = graph.cast(x.name(), DataType.INT64);
        String table = graph.constant(name + "/embeddings", layer.weight("embeddings"));
        Value rows =
                Value.of(graph.node("Gather", name + "/rows", List.of(table, indices)), config.outputShape(x.shape()));
        return config.maskZero() ? rows.withMask(Value.of(differs(graph, layer, x.name(), 0), x.shape())) : rows;
    }

    private static Value masking(OnnxGraph graph, KerasLayer layer, Masking config, Value input) {
        String name = layer.name();
        Value x = graph.kerasLayout(input);
        String any = graph.any(differs(graph, layer, x.name(), config.maskValue()), true);
        String output =
                graph.node("Where", name + "/masked", List.of(any, x.name(), graph.constant(name + "/zero", 0)));
        String last = graph.integers(name + "/axes", -1);
        Shape steps = x.shape().slice(0, x.shape().rank() - 1);
        return x.renamed(output).withMask(Value.of(graph.node("Squeeze", name + "/mask", List.of(any, last)), steps));
    }

    private static String differs(OnnxGraph graph, KerasLayer layer, String x, double value) {
        String equal = graph.node(
                "Equal", layer.name() + "/equal", List.of(x, graph.constant(layer.name() + "/mask_value", value)));
        return graph.node("Not", layer.name() + "/differs", List.of(equal));
    }
}
