package io.atelier.keras;

import static io.atelier.keras.layer.ActivationFunction.LINEAR;

import io.atelier.keras.KerasModel.Kind;
import io.atelier.keras.TrainingConfig.OptimizerVariable;
import io.atelier.keras.layer.BatchNormalization;
import io.atelier.keras.layer.Convolution;
import io.atelier.keras.layer.DataFormat;
import io.atelier.keras.layer.Dense;
import io.atelier.keras.layer.Dropout;
import io.atelier.keras.layer.Flatten;
import io.atelier.keras.layer.InputLayer;
import io.atelier.keras.layer.LayerConfig;
import io.atelier.keras.layer.Padding;
import io.atelier.keras.layer.ReLU;
import io.atelier.keras.layer.Rescaling;
import io.atelier.keras.layer.Shape;
import io.atelier.keras.layer.SlidingWindow;
import io.atelier.keras.layer.Softmax;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The models whose summaries Keras printed, each by the name of its texts. */
final class SummaryModels {
    private static final String LONG = "a_layer_whose_name_is_so_much_longer_than_any_column_of_the_table_";

    private static final Map<String, Supplier<KerasModel>> MODELS = Map.ofEntries(
            Map.entry("long_names", SummaryModels::longNames),
            Map.entry("cjk_names", SummaryModels::cjkNames),
            Map.entry("two_ends", SummaryModels::twoEnds),
            Map.entry("shared", SummaryModels::shared),
            Map.entry("chain_with_two_outputs", SummaryModels::chainWithTwoOutputs),
            Map.entry("adam_unused", () -> compiled("Adam", List.of())),
            Map.entry(
                    "adam",
                    () -> compiled(
                            "Adam",
                            List.of(
                                    Shape.of(784, 112),
                                    Shape.of(784, 112),
                                    Shape.of(112),
                                    Shape.of(112),
                                    Shape.of(112, 10),
                                    Shape.of(112, 10),
                                    Shape.of(10),
                                    Shape.of(10)))),
            Map.entry("sgd", () -> compiled("SGD", List.of())),
            Map.entry("frozen", SummaryModels::frozen),
            Map.entry("precisions", SummaryModels::precisions),
            Map.entry("scalars", SummaryModels::scalars),
            Map.entry("no_layers", () -> new Builder().input("x", 4).sequential("empty")));

    private SummaryModels() {}

    static Set<String> names() {
        return MODELS.keySet();
    }

    static KerasModel model(String name) {
        Supplier<KerasModel> model = MODELS.get(name);
        if (model == null) {
            throw new IllegalArgumentException("no model for the text " + name);
        }
        return model.get();
    }

    private static KerasModel longNames() {
        return new Builder()
                .input("pixels", 28, 28, 1)
                .add("conv2d", conv2d(32))
                .add("batch_normalization", batchNormalization())
                .add("flatten", flatten())
                .add(LONG.repeat(3), dense(128))
                .add("words with  spaces ".repeat(6) + "end", dense(10))
                .sequential("the model " + LONG.repeat(2));
    }

    private static KerasModel cjkNames() {
        return new Builder()
                .input("入力", 4)
                .add("全結合", dense(3))
                .add("とても長い名前の全結合層は列に入りきらない", dense(2))
                .add("a全結合層の名前が列の幅を超えるほど長い場合はどうなるのだろうか", dense(2))
                .add("결합층 e\u0301 ½ 👩\u200d🔬", dense(2))
                .sequential("漢字の模型");
    }

    private static KerasModel twoEnds() {
        return new Builder()
                .input("left", 4)
                .input("right", 8, 8, 3)
                .addTo("left", "dense", dense(5))
                .addTo("right", "flatten", flatten())
                .addTo("dense", "softmax", new Softmax(List.of(-1)))
                .addTo("flatten", "scores", dense(2))
                .functional("two_ends", List.of("left", "right"), List.of("softmax", "scores", "dense"));
    }

    private static KerasModel shared() {
        return new Builder()
                .input("x", 4)
                .add("dense", dense(4))
                .addTo("dense", "dense", dense(4))
                .call("dense", new TensorRef("dense", 1, 0))
                .functional("shared", List.of("x"), List.of("dense"));
    }

    private static KerasModel chainWithTwoOutputs() {
        return new Builder()
                .input("x", 4)
                .add("dense", dense(4))
                .add("relu", new ReLU(Optional.empty(), 0, 0))
                .functional("two_outputs_of_a_chain", List.of("x"), List.of("dense", "relu"));
    }

    private static KerasModel compiled(String optimizer, List<Shape> slots) {
        List<OptimizerVariable> variables = new ArrayList<>();
        variables.add(new OptimizerVariable("optimizer/vars/0", Shape.of(), Long.BYTES));
        variables.add(new OptimizerVariable("optimizer/vars/1", Shape.of(), Float.BYTES));
        slots.forEach(
                slot -> variables.add(new OptimizerVariable("optimizer/vars/" + variables.size(), slot, Float.BYTES)));
        Builder builder = new Builder();
        builder.trainingConfig =
                Optional.of(new TrainingConfig(Map.of("optimizer", Map.of("class_name", optimizer)), variables));
        builder.input("x", 784);
        if (optimizer.equals("SGD")) {
            return builder.add("dense", dense(10)).sequential("plain");
        }
        return builder.add("dense", dense(112))
                .add("dropout", new Dropout(0.5, Optional.empty(), Optional.empty()))
                .add("dense_1", dense(10))
                .sequential("compiled");
    }

