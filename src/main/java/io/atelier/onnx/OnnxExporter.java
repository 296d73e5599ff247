package io.atelier.onnx;

import io.atelier.keras.KerasLayer;
import io.atelier.keras.KerasModel;
import io.atelier.keras.LayerCall;
import io.atelier.keras.Mask;
import io.atelier.keras.MaskedTensors;
import io.atelier.keras.Problem;
import io.atelier.keras.TensorRef;
import io.atelier.keras.UnsupportedModelException;
import io.atelier.keras.layer.InputLayer;
import io.atelier.keras.layer.LayerConfig;
import io.atelier.keras.layer.Masked;
import io.atelier.keras.layer.Shape;
import io.atelier.keras.layer.TimeDistributed;
import io.atelier.onnx.proto.ModelProto;
import io.atelier.onnx.proto.NodeProto;
import io.atelier.onnx.proto.OperatorSetIdProto;
import io.atelier.onnx.proto.TensorProto;
import io.atelier.onnx.proto.TensorShapeProto;
import io.atelier.onnx.proto.TypeProto;
import io.atelier.onnx.proto.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/** Turns a Keras model into an ONNX model, in Keras's layout at its inputs and outputs. */
final class OnnxExporter {
    private static final int IR_VERSION = 10;
    private static final int OPSET = 21;

    private OnnxExporter() {}

    /** What of a model cannot be exported; empty if all of it can. */
    static List<Problem> refusals(KerasModel model) {
        List<Problem> problems = new ArrayList<>();
        MaskedTensors masked = new MaskedTensors(model);
        for (LayerCall call : model.calls()) {
            KerasLayer layer = model.layer(call.layer());
            MaskRefusals.refusal(model, masked, call)
                    .ifPresent(reason -> problems.add(Problem.ofLayer(layer.name(), layer.className(), reason)));
            if (layer.config() instanceof InputLayer || call.node() > 0) {
                continue;
            }
            refusal(layer.config(), model.shape(call.inputs().get(0)))
                    .ifPresent(reason -> problems.add(Problem.ofLayer(layer.name(), layer.className(), reason)));
        }
        return problems;
    }

    private static Optional<String> refusal(LayerConfig config, Shape input) {
        if (config instanceof TimeDistributed each) {
            return refusal(each.layer(), TimeDistributed.step(input));
        }
        if (config instanceof Masked masked) {
            return refusal(masked.layer(), input);
        }
        return refusal(config).or(() -> Windows.refusal(config, input));
    }

    /** Why a layer cannot be exported, whatever it takes. */
    static Optional<String> refusal(LayerConfig config) {
        LayerConfig layer = config instanceof TimeDistributed each ? each.layer() : config;
        return Emitters.handles(layer) ? Optional.empty() : Optional.of("engine onnx does not have this layer");
    }

    /**
     * Exports a model.
     *
     * @param ends the tensors that the ONNX model gives, by the name it gives them
     * @throws UnsupportedModelException if {@link #refusals} is not empty
     */
    static ModelProto export(KerasModel model, Map<String, TensorRef> ends) {
        List<Problem> refusals = refusals(model);
        if (!refusals.isEmpty()) {
            throw new UnsupportedModelException(model.origin().source(), refusals);
        }
        MaskedTensors masked = new MaskedTensors(model);
        OnnxGraph graph = new OnnxGraph(model.name(), masked.rules());
        ends.keySet().forEach(graph::unique);
        Map<TensorRef, Value> values = new HashMap<>();
        for (int i = 0; i < model.inputs().size(); i++) {
            TensorRef input = model.inputs().get(i);
            String name = graph.unique(inputName(i));
            values.put(input, Value.of(name, model.shape(input)));
            graph.proto().addInput(info(name, model.shape(input)));
        }
        for (LayerCall call : model.calls()) {
            KerasLayer layer = model.layer(call.layer());
            if (!(layer.config() instanceof InputLayer)) {
                List<Value> outputs = Emitters.emit(graph, layer, inputs(values, masked, call));
                for (int i = 0; i < outputs.size(); i++) {
                    Value output = outputs.get(i);
                    values.put(call.output(i), masked.hasMask(call.output(i)) ? output : output.withoutMask());
                }
            }
        }
        ends.forEach((name, ref) -> {
            Value value = graph.kerasLayout(value(values, ref));
            graph.proto()
                    .addNode(NodeProto.newBuilder()
                            .setName(name)
                            .setOpType("Identity")
                            .addInput(value.name())
                            .addOutput(name));
            graph.proto().addOutput(info(name, model.shape(ref)));
        });
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("Atelier")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
                .setGraph(graph.proto())
                .build();
    }

    /** The names of a model's outputs. */
    static Map<String, TensorRef> outputs(KerasModel model) {
        Map<String, TensorRef> outputs = new LinkedHashMap<>();
        for (int i = 0; i < model.outputs().size(); i++) {
            outputs.put("output_" + i, model.outputs().get(i));
        }
        return outputs;
    }

    static String inputName(int index) {
        return "input_" + index;
    }

    /** What a call takes, with the masks that are left when it is made. */
    private static List<Value> inputs(Map<TensorRef, Value> values, MaskedTensors masked, LayerCall call) {
        List<Optional<Mask>> masks = masked.masks(call);
        return IntStream.range(0, masks.size())
                .mapToObj(i -> {
                    Value value = value(values, call.inputs().get(i));
                    return masks.get(i).isPresent() ? value : value.withoutMask();
                })
                .toList();
    }

    private static Value value(Map<TensorRef, Value> values, TensorRef ref) {
        return Objects.requireNonNull(values.get(ref), () -> "tensor " + ref);
    }

    private static ValueInfoProto info(String name, Shape shape) {
        TensorShapeProto.Builder axes = TensorShapeProto.newBuilder();
        for (int axis = 0; axis < shape.rank(); axis++) {
            TensorShapeProto.Dimension.Builder dimension = TensorShapeProto.Dimension.newBuilder();
            if (shape.size(axis) == Shape.UNKNOWN) {
                dimension.setDimParam(axis == 0 ? "batch" : name + "_axis_" + axis);
            } else {
                dimension.setDimValue(shape.size(axis));
            }
            axes.addDim(dimension);
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(TensorProto.DataType.FLOAT.getNumber())
                                .setShape(axes)))
                .build();
    }
}
