package io.atelier.conformance;

import io.atelier.keras.KerasLayer;
import io.atelier.keras.KerasModel;
import io.atelier.keras.LayerCall;
import io.atelier.keras.Tensor;
import io.atelier.keras.TensorRef;
import io.atelier.keras.layer.Identity;
import io.atelier.keras.layer.InputLayer;
import io.atelier.keras.layer.LayerConfig;
import io.atelier.keras.layer.Masked;
import io.atelier.keras.layer.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which tensor of the graph each entry {@code layers/…} of a reference speaks of. */
final class ReferenceLayers {
    private static final Pattern NUMBERED_CALL = Pattern.compile("(.+)@(0|[1-9]\\d{0,8})", Pattern.DOTALL);
    private static final Pattern NUMBERED_OUTPUT = Pattern.compile("(.+):(0|[1-9]\\d{0,8})", Pattern.DOTALL);

    private final KerasModel model;
    private final Reference reference;
    private final Map<String, KerasLayer> layers;
    private final Set<TensorRef> tensors;
    private final Map<TensorRef, Tensor> expected = new LinkedHashMap<>();
    private final List<String> nestedModels = new ArrayList<>();

    /**
     * Finds the tensors.
     *
     * @throws InvalidReferenceException if the model has no such layer, call or output
     */
    ReferenceLayers(KerasModel model, Reference reference) {
        this.model = model;
        this.reference = reference;
        this.layers = model.layers().stream().collect(Collectors.toMap(KerasLayer::name, layer -> layer));
        this.tensors = new LinkedHashSet<>(model.tensors());
        Map<TensorRef, Tensor> found = new LinkedHashMap<>();
        reference
                .layers()
                .forEach((name, values) -> tensor(name).ifPresent(tensor -> {
                    if (found.put(tensor, values) != null) {
                        throw InvalidReferenceException.ofEntry(
                                reference.source(),
                                "layers/" + name,
                                "another entry speaks of the same call; remove one of them");
                    }
                }));
        for (TensorRef tensor : tensors) {
            Tensor values = found.get(tensor);
            if (values != null) {
                expected.put(tensor, values);
            }
        }
    }

    /** What Keras computed, in the model's order. */
    Map<TensorRef, Tensor> expected() {
        return expected;
    }

    /** The name under which a reference speaks of this tensor. */
    String name(TensorRef tensor) {
        boolean isOnly = !tensors.contains(new TensorRef(tensor.layer(), tensor.node(), 1));
        return isOnly ? callName(tensor) : callName(tensor) + ":" + tensor.index();
    }

    private String callName(TensorRef tensor) {
        List<LayerCall> calls = model.calls(tensor.layer());
        if (calls.size() == 1) {
            return tensor.layer();
        }
        for (int i = 0; i < calls.size(); i++) {
            if (calls.get(i).node() == tensor.node()) {
                return tensor.layer() + "@" + i;
            }
        }
        throw new IllegalArgumentException("the model has no tensor " + tensor);
    }

    /** What a reference that has layers says nothing of. */
    List<String> notCompared() {
        if (reference.layers().isEmpty()) {
            return List.of();
        }
        List<String> missing = new ArrayList<>(nestedModels);
        for (TensorRef tensor : tensors) {
            LayerConfig config = model.layer(tensor.layer()).config();
            // An input of a nested model, if it is given a mask, stands in the graph as an Identity.
            boolean isInput = config instanceof InputLayer
                    || (config instanceof Masked given && given.layer() instanceof Identity);
            if (!isInput && !(config instanceof Operation) && !expected.containsKey(tensor)) {
                missing.add(name(tensor));
            }
        }
        return missing;
    }

    private Optional<TensorRef> tensor(String name) {
        Matcher numbered = NUMBERED_OUTPUT.matcher(name);
        if (layers.containsKey(name) || !numbered.matches()) {
            return call(name).map(call -> call.output(0));
        }
        int index = Integer.parseInt(numbered.group(2));
        return call(numbered.group(1)).map(call -> call.output(index)).map(tensor -> {
            if (!tensors.contains(tensor)) {
                throw InvalidReferenceException.ofEntry(
                        reference.source(),
                        "layers/" + name,
                        "the call does not give so many tensors; was the reference written for another model?");
            }
            return tensor;
        });
    }

    private Optional<LayerCall> call(String name) {
        // A layer's own name may end like the name of a call.
        if (layers.containsKey(name)) {
            List<LayerCall> calls = model.calls(name);
            if (calls.size() > 1) {
                throw InvalidReferenceException.ofEntry(
                        reference.source(),
                        "layers/" + name,
                        "the model calls the layer " + calls.size() + " times; expected 'layers/" + name
                                + "@0' and so on");
            }
            return Optional.of(calls.get(0));
        }
        Matcher numbered = NUMBERED_CALL.matcher(name);
        if (numbered.matches() && layers.containsKey(numbered.group(1))) {
            List<LayerCall> calls = model.calls(numbered.group(1));
            int index = Integer.parseInt(numbered.group(2));
            if (index >= calls.size()) {
                throw InvalidReferenceException.ofEntry(
                        reference.source(),
                        "layers/" + name,
                        "the model calls the layer only " + calls.size()
                                + " times; was the reference written for another model?");
            }
            return Optional.of(calls.get(index));
        }
        if (layers.keySet().stream().anyMatch(layer -> layer.startsWith(name + "/"))) {
            // A nested model's output is that of one of its layers, which is compared itself.
            nestedModels.add(name);
            return Optional.empty();
        }
        throw InvalidReferenceException.ofEntry(
                reference.source(),
                "layers/" + name,
                "the model has no such layer, only "
                        + model.layers().stream()
                                .map(KerasLayer::name)
                                .limit(20)
                                .toList()
                        + (layers.size() > 20 ? " and others" : "")
                        + "; was the reference written for another model?");
    }
}
