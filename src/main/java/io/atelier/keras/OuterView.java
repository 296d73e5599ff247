package io.atelier.keras;

import io.atelier.keras.KerasModel.Kind;
import io.atelier.keras.ModelSummary.Row;
import io.atelier.keras.layer.InputLayer;
import io.atelier.keras.layer.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A model as Keras lists it: nested models are one layer each. */
final class OuterView {
    private final KerasModel model;
    /** What a nested model gives, as the outer model calls it. */
    private final Map<TensorRef, TensorRef> outerNames = new HashMap<>();

    private final Set<String> shown = new HashSet<>();

    OuterView(KerasModel model) {
        this.model = model;
        for (NestedModel nested : model.nestedModels()) {
            for (int call = 0; call < nested.outputs().size(); call++) {
                List<TensorRef> outputs = nested.outputs().get(call);
                for (int i = 0; i < outputs.size(); i++) {
                    outerNames.putIfAbsent(outputs.get(i), new TensorRef(nested.name(), call, i));
                }
            }
        }
    }

    /** Whether a row begins with this layer: as in Keras, a Sequential's InputLayer has none. */
    boolean isFirst(KerasLayer layer) {
        boolean isHidden = model.kind() == Kind.SEQUENTIAL && layer.config() instanceof InputLayer;
        return !isHidden && shown.add(nested(layer).map(NestedModel::name).orElse(layer.name()));
    }

    /** The row of a layer, or of the nested model that it is the first layer of. */
    Row row(KerasLayer layer) {
        return nested(layer).map(this::row).orElseGet(() -> {
            List<LayerCall> calls = model.calls(layer.name());
            LayerCall last = calls.get(calls.size() - 1);
            List<Shape> inputs = last.inputs().stream().map(model::shape).toList();
            return row(
                    layer.name(),
                    layer.className(),
                    layer.config().outputShapes(inputs),
                    layer.parameterCount(),
                    calls.stream().map(this::outerCall).toList());
        });
    }

    private Row row(NestedModel nested) {
        List<TensorRef> last = nested.outputs().get(nested.outputs().size() - 1);
        long parameters = model.layers().stream()
                .filter(layer -> nested.holds(layer.name()))
                .mapToLong(KerasLayer::parameterCount)
                .sum();
        return row(
                nested.name(),
                nested.className(),
                last.stream().map(model::shape).toList(),
                parameters,
                nested.calls());
    }

    private Row row(String name, String className, List<Shape> shapes, long parameters, List<LayerCall> calls) {
        List<String> texts = shapes.stream().map(OuterView::shapeText).toList();
        return new Row(
                name,
                className,
                texts.size() == 1 ? texts.get(0) : texts.toString(),
                parameters,
                calls.stream().flatMap(call -> call.inputs().stream()).toList());
    }

    /** A call of a layer that is in no nested model; a nested model's own calls are in outer terms already. */
    private LayerCall outerCall(LayerCall call) {
        return new LayerCall(
                call.layer(),
                call.node(),
                call.inputs().stream()
                        .map(tensor -> outerNames.getOrDefault(tensor, tensor))
                        .toList());
    }

    private Optional<NestedModel> nested(KerasLayer layer) {
        return model.nestedModels().stream()
                .filter(nested -> nested.holds(layer.name()))
                .findFirst();
    }

    /** Unlike a Python tuple, a single axis has no comma after it. */
    private static String shapeText(Shape shape) {
        return shape.toString().replace(",)", ")");
    }

    /** Whether each layer takes the output of the one before, so that connections need not be shown. */
    boolean isChain() {
        if (model.kind() == Kind.SEQUENTIAL) {
            return true;
        }
        List<LayerCall> calls = calls();
        // A call is known by its first output, whichever of them is taken.
        Set<TensorRef> taken = calls.stream()
                .flatMap(call -> call.inputs().stream())
                .map(tensor -> new TensorRef(tensor.layer(), tensor.node(), 0))
                .collect(Collectors.toSet());
        long ends =
                calls.stream().filter(call -> !taken.contains(call.output(0))).count();
        boolean hasSharedLayer = calls.stream().map(LayerCall::layer).distinct().count() < calls.size();
        // Where no call takes two tensors, each fork makes another end.
        return ends == 1
                && !hasSharedLayer
                && calls.stream().allMatch(call -> call.inputs().size() <= 1);
    }

    private List<LayerCall> calls() {
        List<LayerCall> calls = new ArrayList<>();
        model.calls().stream()
                .filter(call -> nested(model.layer(call.layer())).isEmpty())
                .map(this::outerCall)
                .forEach(calls::add);
        model.nestedModels().forEach(nested -> calls.addAll(nested.calls()));
        return calls;
    }
}
