package io.atelier.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.keras.KerasModel;
import io.atelier.onnx.proto.ModelProto;
import io.atelier.onnx.proto.NodeProto;
import io.atelier.testing.Fixtures;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is left of the nodes; that they compute the same is what the conformance suite holds. */
class GraphOptimizerTest {
    private static ModelProto exported(Path file) {
        KerasModel model = Fixtures.read(file);
        return OnnxExporter.export(model, OnnxExporter.outputs(model));
    }

    private static Path fixture(String name) {
        return Fixtures.ROOT.resolve("conformance").resolve(name).resolve("model.keras");
    }

    private static List<String> operators(ModelProto model) {
        return model.getGraph().getNodeList().stream().map(NodeProto::getOpType).toList();
    }

    private static List<String> optimized(Path file) {
        return operators(GraphOptimizer.optimize(exported(file)));
    }

    @Test
    void theFashionModelIsConvolutionsPoolingsAndProductsAlone() {
        assertThat(optimized(Fixtures.FASHION_MNIST.resolve("model.keras")))
                .containsExactly(
                        "Reshape", "Conv", "Relu", "MaxPool", "Conv", "Relu", "MaxPool", "Conv", "Relu", "MaxPool",
                        "Reshape", "Gemm", "Relu", "Gemm", "Softmax");
    }

    @Test
    void normalizationsBecomePartOfTheConvolutionsBeforeThem() {
        Path file = fixture("batch_normalization_conv");
        assertThat(operators(exported(file))).contains("Mul", "Add", "Identity");
        List<String> operators = optimized(file);
        assertThat(operators).contains("Conv", "Relu").doesNotContain("Mul", "Add", "Identity");
        // One at each end: this model's output is an image.
        assertThat(Collections.frequency(operators, "Transpose")).isLessThanOrEqualTo(2);
    }

    @Test
    void aRescalingBecomesPartOfTheConvolutionBehindIt() {
        assertThat(operators(exported(fixture("rescaling_first")))).contains("Mul");
        assertThat(optimized(fixture("rescaling_first"))).doesNotContain("Mul", "Add");
    }

    @Test
    void channelsLastModelsHaveATransposeAtEachEndAtMost() {
        assertThat(Fixtures.models().stream()
                        .filter(file ->
                                OnnxExporter.refusals(Fixtures.read(file)).isEmpty())
                        .filter(file -> Fixtures.name(file).matches("(cnn|max_pooling|average_pooling|conv2d_.*)/.*"))
                        .filter(file -> !Fixtures.name(file).contains("channels_first")))
                .hasSizeGreaterThan(10)
                .allSatisfy(file -> {
                    KerasModel model = Fixtures.read(file);
                    assertThat(Collections.frequency(optimized(file), "Transpose"))
                            .isLessThanOrEqualTo(
                                    model.inputs().size() + model.outputs().size());
                });
    }

    @Test
    void noWeightIsLeftThatNothingUses() {
        ModelProto model = GraphOptimizer.optimize(exported(fixture("batch_normalization_conv")));
        List<String> used = model.getGraph().getNodeList().stream()
                .flatMap(node -> node.getInputList().stream())
                .toList();
        assertThat(model.getGraph().getInitializerList()).allMatch(constant -> used.contains(constant.getName()));
    }
}
