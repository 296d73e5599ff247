package io.atelier.onnx;

import io.atelier.onnx.proto.TensorProto.DataType;
import java.util.List;
import java.util.Optional;

/**
 * Which keys each query of an attention sees.
 *
 * <p>A query that sees none sees all, which is what comes of scores that are all as low, unless its weights are
 * {@linkplain #zeroed set to 0}.
 */
final class SeenKeys {
    /** What Keras takes from the score of a key that is not seen, or puts in its place. */
    private static final double UNSEEN = 1e9;

    private final OnnxGraph graph;
    private final String name;
    private final String scores;
    /** Flags that fit the scores when repeated. */
    private Optional<String> seen = Optional.empty();

    /**
     * @param name of the layer
     * @param scores {@code (batch, queries, keys)}, or {@code (batch, heads, queries, keys)}
     */
    SeenKeys(OnnxGraph graph, String name, String scores) {
        this.graph = graph;
        this.name = name;
        this.scores = scores;
    }

    /** Leaves out the queries outside of a mask {@code (batch, queries)} of several heads. */
    void addQueries(Value mask) {
        add(wide(mask, 1, 3));
    }

    /** Leaves out the keys outside of a mask {@code (batch, keys)} of several heads. */
    void addKeysOfHeads(Value mask) {
        add(wide(mask, 1, 2));
    }

    /** Leaves out the keys outside of a mask {@code (batch, keys)}. */
    void addKeys(Value mask) {
        add(wide(mask, 1));
    }

    /** Leaves out what is outside of flags {@code (batch, queries, keys)} of several heads. */
    void addPairs(Value flags) {
        add(wide(flags, 1));
    }

    private String wide(Value mask, long... axes) {
        return graph.node("Unsqueeze", name + "/seen", List.of(mask.name(), graph.integers(name + "/axes", axes)));
    }

    private void add(String flags) {
        seen = Optional.of(seen.map(before -> graph.node("And", name + "/seen", List.of(before, flags)))
                .orElse(flags));
    }

    /** The scores, in which those of keys that are not seen are far lower: Attention, AdditiveAttention. */
    String lowered() {
        if (seen.isEmpty()) {
            return scores;
        }
        String low = graph.node("Sub", name + "/lowered", List.of(scores, graph.constant(name + "/unseen", UNSEEN)));
        return graph.node("Where", name + "/masked", List.of(seen.get(), scores, low));
    }

    /** The scores, in which those of keys that are not seen are all as low: MultiHeadAttention. */
    String replaced() {
        if (seen.isEmpty()) {
            return scores;
        }
        String low = graph.constant(name + "/unseen", -UNSEEN);
        return graph.node("Where", name + "/masked", List.of(seen.get(), scores, low));
    }

    /** Weights that are 0 where a key is not seen, even if a query sees none: Keras 3's layer Softmax. */
    String zeroed(String weights) {
        return seen.map(flags -> graph.node(
                        "Where", name + "/zeroed", List.of(flags, weights, graph.constant(name + "/zero", 0))))
                .orElse(weights);
    }

    /** Leaves out the keys behind a query's own place. */
    void addCausal() {
        String shape = graph.node("Shape", name + "/shape", List.of(scores));
        String ones = graph.node("Expand", name + "/ones", List.of(graph.constant(name + "/one", 1), shape));
        String notLater = graph.node("Trilu", name + "/not_later", List.of(ones), OnnxGraph.integer("upper", 0));
        add(graph.cast(notLater, DataType.BOOL));
    }
}
