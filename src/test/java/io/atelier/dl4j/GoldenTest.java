package io.atelier.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.keras.KerasModel;
import io.atelier.keras.Tensor;
import io.atelier.keras.TensorRef;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoldenTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "activation_elu",
                "activation_linear",
                "activation_relu",
                "activation_selu",
                "activation_sigmoid",
                "activation_softmax",
                "activation_softplus",
                "activation_softsign",
                "activation_tanh",
                "any_size",
                "channels_first",
                "conv_activations",
                "dense_ranks",
                "dropouts",
                "global_pools",
                "norm_ranks",
                "norms",
                "relus",
                "rescaling_first",
                "softmax_axes",
                "trailing_flatten",
                "two_dropouts",
                "two_inputs"
            })
    void everyLayerComputesWhatKerasComputed(String name) {
        Golden golden = Golden.read(name);
        try (Dl4jEngine engine = new Dl4jEngine(golden.model())) {
            assertThat(engine.check().isOk()).isTrue();
            Map<TensorRef, Tensor> activations = engine.activations(golden.inputs());
            KerasModel model = golden.model();
            assertThat(activations).hasSize(model.layers().size());
            golden.outputs().forEach((layer, output) -> {
                String what = name + ": layer " + model.layer(layer);
                assertThat(activations).as(what).containsKey(TensorRef.of(layer));
                Tolerance.assertClose(what, Objects.requireNonNull(activations.get(TensorRef.of(layer))), output);
            });
            List<Tensor> outputs = engine.predict(golden.inputs());
            for (int i = 0; i < outputs.size(); i++) {
                String output = model.outputs().get(i).layer();
                Tolerance.assertClose(name + ": output " + output, outputs.get(i), golden.output(output));
            }
        }
    }
}
