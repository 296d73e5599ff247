package io.atelier.keras.io;

import io.atelier.keras.TensorRef;
import io.atelier.keras.layer.MaskRole;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the calls of a layer in a Functional model: {@code [[["dense", 0, 0, {}]]]} in Keras 1 and 2,
 * {@code [{"args": […], "kwargs": {…}}]} in Keras 3.
 */
final class InboundNodes {
    /** The flag that makes attention blind for what comes later. */
    static final String USE_CAUSAL_MASK = "use_causal_mask";

    /** The option that holds the roles of the masks that calls are given; no config has it. */
    static final String MASKS = "masks given";

    /** The option that holds the number among the tensors that an operation takes; no config has it. */
    static final String NUMBER = "number taken";

    /** The option that says that the number stands before the tensor; no config has it. */
    static final String NUMBER_FIRST = "number taken first";

    /** The keyword of the second operand of a function of TensorFlow. */
    private static final String OPERAND = "y";

    /** Keywords whose tensors are further inputs of the layer, in the order in which they follow those without one. */
    private static final List<String> TENSORS = List.of("query", "value", "key", "initial_state");

    private InboundNodes() {}

    /**
     * What every call of a layer gives it besides tensors, and the roles of the masks, which are options of the layer then.
     *
     * @throws UnsupportedOptionException if the calls give it different ones
     */
    static Map<String, Object> flags(@Nullable Object inboundNodes) {
        if (!(inboundNodes instanceof List<?> nodes) || nodes.isEmpty()) {
            return Map.of();
        }
        Set<Boolean> causal = nodes.stream()
                .map(InboundNodes::keywords)
                .map(keywords -> Boolean.TRUE.equals(keywords.get(USE_CAUSAL_MASK)))
                .collect(Collectors.toSet());
        if (causal.size() > 1) {
            throw new UnsupportedOptionException("the layer is called with and without " + USE_CAUSAL_MASK
                    + ", which is not supported; make a layer for each");
        }
        Set<List<MaskRole>> roles = nodes.stream()
                .map(node -> List.copyOf(MaskKeywords.masks(keywords(node)).keySet()))
                .collect(Collectors.toSet());
        if (roles.size() > 1) {
            throw new UnsupportedOptionException("the layer is called with different masks, " + roles
                    + ", which is not supported; make a layer for each");
        }
        Map<String, Object> flags = new HashMap<>();
        if (causal.contains(true)) {
            flags.put(USE_CAUSAL_MASK, true);
        }
        roles.stream().filter(each -> !each.isEmpty()).forEach(each -> flags.put(MASKS, each));
        return flags;
    }

    /** The number that an operation takes beside a tensor: {@code x != 0}. */
    static Map<String, Object> number(@Nullable Object inboundNodes) {
        if (!(inboundNodes instanceof List<?> nodes) || nodes.size() != 1) {
            return Map.of();
        }
        if (keywords(nodes.get(0)).get(OPERAND) instanceof Number number) {
            return Map.of(NUMBER, number.doubleValue());
        }
        if (nodes.get(0) instanceof Map<?, ?> call && call.get("args") instanceof List<?> arguments) {
            for (int i = 0; i < arguments.size(); i++) {
                if (arguments.get(i) instanceof Number number) {
                    return Map.of(NUMBER, number.doubleValue(), NUMBER_FIRST, i == 0);
                }
            }
        }
        return Map.of();
    }

    private static Map<?, ?> keywords(@Nullable Object node) {
        if (node instanceof Map<?, ?> call && call.get("kwargs") instanceof Map<?, ?> keywords) {
            return keywords;
        }
        if (!(node instanceof List<?> call) || call.isEmpty()) {
            return Map.of();
        }
        Object first = isTensor(call) ? call : call.get(0);
        return first instanceof List<?> tensor && tensor.size() > 3 && tensor.get(3) instanceof Map<?, ?> keywords
                ? keywords
                : Map.of();
    }

    /**
     * The inputs of each call, followed by the masks that it is given.
     *
     * @param isOperation whether numbers may stand among the tensors
     * @throws IllegalArgumentException if the value is broken
     * @throws UnsupportedOptionException if a call passes more than tensors
     */
    static List<List<TensorRef>> parse(@Nullable Object inboundNodes, boolean isOperation) {
        if (!(inboundNodes instanceof List<?> nodes)) {
            throw new IllegalArgumentException("inbound_nodes must be a list; received " + inboundNodes);
        }
        if (nodes.isEmpty()) {
            return List.of(List.of());
        }
        return nodes.stream().map(node -> call(node, isOperation)).toList();
    }

    private static List<TensorRef> call(@Nullable Object node, boolean isOperation) {
        List<TensorRef> tensors = new ArrayList<>();
        if (node instanceof Map<?, ?> call && call.get("args") instanceof List<?> arguments) {
            arguments.forEach(argument -> collect(argument, isOperation, tensors));
            if (call.get("kwargs") instanceof Map<?, ?> keywords) {
                // In Keras 3 a model that predicts says so to every layer, whatever the call was made with.
                Map<Object, @Nullable Object> rest = new HashMap<>(keywords);
                rest.remove("training");
                readKeywords(rest, tensors);
            }
        } else if (node instanceof List<?> call) {
            if (isOperation) {
                addOperands(call, tensors);
            } else if (isTensor(call)) {
                addTensor(call, tensors);
            } else {
                call.forEach(tensor -> addTensor(tensor, tensors));
            }
        } else {
            throw new UnsupportedOptionException(
                    "a call must take a list of tensors; received " + ConfigReader.brief(String.valueOf(node)));
        }
        tensors.addAll(MaskKeywords.masks(keywords(node)).values());
        return tensors;
    }

