package io.atelier.keras.io;

import io.atelier.keras.TensorRef;
import io.atelier.keras.layer.MaskRole;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the masks that a call of a layer is given by keyword: {@code layer(x, mask=mask)}. */
final class MaskKeywords {
    private static final Map<String, MaskRole> ROLES = Map.of(
            "mask", MaskRole.FIRST,
            "query_mask", MaskRole.FIRST,
            "value_mask", MaskRole.SECOND,
            "key_mask", MaskRole.THIRD,
            "attention_mask", MaskRole.PAIRS);

    private MaskKeywords() {}

    /** Whether the tensors of a keyword are masks. */
    static boolean isOne(@Nullable Object keyword) {
        return ROLES.containsKey(String.valueOf(keyword));
    }

    /**
     * The masks that a call is given, in the order of their keywords, as Keras shows them.
     *
     * @throws UnsupportedOptionException if a mask is no tensor, or is of no single input
     */
    static Map<MaskRole, TensorRef> masks(Map<?, ?> keywords) {
        Map<String, @Nullable Object> sorted = new TreeMap<>();
        keywords.forEach((name, value) -> sorted.put(String.valueOf(name), value));
        Map<MaskRole, TensorRef> masks = new LinkedHashMap<>();
        sorted.forEach((name, value) -> {
            MaskRole role = ROLES.get(name);
            if (role == null || InboundNodes.isNothing(value)) {
                return;
            }
            if (value instanceof List<?> list && !InboundNodes.isTensor(list)) {
                for (int i = 0; i < list.size(); i++) {
                    if (list.get(i) != null) {
                        masks.put(roleOf(name, i), tensor(list.get(i)));
                    }
                }
            } else {
                masks.put(role, tensor(value));
            }
        });
        return masks;
    }

    private static MaskRole roleOf(String keyword, int index) {
        if (!keyword.equals("mask") || index > MaskRole.THIRD.ordinal()) {
            throw new UnsupportedOptionException(
                    "the layer is called with a list of masks as " + keyword + ", which is not supported");
        }
        return MaskRole.ofInput(index);
    }

    private static TensorRef tensor(@Nullable Object value) {
        List<TensorRef> tensors = new ArrayList<>();
        if (value instanceof List<?> list && InboundNodes.isTensor(list)) {
            InboundNodes.addTensor(list, tensors);
        } else {
            InboundNodes.collect(value, false, tensors);
        }
        if (tensors.size() != 1) {
            throw new UnsupportedOptionException(
                    "a mask must be one tensor; received " + ConfigReader.brief(String.valueOf(value)));
        }
        return tensors.get(0);
    }
}
