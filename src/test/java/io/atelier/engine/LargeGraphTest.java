package io.atelier.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.keras.KerasLayer;
import io.atelier.keras.KerasModel;
import io.atelier.keras.LayerCall;
import io.atelier.keras.ModelOrigin;
import io.atelier.keras.Tensor;
import io.atelier.keras.TensorRef;
import io.atelier.keras.layer.ElementwiseMerge;
import io.atelier.keras.layer.InputLayer;
import io.atelier.keras.layer.LayerConfig;
import io.atelier.keras.layer.MergeKind;
import io.atelier.keras.layer.Rescaling;
import io.atelier.keras.layer.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Graphs that are deep or wide: nothing on the way may walk them by recursion, or compare all with all. */
class LargeGraphTest {
    private final List<KerasLayer> layers = new ArrayList<>();
    private final List<LayerCall> calls = new ArrayList<>();

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aChainOf500LayersRuns(Engine kind) {
        TensorRef tensor = add("x", new InputLayer(Shape.of(Shape.UNKNOWN, 2), "float32"));
        for (int i = 0; i < 500; i++) {
            tensor = add("layer_" + i, new Rescaling(List.of(1.0), List.of(1.0)), tensor);
        }
        assertThat(run(kind, tensor).toArray()).containsExactly(500, 501);
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void halfAThousandBranchesMeet(Engine kind) {
        TensorRef input = add("x", new InputLayer(Shape.of(Shape.UNKNOWN, 2), "float32"));
        List<TensorRef> branches = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            branches.add(add("branch_" + i, new Rescaling(List.of(2.0), List.of((double) i)), input));
        }
        TensorRef sum = add("sum", new ElementwiseMerge(MergeKind.ADD), branches.toArray(TensorRef[]::new));
        // The sum of 0 to 499, and 500 times twice the input.
        assertThat(run(kind, sum).toArray()).containsExactly(124_750, 125_750);
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void twoHundredForksInARowRun(Engine kind) {
        TensorRef tensor = add("x", new InputLayer(Shape.of(Shape.UNKNOWN, 2), "float32"));
        for (int i = 0; i < 200; i++) {
            TensorRef left = add("left_" + i, new Rescaling(List.of(0.25), List.of(1.0)), tensor);
            TensorRef right = add("right_" + i, new Rescaling(List.of(0.75), List.of(0.0)), tensor);
            tensor = add("sum_" + i, new ElementwiseMerge(MergeKind.ADD), left, right);
        }
        assertThat(run(kind, tensor).toArray()).containsExactly(200, 201);
    }

    private TensorRef add(String name, LayerConfig config, TensorRef... inputs) {
        layers.add(new KerasLayer(name, config, Map.of()));
        calls.add(new LayerCall(name, 0, List.of(inputs)));
        return TensorRef.of(name);
    }

    private Tensor run(Engine kind, TensorRef output) {
        KerasModel model = new KerasModel(
                "large",
                KerasModel.Kind.FUNCTIONAL,
                layers,
                calls,
                List.of(TensorRef.of("x")),
                List.of(output),
                Optional.empty(),
                new ModelOrigin("large", ModelOrigin.Format.KERAS, Optional.empty(), Optional.empty()));
        try (InferenceEngine engine = kind.open(model)) {
            return engine.predict(List.of(Tensor.of(Shape.of(1, 2), 0, 1))).get(0);
        }
    }
}
