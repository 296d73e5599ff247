package io.atelier.onnx;

import io.atelier.keras.KerasLayer;
import io.atelier.keras.Tensor;
import io.atelier.keras.layer.ActivationOption;
import io.atelier.keras.layer.ConvLstm;
import io.atelier.keras.layer.Shape;
import io.atelier.keras.layer.TimeDistributed;
import io.atelier.onnx.proto.ValueInfoProto;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** A memory of pictures: a convolution of all steps at once, and a Scan whose body convolves the state. */
final class ConvLstmEmitters {
    private final OnnxGraph body;
    private final KerasLayer layer;
    private final ConvLstm config;
    private final Shape state;

    private ConvLstmEmitters(OnnxGraph body, KerasLayer layer, ConvLstm config, Shape state) {
        this.body = body;
        this.layer = layer;
        this.config = config;
        this.state = state;
    }

    static void addTo(Emitters emitters) {
        emitters.addGeneral(ConvLstm.class, ConvLstmEmitters::emit);
    }

    /** The outputs of a layer, which takes the mask of its sequence. */
    static List<Value> emit(OnnxGraph graph, KerasLayer layer, ConvLstm config, List<Value> inputs) {
        List<Shape> shapes = inputs.stream().map(Value::shape).toList();
        Shape state = config.stateShape(shapes);
        String name = layer.name();
        Map<String, Tensor> weights = new HashMap<>(layer.weights());
        weights.remove("recurrent_kernel");
        KerasLayer convolution = new KerasLayer(name + "/input", new TimeDistributed(config.ofInput()), weights);
        String taken = Emitters.emit(graph, convolution, List.of(inputs.get(0).withoutMask()))
                .get(0)
                .name();
        Optional<Value> mask = inputs.get(0).mask();
        String zeros = zeros(graph, name, inputs.get(0).name(), state);

        OnnxGraph body = graph.inner(name + "/step");
        new ConvLstmEmitters(body, layer, config, state).addStep(mask.isPresent());
        List<String> taking = new ArrayList<>(List.of(zeros, zeros, zeros, taken));
        mask.ifPresent(flags -> taking.add(flags.name()));
        int scanned = taking.size() - 3;
        List<String> results = graph.nodes(
                "Scan",
                List.of(name + "/h", name + "/c", name + "/last_output", name + "/sequence"),
                taking,
                OnnxGraph.body("body", body),
                OnnxGraph.integer("num_scan_inputs", scanned),
                OnnxGraph.ints("scan_input_axes", Collections.nCopies(scanned, 1)),
                OnnxGraph.ints("scan_output_axes", 1),
                OnnxGraph.ints("scan_input_directions", Collections.nCopies(scanned, config.goBackwards() ? 1 : 0)));
        Value output = Value.of(
                results.get(config.returnSequences() ? 3 : 2),
                config.outputShapes(shapes).get(0));
        return List.of(config.returnSequences() ? mask.map(output::withMask).orElse(output) : output);
    }

    private static String zeros(OnnxGraph graph, String name, String x, Shape state) {
        String batch = graph.node(
                "Shape", name + "/batch", List.of(x), OnnxGraph.integer("start", 0), OnnxGraph.integer("end", 1));
        long[] rest = IntStream.range(1, state.rank()).mapToLong(state::size).toArray();
        String shape = graph.node(
                "Concat",
                name + "/state_shape",
                List.of(batch, graph.integers(name + "/state_sizes", rest)),
                OnnxGraph.integer("axis", 0));
        return graph.node("ConstantOfShape", name + "/zeros", List.of(shape));
    }

    private void addStep(boolean isMasked) {
        String h = input("h");
        String c = input("c");
        String lastOutput = input("last_output");
        String x = input("x");
        Optional<String> counts = isMasked ? Optional.of(wide(input("mask"))) : Optional.empty();
        KerasLayer convolution = new KerasLayer(
                layer.name() + "/state", config.ofState(), Map.of("kernel", layer.weight("recurrent_kernel")));
        Value ofState = body.kerasLayout(
                Emitters.emit(body, convolution, List.of(Value.of(h, state))).get(0));
        List<String> gates = body.nodes(
                "Split",
                IntStream.range(0, ConvLstm.GATES)
                        .mapToObj(i -> layer.name() + "/gate")
                        .toList(),
                List.of(node("Add", x, ofState.name())),
                OnnxGraph.integer("axis", config.window().channelsAxis()),
                OnnxGraph.integer("num_outputs", ConvLstm.GATES));
        String in = apply(config.recurrentActivation(), gates.get(0));
        String forget = apply(config.recurrentActivation(), gates.get(1));
        String candidate = apply(config.activation(), gates.get(2));
        String out = apply(config.recurrentActivation(), gates.get(3));
        String newC = node("Add", node("Mul", forget, c), node("Mul", in, candidate));
        String newH = node("Mul", out, apply(config.activation(), newC));
        String outside = config.zeroOutputForMask() ? body.constant(layer.name() + "/zero", 0) : lastOutput;
        String output = ifCounts(counts, newH, outside);
        output(ifCounts(counts, newH, h));
        output(ifCounts(counts, newC, c));
        output(output);
        output(body.node("Identity", layer.name() + "/output", List.of(output)));
    }

    /** What a step leaves, or what was before it where it does not count; under a name of its own. */
    private String ifCounts(Optional<String> counts, String after, String before) {
        return counts.map(flags -> body.node("Where", layer.name() + "/kept", List.of(flags, after, before)))
                .orElseGet(() -> body.node("Identity", layer.name() + "/kept", List.of(after)));
    }

    /** Flags {@code (batch)} with as many axes as the state. */
    private String wide(String flags) {
        long[] axes = LongStream.range(1, state.rank()).toArray();
        return body.node(
                "Unsqueeze", layer.name() + "/counts", List.of(flags, body.integers(layer.name() + "/axes", axes)));
    }

    private String input(String part) {
        String unique = body.unique(layer.name() + "/step/" + part);
        body.proto().addInput(ValueInfoProto.newBuilder().setName(unique));
        return unique;
    }

    private void output(String tensor) {
        body.proto().addOutput(ValueInfoProto.newBuilder().setName(tensor));
    }

    private String apply(ActivationOption function, String tensor) {
        return ActivationEmitters.apply(body, layer, function, Value.of(tensor, state))
                .name();
    }

    private String node(String operator, String left, String right) {
        return body.node(operator, layer.name() + "/step/" + operator, List.of(left, right));
    }
}