    static void collect(@Nullable Object argument, boolean isOperation, List<TensorRef> tensors) {
        if (argument instanceof List<?> list) {
            list.forEach(item -> collect(item, false, tensors));
        } else if (argument instanceof Map<?, ?> map
                && "__keras_tensor__".equals(map.get("class_name"))
                && map.get("config") instanceof Map<?, ?> config) {
            addTensor(config.get("keras_history"), tensors);
        } else if (argument instanceof Map<?, ?> map
                && "__tuple__".equals(map.get("class_name"))
                && map.get("items") instanceof List<?> items) {
            collect(items, false, tensors);
        } else if (!(isOperation && argument instanceof Number)) {
            throw new UnsupportedOptionException(
                    "a call must take tensors only; received " + ConfigReader.brief(String.valueOf(argument)));
        }
    }

    /** What a function of TensorFlow takes in Keras 2: the second operand is a keyword. */
    private static void addOperands(List<?> call, List<TensorRef> tensors) {
        addTensor(call.subList(0, Math.min(3, call.size())), tensors);
        keywords(call).forEach((name, value) -> {
            if (OPERAND.equals(name) && value instanceof List<?> tensor) {
                addTensor(tensor, tensors);
            } else if (value != null && !(OPERAND.equals(name) && value instanceof Number)) {
                throw new UnsupportedOptionException("the function is called with " + name + "="
                        + ConfigReader.brief(value) + ", which is not supported");
            }
        });
    }

    static boolean isTensor(List<?> value) {
        return value.size() >= 3 && value.get(0) instanceof String;
    }

    static void addTensor(@Nullable Object value, List<TensorRef> tensors) {
        if (value instanceof List<?> list
                && isTensor(list)
                && list.get(0) instanceof String layer
                && list.get(1) instanceof Integer node
                && list.get(2) instanceof Integer index) {
            if (node < 0 || layer.equals("_CONSTANT_VALUE")) {
                throw new UnsupportedOptionException("a call must take tensors only; received the constant " + index);
            }
            tensors.add(new TensorRef(layer, node, index));
            if (list.size() > 3) {
                readKeywords(list.get(3), tensors);
            }
        } else {
            throw new IllegalArgumentException("a call must name tensors as [layer, node, index]; received "
                    + ConfigReader.brief(String.valueOf(value)));
        }
    }

    /** Arguments beyond the first: tensors of a known role, flags, and what leaves inference as it is. */
    private static void readKeywords(@Nullable Object keywords, List<TensorRef> tensors) {
        if (!(keywords instanceof Map<?, ?> map)) {
            return;
        }
        for (String name : TENSORS) {
            Object value = map.get(name);
            if (value instanceof List<?> list && isTensor(list)) {
                addTensor(list, tensors);
            } else if (value != null) {
                collect(value, false, tensors);
            }
        }
        map.forEach((name, value) -> {
            boolean isInference = "training".equals(name) && Boolean.FALSE.equals(value);
            boolean isFlag = USE_CAUSAL_MASK.equals(name) && value instanceof Boolean;
            boolean isTensor = TENSORS.contains(name) || MaskKeywords.isOne(name);
            if (!isNothing(value) && !isInference && !isFlag && !isTensor) {
                throw new UnsupportedOptionException("the layer is called with " + name + "="
                        + ConfigReader.brief(value) + ", which is not supported; call it with its tensors only");
            }
        });
    }

    /** Null, or a list of nulls: one for each input. */
    static boolean isNothing(@Nullable Object value) {
        return value == null || (value instanceof List<?> list && list.stream().allMatch(Objects::isNull));
    }

    /**
     * The inputs or outputs of a model: a list of {@code [layer, node, index]}, a single one, or several by name, which
     * Keras takes in the order of their names.
     *
     * @throws IllegalArgumentException if the value is broken
     */
    static List<TensorRef> ends(String option, @Nullable Object value) {
        if (!(value instanceof List<?>) && !(value instanceof Map<?, ?>)) {
            throw new IllegalArgumentException(option + " must be a list, or a dictionary; received " + value);
        }
        List<TensorRef> tensors = new ArrayList<>();
        addEnds(value, tensors);
        return tensors;
    }

    private static void addEnds(@Nullable Object value, List<TensorRef> tensors) {
        if (value instanceof Map<?, ?> named) {
            Map<String, @Nullable Object> sorted = new TreeMap<>();
            named.forEach((name, tensor) -> sorted.put(String.valueOf(name), tensor));
            sorted.values().forEach(tensor -> addEnds(tensor, tensors));
        } else if (value instanceof List<?> list && !isTensor(list)) {
            list.forEach(tensor -> addEnds(tensor, tensors));
        } else {
            addTensor(value, tensors);
        }
    }
}
