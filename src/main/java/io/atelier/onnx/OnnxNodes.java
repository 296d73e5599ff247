package io.atelier.onnx;

import io.atelier.keras.Tensor;
import io.atelier.onnx.proto.AttributeProto;
import java.util.List;
import java.util.Map;

/** Where an {@link OnnxLayer} puts its nodes and constants; each gets a name of its own. */
public final class OnnxNodes {
    private final OnnxGraph graph;
    private final String layer;

    OnnxNodes(OnnxGraph graph, String layer) {
        this.graph = graph;
        this.layer = layer;
    }

    /** Adds a node without attributes, and gives the name of its output. */
    public String node(String operator, List<String> inputs) {
        return node(operator, inputs, Map.of());
    }

    /**
     * Adds a node, and gives the name of its output.
     *
     * @param operator such as {@code Transpose}
     * @param inputs names of tensors
     * @param attributes by name: an Integer or Long, a Double, a String, or a {@code long[]}
     * @throws IllegalArgumentException if an attribute is of another type
     */
    public String node(String operator, List<String> inputs, Map<String, Object> attributes) {
        AttributeProto[] protos = attributes.entrySet().stream()
                .map(attribute -> attribute(attribute.getKey(), attribute.getValue()))
                .toArray(AttributeProto[]::new);
        return graph.node(operator, layer + "/" + operator, inputs, protos);
    }

    private static AttributeProto attribute(String name, Object value) {
        if (value instanceof Integer || value instanceof Long) {
            return OnnxGraph.integer(name, ((Number) value).longValue());
        }
        if (value instanceof Double number) {
            return OnnxGraph.number(name, number);
        }
        if (value instanceof String text) {
            return OnnxGraph.text(name, text);
        }
        if (value instanceof long[] integers) {
            return OnnxGraph.ints(name, integers);
        }
        throw new IllegalArgumentException(
                "attribute '" + name + "' must be an Integer, Long, Double, String or long[];" + " received "
                        + value.getClass().getSimpleName());
    }

    /** Adds a constant of float32, such as a weight, and gives its name. */
    public String constant(Tensor tensor) {
        return graph.constant(layer + "/constant", tensor);
    }

    /** Adds a constant of one float, and gives its name. */
    public String constant(double value) {
        return graph.constant(layer + "/constant", value);
    }

    /** Adds a constant list of int64, such as a shape or axes, and gives its name. */
    public String integers(long... values) {
        return graph.integers(layer + "/integers", values);
    }
}
