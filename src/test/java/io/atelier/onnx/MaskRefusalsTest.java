package io.atelier.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.engine.Engine;
import io.atelier.keras.KerasLayer;
import io.atelier.keras.KerasModel;
import io.atelier.keras.LayerCall;
import io.atelier.keras.ModelOrigin;
import io.atelier.keras.Problem;
import io.atelier.keras.Tensor;
import io.atelier.keras.TensorRef;
import io.atelier.keras.layer.ActivationFunction;
import io.atelier.keras.layer.Dense;
import io.atelier.keras.layer.ElementwiseMerge;
import io.atelier.keras.layer.Embedding;
import io.atelier.keras.layer.InputLayer;
import io.atelier.keras.layer.LayerConfig;
import io.atelier.keras.layer.MaskRole;
import io.atelier.keras.layer.Masked;
import io.atelier.keras.layer.MergeKind;
import io.atelier.keras.layer.MultiHeadAttention;
import io.atelier.keras.layer.Recurrent;
import io.atelier.keras.layer.Shape;
import io.atelier.keras.layer.SimpleRnnCell;
import io.atelier.keras.layer.Softmax;
import io.atelier.keras.layer.TimeDistributed;
import io.atelier.keras.layer.WeightSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Masks that would change what a layer computes are refused by name where that is not known. */
class MaskRefusalsTest {
    private static final MultiHeadAttention HEADS = new MultiHeadAttention(1, 2, 2, true, 0, false);
    private static final ElementwiseMerge PRODUCT = new ElementwiseMerge(MergeKind.MULTIPLY);

    private final List<KerasLayer> layers = new ArrayList<>();
    private final List<LayerCall> calls = new ArrayList<>();
    private final Map<TensorRef, Shape> shapes = new HashMap<>();
    private final TensorRef words = words();

    private TensorRef words() {
        TensorRef x = add("x", new InputLayer(Shape.of(Shape.UNKNOWN, 5), "float32"), Map.of());
        return add("words", new Embedding(4, 3, true), Map.of(), x);
    }

    @Test
    void aMaskThatKerasMayHaveTakenAwayBefore() {
        add("heads", HEADS, Map.of(), words, words);
        add("product", PRODUCT, Map.of(), words, words);
        assertThat(refusals("heads", "product"))
                .containsExactly(
                        "layer 'product' (Multiply): whether a mask reaches the layer depends on which layer Keras"
                                + " calls first, as a MultiHeadAttention takes the mask away; give it to the layer: layer(x, mask=…)");
    }

    @Test
    void aMaskThatHasBeenTakenAwayIsNone() {
        TensorRef heads = add("heads", HEADS, Map.of(), words, words);
        add("product", PRODUCT, Map.of(), words, heads);
        assertThat(refusals("product")).isEmpty();
    }

    @Test
    void aMaskOfStepsForASoftmaxOfFeatures() {
        add("softmax", new Softmax(List.of(-1)), Map.of(), words);
        assertThat(refusals("softmax"))
                .containsExactly(
                        "layer 'softmax' (Softmax): a mask of shape (None, 5) reaches the layer with an input of"
                                + " shape (None, 5, 3), which is not supported; build the model without it");
    }

    @Test
    void aMaskOfStepsForALayerThatWouldNeedOneWithinEachStep() {
        TensorRef text = add("text", new InputLayer(Shape.of(Shape.UNKNOWN, 2, 5, 3), "float32"), Map.of());
        TensorRef steps = add("steps", new InputLayer(Shape.of(Shape.UNKNOWN, 2), "float32"), Map.of());
        TimeDistributed each = new TimeDistributed(rnn(false, false));
        add("each", new Masked(each, List.of(MaskRole.FIRST)), Map.of(), text, steps);
        assertThat(refusals("each")).singleElement().asString().contains("a mask of shape (None, 2)");
    }

    @Test
    void stepsThatKerasUnrollsBackwards() {
        add("rnn", rnn(true, true), Map.of("unroll", true), words);
        assertThat(refusals("rnn")).singleElement().asString().contains("build the layer with unroll=False");
        assertThat(Engine.DL4J.refusals(model("rnn"))).isNotEmpty();
    }

    @Test
    void stepsThatKerasUnrollsForwardsAreNotRefused() {
        add("rnn", rnn(false, true), Map.of("unroll", true), words);
        assertThat(refusals("rnn")).isEmpty();
    }

    @Test
    void anAttentionMaskForEachHead() {
        TensorRef pairs = add("pairs", new InputLayer(Shape.of(Shape.UNKNOWN, 1, 5, 5), "float32"), Map.of());
        add("heads", new Masked(HEADS, List.of(MaskRole.PAIRS)), Map.of(), words, words, pairs);
        assertThat(refusals("heads"))
                .containsExactly(
                        "layer 'heads' (MultiHeadAttention): an attention_mask is supported in the shape (batch,"
                                + " queries, keys); received shape (None, 1, 5, 5)");
    }

    @Test
    void aLayerThatHandsItsMaskOnIsNotRefused() {
        add("dense", new Dense(2, ActivationFunction.LINEAR, true), Map.of(), words);
        assertThat(refusals("dense")).isEmpty();
    }

    private static Recurrent rnn(boolean isBackwards, boolean isZero) {
        SimpleRnnCell cell = new SimpleRnnCell(2, ActivationFunction.TANH, true);
        return new Recurrent("SimpleRNN", List.of(cell), true, false, isBackwards, isZero);
    }

    private TensorRef add(String name, LayerConfig config, Map<String, Object> options, TensorRef... inputs) {
        List<Shape> taken = Stream.of(inputs)
                .map(input -> Objects.requireNonNull(shapes.get(input)))
                .toList();
        Map<String, Tensor> weights = new LinkedHashMap<>();
        for (WeightSpec weight : config.weights(taken)) {
            weights.put(
                    weight.name(),
                    Tensor.wrap(weight.shape(), new float[(int) weight.shape().valueCount()]));
        }
        layers.add(new KerasLayer(name, config, weights, true, "float32", options));
        calls.add(new LayerCall(name, 0, List.of(inputs)));
        shapes.put(TensorRef.of(name), config.outputShapes(taken).get(0));
        return TensorRef.of(name);
    }

    private List<String> refusals(String... outputs) {
        return Engine.ONNX.refusals(model(outputs)).stream()
                .map(Problem::toString)
                .toList();
    }

    private KerasModel model(String... outputs) {
        List<TensorRef> inputs = layers.stream()
                .filter(layer -> layer.config() instanceof InputLayer)
                .map(layer -> TensorRef.of(layer.name()))
                .toList();
        return new KerasModel(
                "model",
                KerasModel.Kind.FUNCTIONAL,
                layers,
                calls,
                inputs,
                Stream.of(outputs).map(TensorRef::of).toList(),
                Optional.empty(),
                ModelOrigin.memory());
    }
}
