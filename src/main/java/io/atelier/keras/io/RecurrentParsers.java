package io.atelier.keras.io;

import io.atelier.keras.layer.ActivationFunction;
import io.atelier.keras.layer.ActivationOption;
import io.atelier.keras.layer.Bidirectional;
import io.atelier.keras.layer.Bidirectional.MergeMode;
import io.atelier.keras.layer.ConvLstm;
import io.atelier.keras.layer.GruCell;
import io.atelier.keras.layer.LayerConfig;
import io.atelier.keras.layer.LstmCell;
import io.atelier.keras.layer.Recurrent;
import io.atelier.keras.layer.RecurrentCell;
import io.atelier.keras.layer.SimpleRnnCell;
import io.atelier.keras.layer.TimeDistributed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads the layers of keras.layers.rnn. */
final class RecurrentParsers {
    /** By the class name of the cell as a layer of its own. */
    private static final Map<String, Function<ConfigReader, RecurrentCell>> CELLS = Map.of(
            "SimpleRNNCell", RecurrentParsers::simpleRnn,
            "LSTMCell", RecurrentParsers::lstm,
            "GRUCell", RecurrentParsers::gru);

    private RecurrentParsers() {}

    static void addTo(Map<String, LayerParser> table) {
        table.put("SimpleRNN", options -> recurrent("SimpleRNN", options, List.of(simpleRnn(options))));
        table.put("LSTM", options -> recurrent("LSTM", options, List.of(lstm(options))));
        table.put("GRU", options -> recurrent("GRU", options, List.of(gru(options))));
        table.put("CuDNNLSTM", options -> recurrent("LSTM", options, List.of(cudnnLstm(options))));
        table.put("CuDNNGRU", options -> recurrent("GRU", options, List.of(cudnnGru(options))));
        for (int rank = 1; rank <= 3; rank++) {
            int axes = rank;
            table.put("ConvLSTM" + rank + "D", options -> convLstm(options, axes));
        }
        table.put("RNN", options -> recurrent("RNN", options, cells(options)));
        table.put("Bidirectional", RecurrentParsers::bidirectional);
        table.put("TimeDistributed", RecurrentParsers::timeDistributed);
    }

    private static Recurrent recurrent(String className, ConfigReader options, List<RecurrentCell> cells) {
        options.refuseUnless(
                "stateful",
                false,
                "A stateful layer remembers from batch to batch, which an engine that many threads share cannot; build"
                        + " the model with stateful=False and give it whole sequences");
        options.refuseUnless("time_major", false, "Build the model with the batch as the first axis");
        options.refuseUnless("num_constants", "None", "Calls with constants are not supported");
        // How Keras runs the loop; the numbers are the same.
        options.keepForTraining("unroll", "implementation", "use_cudnn", "input_length");
        return new Recurrent(
                className,
                cells,
                options.flag("return_sequences", false),
                options.flag("return_state", false),
                options.flag("go_backwards", false),
                options.flag("zero_output_for_mask", false));
    }

    private static ConvLstm convLstm(ConfigReader options, int rank) {
        keepForTraining(options);
        options.keepForTraining("unroll");
        options.refuseUnless("stateful", false, "Build the model with stateful=False and give it whole sequences");
        options.refuseUnless("return_state", false, "Build the model without it");
        options.refuseUnless(
                Keras2Dialect.ZERO_OUTPUT_OF_KERAS_2,
                false,
                "Keras 2 takes no notice of it; build the model without it");
        options.refuseUnless("time_major", false, "Build the model with the batch as the first axis");
        return new ConvLstm(
                ConvolutionParsers.window(options, rank),
                options.integer("filters"),
                activation(options),
                recurrentActivation(options),
                options.flag("use_bias", true),
                options.flag("return_sequences", false),
                options.flag("go_backwards", false),
                options.flag("zero_output_for_mask", false));
    }

    private static RecurrentCell simpleRnn(ConfigReader options) {
        keepForTraining(options);
        return new SimpleRnnCell(options.integer("units"), activation(options), options.flag("use_bias", true));
    }

