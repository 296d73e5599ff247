package io.atelier.onnx;

import io.atelier.keras.KerasLayer;
import io.atelier.keras.Tensor;
import io.atelier.keras.layer.CategoryEncoding;
import io.atelier.keras.layer.Discretization;
import io.atelier.keras.layer.EncodingMode;
import io.atelier.keras.layer.Shape;
import io.atelier.onnx.proto.TensorProto;
import java.util.List;
import java.util.stream.IntStream;

/** Layers that make categories of numbers, and vectors of categories. */
final class EncodingEmitters {
    private EncodingEmitters() {}

    static void addTo(Emitters emitters) {
        emitters.add(CategoryEncoding.class, EncodingEmitters::categoryEncoding);
        emitters.add(Discretization.class, EncodingEmitters::discretization);
    }

    private static Value categoryEncoding(OnnxGraph graph, KerasLayer layer, CategoryEncoding config, Value input) {
        Value x = graph.kerasLayout(input);
        String whole = graph.cast(graph.cast(x.name(), TensorProto.DataType.INT64), TensorProto.DataType.FLOAT);
        return encoded(
                graph, layer, config.mode(), config.numTokens(), x.renamed(whole), config.outputShape(x.shape()));
    }

    /** The bin is the number of boundaries that the value is not below: not a number is in the last. */
    private static Value discretization(OnnxGraph graph, KerasLayer layer, Discretization config, Value input) {
        String name = layer.name();
        Value x = graph.kerasLayout(input);
        String below =
                graph.node("Less", name + "/below", List.of(apart(graph, name, x), boundaries(graph, name, config)));
        String passed = graph.cast(graph.node("Not", name + "/passed", List.of(below)), TensorProto.DataType.FLOAT);
        String bin = graph.node(
                "ReduceSum",
                name + "/bin",
                List.of(passed, graph.integers(name + "/last", -1)),
                OnnxGraph.integer("keepdims", 0));
        return encoded(graph, layer, config.mode(), config.bins(), x.renamed(bin), config.outputShape(x.shape()));
    }

    private static String boundaries(OnnxGraph graph, String name, Discretization config) {
        float[] boundaries = new float[config.binBoundaries().size()];
        IntStream.range(0, boundaries.length)
                .forEach(i -> boundaries[i] = config.binBoundaries().get(i).floatValue());
        return graph.constant(name + "/boundaries", Tensor.wrap(Shape.of(boundaries.length), boundaries));
    }

    private static String apart(OnnxGraph graph, String name, Value x) {
        return graph.node("Unsqueeze", name + "/apart", List.of(x.name(), graph.integers(name + "/axis", -1)));
    }

    private static Value encoded(
            OnnxGraph graph, KerasLayer layer, EncodingMode mode, int categories, Value x, Shape shape) {
        if (mode == EncodingMode.INT) {
            return x;
        }
        String name = layer.name();
        float[] numbers = new float[categories];
        IntStream.range(0, categories).forEach(i -> numbers[i] = i);
        String all = graph.constant(name + "/categories", Tensor.wrap(Shape.of(categories), numbers));
        String equal = graph.node("Equal", name + "/equal", List.of(apart(graph, name, x), all));
        String vectors = graph.cast(equal, TensorProto.DataType.FLOAT);
        if (mode == EncodingMode.ONE_HOT && shape.rank() > x.shape().rank()) {
            return Value.of(vectors, shape);
        }
        // The axis of an example's categories; that of a single one goes as well.
        String together = graph.node(
                mode == EncodingMode.COUNT ? "ReduceSum" : "ReduceMax",
                name + "/together",
                List.of(vectors, graph.integers(name + "/categories_axis", -2)),
                OnnxGraph.integer("keepdims", 0));
        return Value.of(together, shape);
    }
}
