package io.atelier.onnx;

import io.atelier.keras.Tensor;
import io.atelier.keras.layer.ActivationOption;
import io.atelier.keras.layer.GruCell;
import io.atelier.keras.layer.LstmCell;
import io.atelier.keras.layer.Shape;
import io.atelier.onnx.proto.AttributeProto;
import io.atelier.onnx.proto.ValueInfoProto;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A loop over a cell as an ONNX Scan whose body is the cell: for functions that ONNX's own operators do not have, and for masks. */
final class RecurrentScan {
    private final CellLoop loop;
    private final OnnxGraph body;
    private final boolean isZeroOutside;
    private final int units;

    private RecurrentScan(CellLoop loop, OnnxGraph body, boolean isZeroOutside) {
        this.loop = loop;
        this.body = body;
        this.isZeroOutside = isZeroOutside;
        this.units = loop.cell().units();
    }

    /**
     * Adds the loop.
     *
     * @param x the sequence, {@code (batch, time, inputs)}
     * @param initial the parts of the initial state; zeros if empty
     * @param mask flags {@code (batch, time)}: where a step does not count, the state stays as it is
     * @param isZeroOutside whether the output of a step that does not count is zero, rather than that of the step before
     */
    static CellLoop.Result emit(
            OnnxGraph graph,
            CellLoop loop,
            String x,
            List<String> initial,
            Optional<String> mask,
            boolean isZeroOutside) {
        return new RecurrentScan(loop, graph.inner(loop.name() + "step"), isZeroOutside).emit(graph, x, initial, mask);
    }

    private CellLoop.Result emit(OnnxGraph graph, String x, List<String> initial, Optional<String> mask) {
        int stateCount = loop.cell().stateCount();
        List<String> before =
                IntStream.range(0, stateCount).mapToObj(i -> input("before")).toList();
        // Apart from the state, for it starts from zeros whatever the initial state.
        Optional<String> lastOutput = mask.map(flags -> input("last_output"));
        List<String> after = step(input("x"), before);
        if (lastOutput.isPresent()) {
            addMasked(before, after, lastOutput.get());
        } else {
            after.forEach(this::output);
            output(body.node("Identity", name("output"), List.of(after.get(0))));
        }

        List<String> inputs = new ArrayList<>(initial.isEmpty() ? zeros(graph, x, stateCount) : initial);
        mask.ifPresent(flags -> inputs.addAll(zeros(graph, x, 1)));
        inputs.add(projected(graph, x));
        mask.ifPresent(inputs::add);
        List<String> outputs = new ArrayList<>();
        IntStream.range(0, stateCount).forEach(i -> outputs.add(name("state")));
        mask.ifPresent(flags -> outputs.add(name("last_output")));
        outputs.add(name("sequence"));
        long[] axes = mask.isPresent() ? new long[] {1, 1} : new long[] {1};
        List<String> results = graph.nodes(
                "Scan",
                outputs,
                inputs,
                OnnxGraph.body("body", body),
                OnnxGraph.integer("num_scan_inputs", axes.length),
                OnnxGraph.ints("scan_input_axes", axes),
                OnnxGraph.ints("scan_output_axes", 1),
                directions(axes.length));
        List<String> states = results.subList(0, stateCount);
        String last = mask.isPresent() ? results.get(stateCount) : states.get(0);
        return new CellLoop.Result(results.get(results.size() - 1), last, states);
    }

    /** Gives what a step leaves, where it counts, and what was before it where not. */
    private void addMasked(List<String> before, List<String> after, String lastOutput) {
        String counts = body.node("Unsqueeze", name("counts"), List.of(input("mask"), body.integers(name("axis"), 1)));
        for (int i = 0; i < before.size(); i++) {
            output(body.node("Where", name("kept"), List.of(counts, after.get(i), before.get(i))));
        }
        String outside = isZeroOutside ? body.constant(name("zero"), 0) : lastOutput;
        String output = body.node("Where", name("output"), List.of(counts, after.get(0), outside));
        output(output);
        output(body.node("Identity", name("output"), List.of(output)));
    }

    private AttributeProto directions(int count) {
        return OnnxGraph.ints("scan_input_directions", Collections.nCopies(count, loop.isBackwards() ? 1 : 0));
    }

    private String name(String part) {
        return loop.name() + part;
    }

