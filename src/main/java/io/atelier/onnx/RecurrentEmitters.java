package io.atelier.onnx;

import io.atelier.keras.KerasLayer;
import io.atelier.keras.MaskRules;
import io.atelier.keras.layer.Bidirectional;
import io.atelier.keras.layer.LayerConfig;
import io.atelier.keras.layer.Recurrent;
import io.atelier.keras.layer.Shape;
import io.atelier.keras.layer.TimeDistributed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Recurrent layers and what wraps them. */
final class RecurrentEmitters {
    private RecurrentEmitters() {}

    static void addTo(Emitters emitters) {
        emitters.addGeneral(Recurrent.class, (graph, layer, config, inputs) -> taking(graph, layer, inputs));
        emitters.addGeneral(Bidirectional.class, (graph, layer, config, inputs) -> taking(graph, layer, inputs));
        emitters.add(TimeDistributed.class, RecurrentEmitters::timeDistributed);
    }

    /** A layer that takes the mask that comes with its sequence; in Keras 3, not if it is given an initial state. */
    private static List<Value> taking(OnnxGraph graph, KerasLayer layer, List<Value> inputs) {
        Value sequence = inputs.get(0);
        if (sequence.mask().isEmpty() || inputs.size() == 1 || graph.maskRules() == MaskRules.KERAS_2) {
            return sequential(graph, layer, inputs);
        }
        List<Value> unmasked = new ArrayList<>(inputs);
        unmasked.set(0, sequence.withoutMask());
        return withMask(layer.config(), sequential(graph, layer, unmasked), sequence);
    }

    /** A recurrent layer that takes the mask of its sequence. */
    static List<Value> sequential(OnnxGraph graph, KerasLayer layer, List<Value> inputs) {
        List<Value> outputs;
        if (layer.config() instanceof Bidirectional both) {
            outputs = bidirectional(graph, layer, both, inputs);
        } else if (layer.config() instanceof Recurrent recurrent) {
            outputs = recurrent(graph, layer, "", recurrent, inputs);
        } else {
            throw new IllegalArgumentException("layer " + layer + " is not recurrent");
        }
        return withMask(layer.config(), outputs, inputs.get(0));
    }

    /** Sequences that a layer gives have the mask of the one it takes. */
    private static List<Value> withMask(LayerConfig config, List<Value> outputs, Value sequence) {
        Recurrent one = config instanceof Bidirectional both ? both.forward() : (Recurrent) config;
        if (sequence.mask().isEmpty() || !one.returnSequences()) {
            return outputs;
        }
        int sequences =
                config instanceof Bidirectional both && both.mergeMode() == Bidirectional.MergeMode.NONE ? 2 : 1;
        List<Value> masked = new ArrayList<>(outputs);
        for (int i = 0; i < sequences; i++) {
            masked.set(i, outputs.get(i).withMask(sequence.mask().get()));
        }
        return masked;
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
        Optional<String> mask = inputs.get(0).mask().map(Value::name);
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
            CellLoop.Result result = mask.isEmpty() && RecurrentOperator.handles(loop.cell())
                    ? RecurrentOperator.emit(graph, loop, sequence, ofCell)
                    : RecurrentScan.emit(graph, loop, sequence, ofCell, mask, config.zeroOutputForMask());
            sequence = result.sequence();
            if (loop.isBackwards()) {
                mask = mask.map(flags -> RecurrentOperator.flipped(graph, loop.name() + "mask", flags));
            }
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
        StepMasks masks = new StepMasks(graph, name, input.mask());
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
        Value eachStep = masks.ofSteps(Value.of(steps, step.with(0, Shape.UNKNOWN)));
        Value output = graph.kerasLayout(
                Emitters.emit(graph, wrapped, List.of(eachStep)).get(0));
        String outputShape = graph.node("Shape", name + "/output_shape", List.of(output.name()));
        String whole = graph.node(
                "Concat",
                name + "/whole_shape",
                List.of(
                        slice(graph, name + "/batch_and_time", shape, 0, 2),
                        slice(graph, name + "/output_step", outputShape, 1, Long.MAX_VALUE)),
                OnnxGraph.integer("axis", 0));
        Value sequence = Value.of(
                graph.node("Reshape", name + "/sequence", List.of(output.name(), whole)),
                config.outputShape(x.shape()));
        return masks.ofSequence(output, slice(graph, name + "/batch_and_time", shape, 0, 2))
                .map(sequence::withMask)
                .orElse(sequence);
    }

    static String slice(OnnxGraph graph, String name, String vector, long from, long to) {
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
