package io.atelier.keras;

import io.atelier.keras.KerasModel.Kind;
import io.atelier.keras.SummaryTable.Column;
import io.atelier.keras.TrainingConfig.OptimizerVariable;
import io.atelier.keras.layer.Shape;
import io.atelier.keras.layer.WeightSpec;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a model consists of, layer by layer, with the number of its parameters: what Keras prints as
 * {@code model.summary()}, as a value and as the same text.
 *
 * <p>Everything is computed from the model, nothing is taken from the file's metadata. Source:
 * keras/src/utils/summary_utils.py.
 *
 * @param name of the model
 * @param kind sequential or functional
 * @param isChain whether each layer takes the output of the one before, so that connections need not be shown
 * @param rows the layers in order; as in Keras, a Sequential's InputLayer is not among them
 * @param trainable the weights that training changes
 * @param nonTrainable the weights of frozen layers, and statistics such as moving means
 * @param optimizer the optimizer's variables as Keras has them after loading the file; empty if there is no optimizer
 *     that was used
 */
public record ModelSummary(
        String name,
        Kind kind,
        boolean isChain,
        List<Row> rows,
        Parameters trainable,
        Parameters nonTrainable,
        Optional<Parameters> optimizer) {
    /** The width in which Keras prints where nobody tells it of a terminal. */
    public static final int DEFAULT_COLUMNS = 80;

    private static final List<String> SIZE_UNITS = List.of("B", "KB", "MB", "GB", "TB", "PB");
    private static final int SMALLEST_COLUMN = 4;
    /** The counter of steps, 64 bits, and the learning rate. */
    private static final Parameters UNUSED_OPTIMIZER = new Parameters(2, Long.BYTES + Float.BYTES);

    public ModelSummary {
        rows = List.copyOf(rows);
    }

    /**
     * A layer.
     *
     * @param layer its name
     * @param className Keras's name for the kind of layer: {@code Conv2D}
     * @param outputShape as Keras prints it: {@code (None, 28, 28, 1)}; of the last call if there are several
     * @param parameterCount the number of values in its weights
     * @param connectedTo what its calls take, in order; empty for an InputLayer
     */
    public record Row(
            String layer, String className, String outputShape, long parameterCount, List<TensorRef> connectedTo) {
        public Row {
            connectedTo = List.copyOf(connectedTo);
        }
    }

    /**
     * A number of parameters and the memory they take in Keras.
     *
     * @param count the number of values
     * @param bytes their size in the layers' own precision
     */
    public record Parameters(long count, long bytes) {
        private static final Parameters NONE = new Parameters(0, 0);

        /** Both together. */
        public Parameters plus(Parameters other) {
            return new Parameters(count + other.count, bytes + other.bytes);
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%,d (%s)", count, readableSize(bytes));
        }
    }

    /** The summary of a model. */
    public static ModelSummary of(KerasModel model) {
        Parameters trainable = Parameters.NONE;
        Parameters nonTrainable = Parameters.NONE;
        List<Row> rows = new ArrayList<>();
        OuterView view = new OuterView(model);
        for (KerasLayer layer : model.layers()) {
            if (view.isFirst(layer)) {
                rows.add(view.row(layer));
            }
            for (WeightSpec weight : layer.config()
                    .weights(inputShapes(model, model.calls(layer.name()).get(0)))) {
                long count = weight.shape().valueCount();
                Parameters parameters = new Parameters(count, count * bytesPerValue(layer, weight));
                if (layer.trainable() && weight.trainable()) {
                    trainable = trainable.plus(parameters);
                } else {
                    nonTrainable = nonTrainable.plus(parameters);
                }
            }
        }
        Optional<Parameters> optimizer = model.trainingConfig().flatMap(config -> optimizer(config, model.origin()));
        return new ModelSummary(model.name(), model.kind(), view.isChain(), rows, trainable, nonTrainable, optimizer);
    }

    /** Everything, the optimizer's variables included, as Keras counts it. */
    public Parameters total() {
        return trainable.plus(nonTrainable).plus(optimizer.orElse(Parameters.NONE));
    }

    /**
     * The text that Keras prints in a terminal of this width; each line ends with a line feed.
     *
     * @throws IllegalArgumentException if the table does not fit; 26 columns are always enough
     */
    public String toText(int columns) {
        List<String> lines = new ArrayList<>(TextLines.running("Model: \"" + name + "\"", columns));
        lines.addAll(table(columns).lines());
        lines.addAll(TextLines.running(" Total params: " + total(), columns));
        lines.addAll(TextLines.running(" Trainable params: " + trainable, columns));
        lines.addAll(TextLines.running(" Non-trainable params: " + nonTrainable, columns));
        optimizer.ifPresent(parameters -> lines.addAll(TextLines.running(" Optimizer params: " + parameters, columns)));
        return String.join("\n", lines) + "\n";
    }

    /** {@link #toText} in {@link #DEFAULT_COLUMNS}. */
    @Override
    public String toString() {
        return toText(DEFAULT_COLUMNS);
    }

    private SummaryTable table(int columns) {
        int width = Math.min(isChain ? 88 : 108, columns - 4);
        double[] ends = isChain ? new double[] {0.45, 0.80, 1.0} : new double[] {0.3, 0.56, 0.74, 1.0};
        List<String> headers = List.of("Layer (type)", "Output Shape", "Param #", "Connected to");
        List<Column> tableColumns = new ArrayList<>();
        int used = 0;
        for (int i = 0; i < ends.length; i++) {
            int columnWidth = (int) (ends[i] * width) - used;
            if (columnWidth < SMALLEST_COLUMN) {
                throw new IllegalArgumentException("a summary does not fit in " + columns + " columns; give it more");
            }
            tableColumns.add(new Column(headers.get(i), columnWidth, i == 2));
            used += columnWidth;
        }
        SummaryTable table = new SummaryTable(width, tableColumns);
        for (Row row : rows) {
            List<String> cells = new ArrayList<>(List.of(
                    row.layer() + " (" + row.className() + ")",
                    row.outputShape(),
                    String.format(Locale.ROOT, "%,d", row.parameterCount())));
            if (!isChain) {
                cells.add(connections(row));
            }
            table.addRow(cells);
        }
        return table;
    }

    private static String connections(Row row) {
        return row.connectedTo().isEmpty()
                ? "-"
                : row.connectedTo().stream().map(TensorRef::toString).collect(Collectors.joining(", "));
    }

    private static List<Shape> inputShapes(KerasModel model, LayerCall call) {
        return call.inputs().stream().map(model::shape).toList();
    }

    /** The size in which Keras keeps a weight: mixed precision computes in 16 bits but keeps 32. */
    private static int bytesPerValue(KerasLayer layer, WeightSpec weight) {
        if (weight.isCounter()) {
            return Long.BYTES;
        }
        return switch (layer.dtypePolicy()) {
            case "float16", "bfloat16" -> 2;
            case "float64" -> 8;
            default -> Float.BYTES;
        };
    }

    private static Optional<Parameters> optimizer(TrainingConfig config, ModelOrigin origin) {
        List<OptimizerVariable> variables = config.optimizerVariables();
        if (origin.format() == ModelOrigin.Format.H5) {
            // Of an HDF5 file, Keras 3 restores an optimizer without its memory of each weight.
            return variables.isEmpty() ? Optional.empty() : Optional.of(UNUSED_OPTIMIZER);
        }
        // Until its first step, an optimizer has only the counter and the learning rate, and Keras does not show it.
        boolean isUsed =
                variables.stream().anyMatch(variable -> variable.shape().rank() > 0)
                        || (!variables.isEmpty() && isPlainSgd(config.options()));
        return isUsed
                ? Optional.of(variables.stream()
                        .map(variable -> {
                            long count = variable.shape().valueCount();
                            return new Parameters(count, count * variable.bytesPerValue());
                        })
                        .reduce(Parameters.NONE, Parameters::plus))
                : Optional.empty();
    }

    /** Stochastic gradient descent without momentum remembers nothing else, however long it trains. */
    private static boolean isPlainSgd(Map<String, Object> options) {
        Object optimizer = options.getOrDefault("optimizer_config", options.getOrDefault("optimizer", ""));
        Object className = optimizer instanceof Map<?, ?> map ? map.get("class_name") : optimizer;
        return "sgd".equalsIgnoreCase(String.valueOf(className));
    }

    /** A size as Keras writes it: {@code 349.79 KB}. */
    static String readableSize(long bytes) {
        double size = bytes;
        int unit = 0;
        while (unit < SIZE_UNITS.size() - 1 && size >= 1024) {
            size /= 1024;
            unit++;
        }
        // Python rounds the exact value half to even; String.format would round half up.
        return new BigDecimal(size).setScale(2, RoundingMode.HALF_EVEN) + " " + SIZE_UNITS.get(unit);
    }
}
