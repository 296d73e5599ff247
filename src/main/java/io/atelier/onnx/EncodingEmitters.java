package io.atelier.onnx;

import io.atelier.keras.KerasLayer;
import io.atelier.keras.Tensor;
import io.atelier.keras.layer.CategoryEncoding;
import io.atelier.keras.layer.Discretization;
import io.atelier.keras.layer.EncodingMode;
import io.atelier.keras.layer.IntegerLookup;
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
        emitters.add(IntegerLookup.class, EncodingEmitters::integerLookup);
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

    /** Each number that is in the vocabulary equals one of it: its place is the sum of the places of those that it equals. */
    private static Value integerLookup(OnnxGraph graph, KerasLayer layer, IntegerLookup config, Value input) {
        String name = layer.name();
        Value x = graph.kerasLayout(input);
        String whole = graph.cast(graph.cast(x.name(), TensorProto.DataType.INT64), TensorProto.DataType.FLOAT);
        int size = config.vocabulary().size();
        float[] numbers = new float[size];
        float[] places = new float[size];
        for (int i = 0; i < size; i++) {
            numbers[i] = config.vocabulary().get(i);
            // Behind that of the numbers that are not in the vocabulary.
            places[i] = i + 1f;
        }
        String vocabulary = graph.constant(name + "/vocabulary", Tensor.wrap(Shape.of(size), numbers));
        String equal = graph.node("Equal", name + "/equal", List.of(apart(graph, name, x.renamed(whole)), vocabulary));
        String place = graph.node(
                "MatMul",
                name + "/place",
                List.of(
                        graph.cast(equal, TensorProto.DataType.FLOAT),
                        graph.constant(name + "/places", Tensor.wrap(Shape.of(size), places))));
        if (config.maskToken().isPresent()) {
            String token =
                    graph.constant(name + "/mask_token", config.maskToken().get());
            String isMask = graph.node("Equal", name + "/is_mask", List.of(whole, token));
            String behind = graph.node("Add", name + "/behind", List.of(place, graph.constant(name + "/one", 1)));
            place = graph.node("Where", name + "/place", List.of(isMask, graph.constant(name + "/zero", 0), behind));
        }
        return encoded(graph, layer, config.mode(), config.size(), x.renamed(place), config.outputShape(x.shape()));
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
