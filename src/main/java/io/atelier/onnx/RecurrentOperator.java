package io.atelier.onnx;

import io.atelier.keras.Tensor;
import io.atelier.keras.layer.ActivationFunction;
import io.atelier.keras.layer.ActivationOption;
import io.atelier.keras.layer.GruCell;
import io.atelier.keras.layer.LstmCell;
import io.atelier.keras.layer.RecurrentCell;
import io.atelier.keras.layer.Shape;
import io.atelier.onnx.proto.AttributeProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A loop over a cell as one of ONNX's operators RNN, LSTM and GRU.
 *
 * <p>They take the time axis first, kernels transposed, and the gates of an LSTM in the order i, o, f, candidate.
 */
final class RecurrentOperator {
    private record CellFunction(String name, List<Float> alpha, List<Float> beta) {}

    /** Without softplus, of which ONNX Runtime's GRU makes NaN. */
    private static final Map<ActivationOption, CellFunction> FUNCTIONS = Map.of(
            ActivationFunction.TANH, new CellFunction("Tanh", List.of(), List.of()),
            ActivationFunction.SIGMOID, new CellFunction("Sigmoid", List.of(), List.of()),
            ActivationFunction.RELU, new CellFunction("Relu", List.of(), List.of()),
            ActivationFunction.SOFTSIGN, new CellFunction("Softsign", List.of(), List.of()),
            ActivationFunction.ELU, new CellFunction("Elu", List.of(1f), List.of()),
            ActivationFunction.LINEAR, new CellFunction("Affine", List.of(1f), List.of(0f)),
            ActivationFunction.HARD_SIGMOID, new CellFunction("HardSigmoid", List.of(1 / 6f), List.of(0.5f)),
            ActivationFunction.HARD_SIGMOID_OF_KERAS_2, new CellFunction("HardSigmoid", List.of(0.2f), List.of(0.5f)));

    private RecurrentOperator() {}

    /** Whether the operator has the cell's functions. */
    static boolean handles(RecurrentCell cell) {
        return FUNCTIONS.keySet().containsAll(functions(cell));
    }

    /** The functions of a cell, in the operator's order. */
    private static List<ActivationOption> functions(RecurrentCell cell) {
        if (cell instanceof LstmCell lstm) {
            return List.of(lstm.recurrentActivation(), lstm.activation(), lstm.activation());
        }
        return cell instanceof GruCell gru
                ? List.of(gru.recurrentActivation(), gru.activation())
                : List.of(cell.activation());
    }

    /**
     * Adds the operator.
     *
     * @param x the sequence, {@code (batch, time, inputs)}
     * @param initial the parts of the initial state; zeros if empty
     */
    static CellLoop.Result emit(OnnxGraph graph, CellLoop loop, String x, List<String> initial) {
        String name = loop.name();
        List<String> inputs = new ArrayList<>();
        inputs.add(graph.node("Transpose", name + "time_first", List.of(x), OnnxGraph.ints("perm", 1, 0, 2)));
        inputs.add(graph.constant(name + "kernel", transposed(loop.cell(), loop.kernel())));
        inputs.add(graph.constant(name + "recurrent_kernel", transposed(loop.cell(), loop.recurrentKernel())));
        inputs.add(loop.bias()
                .map(bias -> graph.constant(name + "bias", bothBiases(loop.cell(), bias)))
                .orElse(""));
        String noSequenceLengths = "";
        inputs.add(noSequenceLengths);
        String direction = graph.integers(name + "direction", 0);
        initial.forEach(state -> inputs.add(graph.node("Unsqueeze", name + "initial", List.of(state, direction))));
        boolean hasTwoStates = loop.cell().stateCount() == 2;
        List<String> outputs = graph.nodes(
                operator(loop.cell()),
                hasTwoStates ? List.of(name + "y", name + "y_h", name + "y_c") : List.of(name + "y", name + "y_h"),
                inputs,
                attributes(loop).toArray(AttributeProto[]::new));
        List<String> states = outputs.subList(1, outputs.size()).stream()
                .map(state -> graph.node("Squeeze", name + "state", List.of(state, direction)))
                .toList();
        return new CellLoop.Result(sequence(graph, loop, outputs.get(0)), states.get(0), states);
    }