    private static KerasModel frozen() {
        return new Builder()
                .input("x", 6, 6, 3)
                .add("frozen", conv2d(8), false, "float32")
                .add("frozen_statistics", batchNormalization(), false, "float32")
                .add("statistics", batchNormalization())
                .add("flatten", flatten())
                .add("dense", dense(2))
                .sequential("frozen");
    }

    private static KerasModel precisions() {
        return new Builder()
                .input("x", 20)
                .add("half", dense(100), true, "float16")
                .add("brain", batchNormalization(), true, "bfloat16")
                .add("mixed", dense(30), true, "mixed_float16")
                .add("half_statistics", batchNormalization(), true, "float16")
                .add("double", dense(7), true, "float64")
                .add("single", dense(2))
                .sequential("precisions");
    }

    private static KerasModel scalars() {
        return new Builder()
                .input("scalars")
                .add("rescaling", new Rescaling(List.of(2.0), List.of(0.0)))
                .functional("scalar", List.of("scalars"), List.of("rescaling"));
    }

    private static Dense dense(int units) {
        return new Dense(units, LINEAR, true);
    }

    private static Convolution conv2d(int filters) {
        List<Integer> ones = List.of(1, 1);
        return new Convolution(
                SlidingWindow.of(List.of(3, 3), ones, Padding.VALID, DataFormat.CHANNELS_LAST),
                filters,
                1,
                LINEAR,
                true);
    }

    private static BatchNormalization batchNormalization() {
        return new BatchNormalization(-1, 0.99, 0.001, true, true);
    }

    private static Flatten flatten() {
        return new Flatten(DataFormat.CHANNELS_LAST);
    }

    /** Puts a model together call by call; all weights are zero. */
    private static final class Builder {
        private final Map<String, KerasLayer> layers = new LinkedHashMap<>();
        private final List<LayerCall> calls = new ArrayList<>();
        private final Map<TensorRef, Shape> shapes = new LinkedHashMap<>();
        private Optional<TrainingConfig> trainingConfig = Optional.empty();

        Builder input(String name, int... sizes) {
            InputLayer input = new InputLayer(Shape.of(Shape.UNKNOWN).append(sizes), "float32");
            layers.put(name, new KerasLayer(name, input, Map.of()));
            return call(name);
        }

        /** After the last call. */
        Builder add(String name, LayerConfig config) {
            return add(name, config, true, "float32");
        }

        Builder add(String name, LayerConfig config, boolean trainable, String dtypePolicy) {
            return add(calls.get(calls.size() - 1).output(0), name, config, trainable, dtypePolicy);
        }

        Builder addTo(String inputLayer, String name, LayerConfig config) {
            return add(TensorRef.of(inputLayer), name, config, true, "float32");
        }

        private Builder add(TensorRef input, String name, LayerConfig config, boolean trainable, String dtypePolicy) {
            Map<String, Tensor> weights = new LinkedHashMap<>();
            config.weights(List.of(shape(input)))
                    .forEach(weight -> weights.put(
                            weight.name(),
                            Tensor.wrap(
                                    weight.shape(),
                                    new float[(int) weight.shape().valueCount()])));
            layers.put(name, new KerasLayer(name, config, weights, trainable, dtypePolicy, Map.of()));
            return call(name, input);
        }

        Builder call(String name, TensorRef... inputs) {
            KerasLayer layer = Objects.requireNonNull(layers.get(name));
            int node = (int)
                    calls.stream().filter(call -> call.layer().equals(name)).count();
            LayerCall call = new LayerCall(name, node, List.of(inputs));
            calls.add(call);
            List<Shape> inputShapes = call.inputs().stream().map(this::shape).toList();
            shapes.put(call.output(0), layer.config().outputShapes(inputShapes).get(0));
            return this;
        }

        private Shape shape(TensorRef tensor) {
            return Objects.requireNonNull(shapes.get(tensor));
        }

        KerasModel sequential(String name) {
            return model(
                    name,
                    Kind.SEQUENTIAL,
                    List.of(calls.get(0).output(0)),
                    List.of(calls.get(calls.size() - 1).output(0)));
        }

        KerasModel functional(String name, List<String> inputs, List<String> outputs) {
            return model(
                    name,
                    Kind.FUNCTIONAL,
                    inputs.stream().map(TensorRef::of).toList(),
                    outputs.stream().map(TensorRef::of).toList());
        }

        private KerasModel model(String name, Kind kind, List<TensorRef> inputs, List<TensorRef> outputs) {
            return new KerasModel(
                    name,
                    kind,
                    List.copyOf(layers.values()),
                    calls,
                    inputs,
                    outputs,
                    trainingConfig,
                    ModelOrigin.memory());
        }
    }
}
