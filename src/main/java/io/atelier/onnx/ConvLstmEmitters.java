package io.atelier.onnx;

import io.atelier.keras.KerasLayer;
import io.atelier.keras.Tensor;
import io.atelier.keras.layer.ActivationOption;
import io.atelier.keras.layer.ConvLstm;
import io.atelier.keras.layer.Shape;
import io.atelier.keras.layer.TimeDistributed;
import io.atelier.onnx.proto.ValueInfoProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

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

    private static List<Value> emit(OnnxGraph graph, KerasLayer layer, ConvLstm config, List<Value> inputs) {
        List<Shape> shapes = inputs.stream().map(Value::shape).toList();
        Shape state = config.stateShape(shapes);
        String name = layer.name();
        Map<String, Tensor> weights = new HashMap<>(layer.weights());
        weights.remove("recurrent_kernel");
        KerasLayer convolution = new KerasLayer(name + "/input", new TimeDistributed(config.ofInput()), weights);
        String taken = Emitters.emit(graph, convolution, inputs).get(0).name();
        String zeros = zeros(graph, name, inputs.get(0).name(), state);

        OnnxGraph body = graph.inner(name + "/step");
        new ConvLstmEmitters(body, layer, config, state).addStep();
        List<String> results = graph.nodes(
                "Scan",
                List.of(name + "/h", name + "/c", name + "/sequence"),
                List.of(zeros, zeros, taken),
                OnnxGraph.body("body", body),
                OnnxGraph.integer("num_scan_inputs", 1),
                OnnxGraph.ints("scan_input_axes", 1),
                OnnxGraph.ints("scan_output_axes", 1),
                OnnxGraph.ints("scan_input_directions", config.goBackwards() ? 1 : 0));
        return List.of(Value.of(
                results.get(config.returnSequences() ? 2 : 0),
                config.outputShapes(shapes).get(0)));
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

    private void addStep() {
        String h = input("h");
        String c = input("c");
        String x = input("x");
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
        output(newH);
        output(newC);
        output(body.node("Identity", layer.name() + "/output", List.of(newH)));
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