    private static String operator(RecurrentCell cell) {
        return cell.layerName().equals("SimpleRNN") ? "RNN" : cell.layerName();
    }

    private static List<AttributeProto> attributes(CellLoop loop) {
        List<CellFunction> functions =
                functions(loop.cell()).stream().map(FUNCTIONS::get).toList();
        List<AttributeProto> attributes = new ArrayList<>();
        attributes.add(OnnxGraph.integer("hidden_size", loop.cell().units()));
        attributes.add(OnnxGraph.text("direction", loop.isBackwards() ? "reverse" : "forward"));
        attributes.add(OnnxGraph.texts(
                "activations", functions.stream().map(CellFunction::name).toList()));
        addNumbers(attributes, "activation_alpha", functions, CellFunction::alpha);
        addNumbers(attributes, "activation_beta", functions, CellFunction::beta);
        if (loop.cell() instanceof GruCell gru) {
            attributes.add(OnnxGraph.integer("linear_before_reset", gru.resetAfter() ? 1 : 0));
        }
        return attributes;
    }

    /** ONNX Runtime reads beyond the end of an attribute that is there without values. */
    private static void addNumbers(
            List<AttributeProto> attributes,
            String name,
            List<CellFunction> functions,
            Function<CellFunction, List<Float>> of) {
        List<Float> values = functions.stream()
                .flatMap(function -> of.apply(function).stream())
                .toList();
        if (!values.isEmpty()) {
            attributes.add(OnnxGraph.numbers(name, values));
        }
    }

    /** Of {@code (time, 1, batch, units)}, which is in the order of the input, whatever the direction. */
    private static String sequence(OnnxGraph graph, CellLoop loop, String y) {
        String name = loop.name();
        String batchFirst =
                graph.node("Transpose", name + "batch_first", List.of(y), OnnxGraph.ints("perm", 2, 0, 1, 3));
        String sequence =
                graph.node("Squeeze", name + "sequence", List.of(batchFirst, graph.integers(name + "direction", 2)));
        return loop.isBackwards() ? flipped(graph, name + "flipped", sequence) : sequence;
    }

    /** A tensor {@code (batch, time, …)} with its steps in the other order. */
    static String flipped(OnnxGraph graph, String name, String sequence) {
        return graph.node(
                "Slice",
                name,
                List.of(
                        sequence,
                        graph.integers(name + "/start", -1),
                        graph.integers(name + "/end", Long.MIN_VALUE),
                        graph.integers(name + "/axis", 1),
                        graph.integers(name + "/step", -1)));
    }

    /** Where Keras has the columns of the gates that ONNX has in this order. */
    private static int[] gates(RecurrentCell cell) {
        return switch (cell.gateCount()) {
            case 4 -> new int[] {0, 3, 1, 2};
            case 3 -> new int[] {0, 1, 2};
            default -> new int[] {0};
        };
    }

    /** A kernel {@code (rows, gates * units)} as {@code (1, gates * units, rows)}. */
    private static Tensor transposed(RecurrentCell cell, Tensor kernel) {
        int rows = kernel.shape().size(0);
        int units = cell.units();
        int[] gates = gates(cell);
        float[] values = new float[kernel.valueCount()];
        int to = 0;
        for (int gate : gates) {
            for (int unit = 0; unit < units; unit++) {
                for (int row = 0; row < rows; row++) {
                    values[to++] = kernel.get((row * gates.length + gate) * units + unit);
                }
            }
        }
        return Tensor.wrap(Shape.of(1, gates.length * units, rows), values);
    }

    /** The bias of the input and that of the state, which only a GRU with {@code resetAfter} has. */
    private static Tensor bothBiases(RecurrentCell cell, Tensor bias) {
        int units = cell.units();
        int[] gates = gates(cell);
        int columns = gates.length * units;
        float[] values = new float[2 * columns];
        for (int from = 0; from < bias.valueCount(); from += columns) {
            for (int gate = 0; gate < gates.length; gate++) {
                for (int unit = 0; unit < units; unit++) {
                    values[from + gate * units + unit] = bias.get(from + gates[gate] * units + unit);
                }
            }
        }
        return Tensor.wrap(Shape.of(1, 2 * columns), values);
    }
}