    private String input(String part) {
        String unique = body.unique(name("step/" + part));
        body.proto().addInput(ValueInfoProto.newBuilder().setName(unique));
        return unique;
    }

    private void output(String tensor) {
        body.proto().addOutput(ValueInfoProto.newBuilder().setName(tensor));
    }

    private List<String> zeros(OnnxGraph graph, String x, int count) {
        String batch = graph.node(
                "Shape", name("batch"), List.of(x), OnnxGraph.integer("start", 0), OnnxGraph.integer("end", 1));
        String shape = graph.node(
                "Concat",
                name("state_shape"),
                List.of(batch, graph.integers(name("units"), units)),
                OnnxGraph.integer("axis", 0));
        String zeros = graph.node("ConstantOfShape", name("zeros"), List.of(shape));
        return IntStream.range(0, count).mapToObj(i -> zeros).toList();
    }

    /** What the cell takes of the input, of all steps at once. */
    private String projected(OnnxGraph graph, String x) {
        String product =
                graph.node("MatMul", name("product"), List.of(x, graph.constant(name("kernel"), loop.kernel())));
        return loop.bias()
                .map(bias -> graph.node(
                        "Add", name("projected"), List.of(product, graph.constant(name("bias"), rowOf(bias, 0)))))
                .orElse(product);
    }

    private static Tensor rowOf(Tensor bias, int row) {
        return bias.shape().rank() == 1
                ? bias
                : bias.rows(row, row + 1).reshape(bias.shape().slice(1, 2));
    }

    private List<String> step(String x, List<String> before) {
        String h = before.get(0);
        if (loop.cell() instanceof LstmCell lstm) {
            return lstm(lstm, x, h, before.get(1));
        }
        if (loop.cell() instanceof GruCell gru) {
            return List.of(gru(gru, x, h));
        }
        return List.of(apply(loop.cell().activation(), node("Add", x, product(h))));
    }

    private List<String> lstm(LstmCell cell, String x, String h, String c) {
        List<String> gates = split(node("Add", x, product(h)), 4);
        String in = apply(cell.recurrentActivation(), gates.get(0));
        String forget = apply(cell.recurrentActivation(), gates.get(1));
        String candidate = apply(cell.activation(), gates.get(2));
        String out = apply(cell.recurrentActivation(), gates.get(3));
        String newC = node("Add", node("Mul", forget, c), node("Mul", in, candidate));
        return List.of(node("Mul", out, apply(cell.activation(), newC)), newC);
    }

    private String gru(GruCell cell, String x, String h) {
        List<String> ofInput = split(x, 3);
        List<String> ofState = split(ofState(cell, h), 3);
        String update = apply(cell.recurrentActivation(), node("Add", ofInput.get(0), ofState.get(0)));
        String reset = apply(cell.recurrentActivation(), node("Add", ofInput.get(1), ofState.get(1)));
        String taken = cell.resetAfter()
                ? node("Mul", reset, ofState.get(2))
                : split(product(node("Mul", reset, h)), 3).get(2);
        String candidate = apply(cell.activation(), node("Add", ofInput.get(2), taken));
        String kept = node("Mul", update, node("Sub", h, candidate));
        return node("Add", candidate, kept);
    }

    private String ofState(GruCell cell, String h) {
        String product = product(h);
        return cell.resetAfter() && cell.useBias()
                ? node(
                        "Add",
                        product,
                        body.constant(name("recurrent_bias"), rowOf(loop.bias().orElseThrow(), 1)))
                : product;
    }

    private String product(String h) {
        return node("MatMul", h, body.constant(name("recurrent_kernel"), loop.recurrentKernel()));
    }

    private List<String> split(String tensor, int count) {
        return body.nodes(
                "Split",
                IntStream.range(0, count).mapToObj(i -> name("gate")).toList(),
                List.of(tensor),
                OnnxGraph.integer("axis", 1),
                OnnxGraph.integer("num_outputs", count));
    }

    private String apply(ActivationOption function, String tensor) {
        return ActivationEmitters.apply(body, loop.layer(), function, Value.of(tensor, Shape.of(Shape.UNKNOWN, units)))
                .name();
    }

    private String node(String operator, String left, String right) {
        return body.node(operator, name("step/" + operator), List.of(left, right));
    }
}
