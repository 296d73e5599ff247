package io.atelier.plot;

import io.atelier.keras.KerasModel;
import io.atelier.keras.LayerCall;
import io.atelier.keras.NestedModel;
import io.atelier.keras.TensorRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The calls of a model in which each nested model is one layer, as Keras draws it unless told to expand. */
final class OuterGraph {
    private final KerasModel model;
    private final Map<String, NestedModel> nested = new LinkedHashMap<>();
    /** What a nested model gives, by the inner layer's tensor. */
    private final Map<TensorRef, TensorRef> outerNames = new HashMap<>();
    /** The same the other way round. */
    private final Map<TensorRef, TensorRef> innerNames = new HashMap<>();

    OuterGraph(KerasModel model) {
        this.model = model;
        for (NestedModel each : model.nestedModels()) {
            nested.put(each.name(), each);
            for (int call = 0; call < each.outputs().size(); call++) {
                for (int i = 0; i < each.outputs().get(call).size(); i++) {
                    TensorRef inner = each.outputs().get(call).get(i);
                    TensorRef outer = new TensorRef(each.name(), call, i);
                    innerNames.put(outer, inner);
                    // An input that is handed on keeps the name of what made it.
                    if (each.holds(inner.layer())) {
                        outerNames.put(inner, outer);
                    }
                }
            }
        }
    }

    /** Every call, each after those whose outputs it takes. */
    List<LayerCall> calls() {
        List<LayerCall> rest = new ArrayList<>();
        model.calls().stream().filter(call -> !isInner(call.layer())).forEach(rest::add);
        nested.values().forEach(each -> rest.addAll(each.calls()));
        List<LayerCall> sorted = new ArrayList<>();
        Set<TensorRef> made = new HashSet<>();
        while (!rest.isEmpty()) {
            int before = rest.size();
            for (Iterator<LayerCall> calls = rest.iterator(); calls.hasNext(); ) {
                LayerCall call = calls.next();
                List<TensorRef> inputs = call.inputs().stream().map(this::outer).toList();
                if (made.containsAll(inputs.stream().map(OuterGraph::ofCall).toList())) {
                    sorted.add(new LayerCall(call.layer(), call.node(), inputs));
                    made.add(call.output(0));
                    calls.remove();
                }
            }
            if (rest.size() == before) {
                throw new IllegalStateException("the calls " + rest + " take what no call gives");
            }
        }
        return sorted;
    }

    private boolean isInner(String layer) {
        return nested.values().stream().anyMatch(each -> each.holds(layer));
    }

    /** A tensor by the name that it has outside of nested models. */
    private TensorRef outer(TensorRef tensor) {
        TensorRef named = outerNames.getOrDefault(tensor, tensor);
        TensorRef inner = innerNames.getOrDefault(named, named);
        return isInner(inner.layer()) ? named : inner;
    }

    private static TensorRef ofCall(TensorRef tensor) {
        return new TensorRef(tensor.layer(), tensor.node(), 0);
    }

    /** A tensor by the name that the model itself has for it. */
    TensorRef inner(TensorRef tensor) {
        TensorRef inner = innerNames.get(tensor);
        return inner == null ? tensor : inner(inner);
    }

    /** What a call gives, by the names that the model itself has; empty if it is not one of a nested model. */
    List<TensorRef> outputs(LayerCall call) {
        NestedModel each = nested.get(call.layer());
        return each == null
                ? List.of()
                : each.outputs().get(call.node()).stream().map(this::inner).toList();
    }

    /** {@code Functional}. */
    String className(LayerCall call) {
        NestedModel each = nested.get(call.layer());
        return each == null ? model.layer(call.layer()).className() : each.className();
    }

    /** How often the layer of a call is called. */
    int count(LayerCall call) {
        NestedModel each = nested.get(call.layer());
        return each == null ? model.calls(call.layer()).size() : each.calls().size();
    }
}
