package io.atelier.keras.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.atelier.keras.InvalidModelException;
import io.atelier.keras.KerasModel;
import io.atelier.keras.TensorRef;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The layers of nested models take the models' place. */
class ModelInlinerTest {
    @Test
    void layersOfAModelThatIsCalledTwiceAreCalledTwice() {
        ModelGraph flat = ModelInliner.inline(twice(layer("dense", TensorRef.of("x"))), "file", 100);

        assertThat(flat.layers()).extracting(LayerEntry::name).containsExactly("x", "model/dense");
        assertThat(flat.layers().get(1).calls())
                .containsExactly(List.of(TensorRef.of("x")), List.of(TensorRef.of("model/dense")));
        assertThat(flat.outputs()).containsExactly(new TensorRef("model/dense", 1, 0));
    }

    @Test
    void aModelThatGrowsTwofoldWithEveryLevelIsRefused() {
        LayerEntry inner = layer("dense", TensorRef.of("x"));
        for (int level = 0; level < 60; level++) {
            inner = layer("model", TensorRef.of("x"), TensorRef.of("model")).withNested(around(inner));
        }
        ModelGraph bomb = around(inner);
        assertThatExceptionOfType(InvalidModelException.class)
                .isThrownBy(() -> ModelInliner.inline(bomb, "file", 10_000))
                .withMessage("file: with those of its nested models, the model has more calls of layers than"
                        + " ImportLimits.maxLayers=10000");
    }

    @Test
    void aModelThatTakesItsOwnOutputIsRefused() {
        LayerEntry loop = layer("model", TensorRef.of("model"))
                .withNested(new ModelGraph(
                        "model",
                        KerasModel.Kind.FUNCTIONAL,
                        List.of(layer("x")),
                        List.of(TensorRef.of("x")),
                        List.of(TensorRef.of("x"))));
        assertThatExceptionOfType(InvalidModelException.class)
                .isThrownBy(() -> ModelInliner.inline(around(loop), "file", 100))
                .withMessageStartingWith("file: the graph of layers has a cycle.");
    }

    @Test
    void aCallWithTooFewTensorsIsRefused() {
        LayerEntry call = layer("model").withCalls(List.of(List.of())).withNested(around(layer("dense")));
        assertThatExceptionOfType(InvalidModelException.class)
                .isThrownBy(() -> ModelInliner.inline(around(call), "file", 100))
                .withMessageStartingWith("file: the nested model 'model' takes 1 inputs; its call has 0.");
    }

    private static ModelGraph twice(LayerEntry inner) {
        LayerEntry model =
                layer("model", TensorRef.of("x"), TensorRef.of("model")).withNested(around(inner));
        return new ModelGraph(
                "outer",
                KerasModel.Kind.FUNCTIONAL,
                List.of(layer("x").withCalls(List.of(List.of())), model),
                List.of(TensorRef.of("x")),
                List.of(new TensorRef("model", 1, 0)));
    }

    /** A model with an input and a layer, whose last call gives the output. */
    private static ModelGraph around(LayerEntry layer) {
        LayerEntry input = new LayerEntry("x", "InputLayer", "InputLayer", Map.of(), List.of(List.of()));
        return new ModelGraph(
                "model",
                KerasModel.Kind.FUNCTIONAL,
                List.of(input, layer),
                List.of(TensorRef.of("x")),
                List.of(new TensorRef(layer.name(), layer.calls().size() - 1, 0)));
    }

    /** A layer that is called on each of these tensors. */
    private static LayerEntry layer(String name, TensorRef... inputs) {
        String className = name.equals("x") ? "InputLayer" : "Dense";
        return new LayerEntry(
                name,
                className,
                className,
                Map.of(),
                Arrays.stream(inputs).map(List::of).toList());
    }
}
