package io.atelier.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.conformance.Conformance;
import io.atelier.conformance.ConformanceReport;
import io.atelier.conformance.Reference;
import io.atelier.conformance.Verdict;
import io.atelier.dl4j.Dl4jLayer;
import io.atelier.dl4j.layer.GraphFunction;
import io.atelier.keras.KerasLayer;
import io.atelier.keras.KerasModel;
import io.atelier.keras.UnsupportedModelException;
import io.atelier.keras.io.CustomLayers;
import io.atelier.keras.io.KerasReader;
import io.atelier.keras.io.ReadOptions;
import io.atelier.keras.layer.Shape;
import io.atelier.keras.layer.WeightSpec;
import io.atelier.onnx.OnnxLayer;
import io.atelier.onnx.OnnxNodes;
import io.atelier.testing.Fixtures;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** A model with two classes and a Lambda of its own, written by Keras, against what Keras computed. */
class CustomLayersTest {
    private static final Path FOLDER = Fixtures.ROOT.resolve("custom-layers");

    private record SpaceToDepth(int block) implements OnnxLayer, Dl4jLayer {
        @Override
        public String className() {
            return "SpaceToDepth";
        }

        @Override
        public List<Shape> outputShapes(List<Shape> inputs) {
            Shape x = inputs.get(0);
            return List.of(Shape.of(x.size(0), x.size(1) / block, x.size(2) / block, x.size(3) * block * block));
        }

        @Override
        public List<String> emit(OnnxNodes nodes, KerasLayer layer, List<String> inputs) {
            String first = nodes.node("Transpose", inputs, Map.of("perm", new long[] {0, 3, 1, 2}));
            String deep = nodes.node("SpaceToDepth", List.of(first), Map.of("blocksize", block));
            return List.of(nodes.node("Transpose", List.of(deep), Map.of("perm", new long[] {0, 2, 3, 1})));
        }

        @Override
        public GraphFunction function() {
            return new Blocks(block);
        }
    }

    private record Blocks(int block) implements GraphFunction {
        private static final long serialVersionUID = 1;

        @Override
        public SDVariable define(SameDiff graph, SDVariable x, Map<String, SDVariable> weights) {
            long[] shape = x.getShape();
            return x.reshape(-1, shape[1] / block, block, shape[2] / block, block, shape[3])
                    .permute(0, 1, 3, 2, 4, 5)
                    .reshape(-1, shape[1] / block, shape[2] / block, shape[3] * block * block);
        }
    }

    private record Scale() implements OnnxLayer, Dl4jLayer {
        @Override
        public String className() {
            return "Scale";
        }

        @Override
        public List<Shape> outputShapes(List<Shape> inputs) {
            return inputs;
        }

        @Override
        public List<WeightSpec> weights(List<Shape> inputs) {
            return List.of(WeightSpec.trainable("factor", inputs.get(0).size(-1)));
        }

        @Override
        public List<String> emit(OnnxNodes nodes, KerasLayer layer, List<String> inputs) {
            return List.of(nodes.node("Mul", List.of(inputs.get(0), nodes.constant(layer.weight("factor")))));
        }

        @Override
        public GraphFunction function() {
            return (graph, x, weights) -> x.mul(weights.get("factor"));
        }
    }

    private record Square() implements OnnxLayer, Dl4jLayer {
        @Override
        public String className() {
            return "Lambda";
        }

        @Override
        public List<Shape> outputShapes(List<Shape> inputs) {
            return inputs;
        }

        @Override
        public List<String> emit(OnnxNodes nodes, KerasLayer layer, List<String> inputs) {
            return List.of(nodes.node("Mul", List.of(inputs.get(0), inputs.get(0))));
        }

        @Override
        public GraphFunction function() {
            return (graph, x, weights) -> x.mul(x);
        }
    }

    /** Says what it is, and not how an engine runs it. */
    private record OnlyShapes() implements io.atelier.keras.layer.CustomLayer {
        @Override
        public String className() {
            return "Lambda";
        }

        @Override
        public List<Shape> outputShapes(List<Shape> inputs) {
            return inputs;
        }
    }

    private static CustomLayers.Builder classes() {
        return CustomLayers.builder()
                .layer("SpaceToDepth", options -> new SpaceToDepth(options.integer("block")))
                .layer("Scale", options -> new Scale());
    }

    private static KerasModel read(String file, CustomLayers layers) {
        return KerasReader.read(FOLDER.resolve(file), ReadOptions.DEFAULT.withCustomLayers(layers));
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.keras", "model.h5"})
    void registeredLayersComputeWhatKerasComputed(String file) {
        KerasModel model = read(file, classes().lambda("square", new Square()).build());
        assertThat(model.layer("scale").weight("factor").valueCount()).isEqualTo(8);
        for (Engine kind : Engine.values()) {
            try (InferenceEngine engine = kind.open(model)) {
                ConformanceReport report = Conformance.check(engine, Reference.read(FOLDER.resolve("reference.npz")));
                assertThat(report.verdict()).as(report.toText()).isEqualTo(Verdict.PASS);
                assertThat(report.notCompared()).isEmpty();
            }
        }
    }

    @Test
    void unregisteredLayersAreAllNamed() {
        assertThatThrownBy(() -> KerasReader.read(FOLDER.resolve("model.keras")))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("layer 'deep' (SpaceToDepth): this kind of layer is not supported")
                .hasMessageContaining("layer 'scale' (Scale): this kind of layer is not supported")
                .hasMessageContaining("layer 'square' (Lambda): a Lambda layer holds Python code, which is never run")
                .hasMessageContaining("CustomLayers.builder().lambda(\"square\", …)");
    }

    @Test
    void anOptionThatTheReaderDoesNotReadIsRefused() {
        CustomLayers layers = CustomLayers.builder()
                .layer("SpaceToDepth", options -> new SpaceToDepth(2))
                .layer("Scale", options -> new Scale())
                .lambda("square", new Square())
                .build();
        assertThatThrownBy(() -> read("model.keras", layers))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("layer 'deep' (SpaceToDepth): the options [block=2] are not known");
    }

    @Test
    void anEngineRefusesALayerThatDoesNotSayHow() {
        KerasModel model =
                read("model.keras", classes().lambda("square", new OnlyShapes()).build());
        for (Engine kind : Engine.values()) {
            assertThat(kind.refusals(model))
                    .singleElement()
                    .asString()
                    .startsWith("layer 'square' (Lambda): engine " + kind.id() + " does not have this layer");
        }
    }

    @Test
    void aClassIsRegisteredOnce() {
        assertThatThrownBy(() -> classes().layer("Scale", options -> new Scale()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("class 'Scale' is registered twice");
    }
}
