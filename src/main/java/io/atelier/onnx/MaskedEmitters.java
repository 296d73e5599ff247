package io.atelier.onnx;

import io.atelier.keras.KerasLayer;
import io.atelier.keras.MaskRules;
import io.atelier.keras.layer.Bidirectional;
import io.atelier.keras.layer.GroupedQueryAttention;
import io.atelier.keras.layer.MaskRole;
import io.atelier.keras.layer.MaskUse;
import io.atelier.keras.layer.Masked;
import io.atelier.keras.layer.MultiHeadAttention;
import io.atelier.keras.layer.Recurrent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Layers that are given masks as tensors. */
final class MaskedEmitters {
    private MaskedEmitters() {}

    static void addTo(Emitters emitters) {
        emitters.addGeneral(Masked.class, MaskedEmitters::masked);
    }

    private static List<Value> masked(OnnxGraph graph, KerasLayer layer, Masked config, List<Value> inputs) {
        List<Value> tensors = new ArrayList<>(config.tensors(inputs));
        boolean isAttention = config.layer().maskUse() == MaskUse.TAKES;
        for (int i = 0; i < tensors.size() && i <= MaskRole.THIRD.ordinal(); i++) {
            Optional<Value> mask = config.mask(MaskRole.ofInput(i), inputs);
            // Of a MultiHeadAttention, Keras 3 takes the query's mask from the query, even if it is given another.
            if (mask.isPresent() && !(i == 0 && isAttention && graph.maskRules() == MaskRules.KERAS_3)) {
                tensors.set(i, tensors.get(i).withMask(graph.flags(mask.get())));
            }
        }
        KerasLayer called = layer.withConfig(config.layer());
        Optional<Value> pairs = config.mask(MaskRole.PAIRS, inputs).map(graph::flags);
        if (config.layer() instanceof MultiHeadAttention attention) {
            return withMask(AttentionEmitters.multiHead(graph, called, attention, tensors, pairs), inputs.get(0));
        }
        if (config.layer() instanceof GroupedQueryAttention attention) {
            return withMask(GroupedAttentionEmitters.grouped(graph, called, attention, tensors, pairs), inputs.get(0));
        }
        boolean isSequential = config.layer() instanceof Recurrent || config.layer() instanceof Bidirectional;
        return isSequential
                ? RecurrentEmitters.sequential(graph, called, tensors)
                : Emitters.emit(graph, called, tensors);
    }

    private static List<Value> withMask(List<Value> outputs, Value query) {
        return query.mask().isEmpty()
                ? outputs
                : List.of(outputs.get(0).withMask(query.mask().get()));
    }
}
