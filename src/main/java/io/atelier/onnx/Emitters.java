package io.atelier.onnx;

import io.atelier.keras.KerasLayer;
import io.atelier.keras.layer.LayerConfig;
import io.atelier.keras.layer.MaskUse;
import io.atelier.keras.layer.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The layers that become ONNX, and how: the table that refusals and export both read. */
final class Emitters {
    private static final Emitters ALL = all();

    private final Map<Class<? extends LayerConfig>, Emitter<?>> byConfig = new HashMap<>();

    private Emitters() {}

    private static Emitters all() {
        Emitters emitters = new Emitters();
        CoreEmitters.addTo(emitters);
        ActivationEmitters.addTo(emitters);
        NormalizationEmitters.addTo(emitters);
        MergingEmitters.addTo(emitters);
        MaskEmitters.addTo(emitters);
        ConvolutionEmitters.addTo(emitters);
        PoolingEmitters.addTo(emitters);
        ReshapingEmitters.addTo(emitters);
        AttentionEmitters.addTo(emitters);
        GroupedAttentionEmitters.addTo(emitters);
        RecurrentEmitters.addTo(emitters);
        ConvLstmEmitters.addTo(emitters);
        EncodingEmitters.addTo(emitters);
        ResizingEmitters.addTo(emitters);
        MaskedEmitters.addTo(emitters);
        OperationEmitters.addTo(emitters);
        return emitters;
    }

    /** Adds how a layer of one input and one output becomes ONNX. */
    <C extends LayerConfig> void add(Class<C> config, Emitter.Unary<C> emitter) {
        byConfig.put(config, emitter);
    }

    /** Adds how a layer of any number of inputs and outputs becomes ONNX. */
    <C extends LayerConfig> void addGeneral(Class<C> config, Emitter<C> emitter) {
        byConfig.put(config, emitter);
    }

    /** Whether a layer has an emitter. */
    static boolean handles(LayerConfig config) {
        return config instanceof OnnxLayer || ALL.byConfig.containsKey(config.getClass());
    }

    /** Adds the nodes of one call of a layer that is handled. */
    @SuppressWarnings("unchecked") // add() ties the type of the key to that of the value
    static List<Value> emit(OnnxGraph graph, KerasLayer layer, List<Value> inputs) {
        if (layer.config() instanceof OnnxLayer custom) {
            return custom(graph, layer, custom, inputs);
        }
        Emitter<LayerConfig> emitter = (Emitter<LayerConfig>)
                Optional.ofNullable(ALL.byConfig.get(layer.config().getClass()))
                        .orElseThrow(() -> new IllegalArgumentException("there is no emitter for " + layer));
        List<Value> outputs = new ArrayList<>(emitter.emit(graph, layer, layer.config(), visible(layer, inputs)));
        boolean isHandedOn =
                layer.config().maskUse() == MaskUse.PASSES || layer.config().maskUse() == MaskUse.TAKES;
        if (isHandedOn) {
            inputs.get(0).mask().ifPresent(mask -> outputs.set(0, outputs.get(0).withMask(mask)));
        }
        return outputs;
    }

    /** Only a layer that uses masks sees them, so that no other hands one on by chance. */
    private static List<Value> visible(KerasLayer layer, List<Value> inputs) {
        return layer.config().maskUse() == MaskUse.USES || layer.config().maskUse() == MaskUse.TAKES
                ? inputs
                : inputs.stream().map(Value::withoutMask).toList();
    }

    private static List<Value> custom(OnnxGraph graph, KerasLayer layer, OnnxLayer config, List<Value> inputs) {
        List<Shape> shapes =
                config.outputShapes(inputs.stream().map(Value::shape).toList());
        List<String> names =
                inputs.stream().map(input -> graph.kerasLayout(input).name()).toList();
        List<String> outputs = config.emit(new OnnxNodes(graph, layer.name()), layer, names);
        if (outputs.size() != shapes.size()) {
            throw new IllegalStateException(
                    "layer " + layer + " must emit " + shapes.size() + " tensors; received " + outputs.size());
        }
        return IntStream.range(0, shapes.size())
                .mapToObj(i -> Value.of(outputs.get(i), shapes.get(i)))
                .toList();
    }
}
