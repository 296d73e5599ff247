package io.atelier.onnx;

import io.atelier.keras.KerasLayer;
import io.atelier.keras.layer.Bidirectional;
import io.atelier.keras.layer.LayerConfig;
import io.atelier.keras.layer.Recurrent;
import io.atelier.keras.layer.Shape;
import io.atelier.keras.layer.TimeDistributed;
import java.util.ArrayList;
import java.util.List;

/** Recurrent layers and what wraps them. */
final class RecurrentEmitters {
    private RecurrentEmitters() {}

    static void addTo(Emitters emitters) {
        emitters.addGeneral(
                Recurrent.class, (graph, layer, config, inputs) -> recurrent(graph, layer, "", config, inputs));
        emitters.addGeneral(Bidirectional.class, RecurrentEmitters::bidirectional);
        emitters.add(TimeDistributed.class, RecurrentEmitters::timeDistributed);
    }

    /** Whether a layer goes from step to step, and would have to leave out those that a mask hides. */
    static boolean isSequential(LayerConfig config) {
        return config instanceof Recurrent || config instanceof Bidirectional || config instanceof TimeDistributed;
    }

    /**
     * The outputs of a recurrent layer.
     *
     * @param prefix before the names of its weights in {@code layer}
     */
    private static List<Value> recurrent(
            OnnxGraph graph, KerasLayer layer, String prefix, Recurrent config, List<Value> inputs) {
        List<String> names =
                inputs.stream().map(input -> graph.kerasLayout(input).name()).toList();
        String sequence = names.get(0);
        List<String> initial = names.subList(1, names.size());
        List<String> outputs = new ArrayList<>();
        List<String> states = new ArrayList<>();
        String last = "";
        for (int i = 0; i < config.cells().size(); i++) {
            CellLoop loop = new CellLoop(
                    layer,
                    prefix + config.weightPrefix(i),
                    config.cells().get(i),
                    // The first cell has turned the sequence round.
                    config.goBackwards() && i == 0);
            List<String> ofCell = initial.isEmpty()
                    ? initial
                    : initial.subList(states.size(), states.size() + loop.cell().stateCount());
            CellLoop.Result result = RecurrentOperator.handles(loop.cell())
                    ? RecurrentOperator.emit(graph, loop, sequence, ofCell)
                    : RecurrentScan.emit(graph, loop, sequence, ofCell);
            sequence = result.sequence();
            last = result.last();
            states.addAll(result.states());
        }
        outputs.add(config.returnSequences() ? sequence : last);
        if (config.returnState()) {
            outputs.addAll(states);
        }
        return values(outputs, config.outputShapes(shapes(inputs)));
    }

    private static List<Value> bidirectional(
            OnnxGraph graph, KerasLayer layer, Bidirectional config, List<Value> inputs) {
        List<Value> forward =
                recurrent(graph, layer, Bidirectional.FORWARD, config.forward(), config.forwardInputs(inputs));
        List<Value> backward =
                recurrent(graph, layer, Bidirectional.BACKWARD, config.backward(), config.backwardInputs(inputs));
        String ahead = forward.get(0).name();
        String back = backward.get(0).name();
        if (config.forward().returnSequences()) {
            back = RecurrentOperator.flipped(graph, layer.name() + "/in_order", back);
        }
        List<String> outputs = new ArrayList<>(merged(graph, layer.name(), config.mergeMode(), List.of(ahead, back)));
        forward.stream().skip(1).map(Value::name).forEach(outputs::add);
        backward.stream().skip(1).map(Value::name).forEach(outputs::add);
        return values(outputs, config.outputShapes(shapes(inputs)));
    }

    private static List<String> merged(
            OnnxGraph graph, String name, Bidirectional.MergeMode mode, List<String> outputs) {
        return switch (mode) {
            case NONE -> outputs;
            case CONCAT -> List.of(graph.node("Concat", name + "/concat", outputs, OnnxGraph.integer("axis", -1)));
            case SUM -> List.of(graph.node("Add", name + "/sum", outputs));
            case MUL -> List.of(graph.node("Mul", name + "/mul", outputs));
            case AVE -> {
                String sum = graph.node("Add", name + "/sum", outputs);
                yield List.of(graph.node("Mul", name + "/ave", List.of(sum, graph.constant(name + "/half", 0.5))));
            }
        };
    }

    /** All steps at once, as one larger batch. */
    private static Value timeDistributed(OnnxGraph graph, KerasLayer layer, TimeDistributed config, Value input) {
        Value x = graph.kerasLayout(input);
        String name = layer.name();
        Shape step = TimeDistributed.step(x.shape());
        String shape = graph.node("Shape", name + "/shape", List.of(x.name()));
        String rest = slice(graph, name + "/step", shape, 2, Long.MAX_VALUE);
        String steps = graph.node(
                "Reshape",
                name + "/steps",
                List.of(
                        x.name(),
                        graph.node(
                                "Concat",
                                name + "/steps_shape",
                                List.of(graph.integers(name + "/any", -1), rest),
                                OnnxGraph.integer("axis", 0))));
        KerasLayer wrapped = new KerasLayer(name + "/layer", config.layer(), layer.weights());
        Value output =
                graph.kerasLayout(Emitters.emit(graph, wrapped, List.of(Value.of(steps, step.with(0, Shape.UNKNOWN))))
                        .get(0));
        String outputShape = graph.node("Shape", name + "/output_shape", List.of(output.name()));
        String whole = graph.node(
                "Concat",
                name + "/whole_shape",
                List.of(
                        slice(graph, name + "/batch_and_time", shape, 0, 2),
                        slice(graph, name + "/output_step", outputShape, 1, Long.MAX_VALUE)),
                OnnxGraph.integer("axis", 0));
        return Value.of(
                graph.node("Reshape", name + "/sequence", List.of(output.name(), whole)),
                config.outputShape(x.shape()));
    }

    private static String slice(OnnxGraph graph, String name, String vector, long from, long to) {
        return graph.node(
                "Slice", name, List.of(vector, graph.integers(name + "/from", from), graph.integers(name + "/to", to)));
    }

    private static List<Shape> shapes(List<Value> values) {
        return values.stream().map(Value::shape).toList();
    }

    private static List<Value> values(List<String> names, List<Shape> shapes) {
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            values.add(Value.of(names.get(i), shapes.get(i)));
        }
        return values;
    }
}