    private static RecurrentCell lstm(ConfigReader options) {
        keepForTraining(options);
        return new LstmCell(
                options.integer("units"),
                activation(options),
                recurrentActivation(options),
                options.flag("use_bias", true));
    }

    private static RecurrentCell gru(ConfigReader options) {
        keepForTraining(options);
        return new GruCell(
                options.integer("units"),
                activation(options),
                recurrentActivation(options),
                options.flag("use_bias", true),
                // A file without the option is from before it: the reset gate came first then.
                options.flag("reset_after", false));
    }

    /** The layer of Keras 2 for GPUs, which has no options: Keras 3's LSTM with its defaults. */
    private static RecurrentCell cudnnLstm(ConfigReader options) {
        keepForTraining(options);
        return new LstmCell(options.integer("units"), ActivationFunction.TANH, ActivationFunction.SIGMOID, true);
    }

    private static RecurrentCell cudnnGru(ConfigReader options) {
        keepForTraining(options);
        return new GruCell(options.integer("units"), ActivationFunction.TANH, ActivationFunction.SIGMOID, true, true);
    }

    private static ActivationOption activation(ConfigReader options) {
        return ActivationParsers.function(options, "activation", ActivationFunction.TANH);
    }

    private static ActivationOption recurrentActivation(ConfigReader options) {
        return ActivationParsers.function(options, "recurrent_activation", ActivationFunction.SIGMOID);
    }

    private static void keepForTraining(ConfigReader options) {
        options.keepWeightsForTraining("kernel", "recurrent", "bias");
        options.keepForTraining("unit_forget_bias", "dropout", "recurrent_dropout", "seed");
    }

    private static List<RecurrentCell> cells(ConfigReader options) {
        LayerEntry cell = options.layer("cell")
                .orElseThrow(() -> new IllegalArgumentException("option 'cell' is missing; save the model again"));
        if (!cell.className().equals("StackedRNNCells")) {
            return List.of(cell(cell));
        }
        return LayerParsers.read(cell, stack -> {
            stack.refuseUnless("reverse_state_order", false, "Build the model without it");
            return stack.layers("cells").stream().map(RecurrentParsers::cell).toList();
        });
    }

    private static RecurrentCell cell(LayerEntry entry) {
        Function<ConfigReader, RecurrentCell> parser = CELLS.get(entry.className());
        if (parser == null) {
            throw new UnsupportedOptionException("the cell must be one of "
                    + CELLS.keySet().stream().sorted().toList() + "; received '" + entry.className()
                    + "', which only its Python code describes");
        }
        return LayerParsers.read(entry, options -> {
            options.ignore("implementation");
            return parser.apply(options);
        });
    }

    private static LayerConfig bidirectional(ConfigReader options) {
        LayerEntry layer = wrapped(options);
        Recurrent forward = direction(layer);
        Optional<LayerEntry> backwardLayer = options.layer("backward_layer");
        if (backwardLayer.isPresent() && backwardLayer.get().isFrozen() != layer.isFrozen()) {
            throw new UnsupportedOptionException("layer and backward_layer must agree in trainable; received "
                    + !layer.isFrozen() + " and " + layer.isFrozen() + ". Freeze both or none");
        }
        Recurrent backward = backwardLayer.map(RecurrentParsers::direction).orElse(forward.reversed());
        return new Bidirectional(
                forward,
                backward,
                options.isNull("merge_mode") ? MergeMode.NONE : options.word("merge_mode", MergeMode.CONCAT));
    }

    private static Recurrent direction(LayerEntry entry) {
        if (!(LayerParsers.config(entry) instanceof Recurrent layer)) {
            throw new UnsupportedOptionException(
                    "layer must be one of [SimpleRNN, LSTM, GRU, RNN]; received '" + entry.className() + "'");
        }
        // The wrapper sets the option, whatever the layer has.
        return layer.withZeroOutputForMask(layer.returnSequences());
    }

    private static LayerConfig timeDistributed(ConfigReader options) {
        return new TimeDistributed(LayerParsers.config(wrapped(options)));
    }

    private static LayerEntry wrapped(ConfigReader options) {
        return options.layer("layer")
                .orElseThrow(() -> new IllegalArgumentException("option 'layer' is missing; save the model again"));
    }
}
