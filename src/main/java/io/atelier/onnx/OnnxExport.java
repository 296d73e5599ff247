package io.atelier.onnx;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.InvalidProtocolBufferException;
import io.atelier.engine.InferenceEngine;
import io.atelier.files.NewFile;
import io.atelier.keras.KerasModel;
import io.atelier.keras.ModelOrigin;
import io.atelier.keras.Problem;
import io.atelier.keras.TensorRef;
import io.atelier.keras.UnsupportedModelException;
import io.atelier.keras.layer.Shape;
import io.atelier.onnx.proto.GraphProto;
import io.atelier.onnx.proto.ModelProto;
import io.atelier.onnx.proto.NodeProto;
import io.atelier.onnx.proto.StringStringEntryProto;
import io.atelier.onnx.proto.TensorProto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A Keras model as an ONNX file for other programs. Immutable and thread-safe.
 *
 * <p>Inputs and outputs have Keras's layout, order and type float32. They are named after the layers: an input after its
 * InputLayer, an output after the layer that gives it, with {@code _2} and so on where a name is taken. The metadata holds
 * {@code source}, {@code source_format}, {@code keras_version} if the file tells it, {@code atelier_version}, and
 * {@code labels}, a JSON list, if they are known.
 */
public final class OnnxExport {
    /** Protocol buffers end at 2 GiB; some room is left for the graph. */
    private static final long MAX_WEIGHT_BYTES = (2L << 30) - (16L << 20);

    private final KerasModel model;
    private final List<String> labels;

    private OnnxExport(KerasModel model, List<String> labels) {
        this.model = model;
        this.labels = labels;
    }

    /**
     * The export of a model, without labels.
     *
     * @throws UnsupportedModelException if ONNX does not have what the model has, or it is larger than 2 GiB
     */
    public static OnnxExport of(KerasModel model) {
        List<Problem> refusals = OnnxExporter.refusals(model);
        if (model.parameterCount() * Float.BYTES > MAX_WEIGHT_BYTES) {
            refusals = List.of(Problem.ofFile("an ONNX file holds at most 2 GiB; the model has "
                    + model.parameterCount() + " parameters of 4 bytes"));
        }
        if (!refusals.isEmpty()) {
            throw new UnsupportedModelException(model.origin().source(), refusals);
        }
        return new OnnxExport(model, List.of());
    }

    /**
     * The same export with the names of what the model tells apart.
     *
     * @param names one for each value of the last axis of the model's output; two where that is a single value
     * @throws IllegalArgumentException if the model has several outputs, or not as many values
     */
    public OnnxExport withLabels(List<String> names) {
        List<Shape> outputs = model.outputShapes();
        Shape shape = outputs.get(0);
        int size = shape.rank() == 0 ? 0 : shape.size(-1);
        if (outputs.size() != 1 || (size != names.size() && !(size == 1 && names.size() == 2))) {
            throw new IllegalArgumentException("expected a label for each value of the model's output; received "
                    + names.size() + " labels for outputs of the shapes " + outputs);
        }
        return new OnnxExport(model, List.copyOf(names));
    }

    /** The names of the ONNX model's inputs with their shapes, in Keras's order. */
    public Map<String, Shape> inputs() {
        return shapes(
                model.inputs(),
                List.copyOf(names().values()).subList(0, model.inputs().size()));
    }

    /** The names of the ONNX model's outputs with their shapes, in Keras's order. */
    public Map<String, Shape> outputs() {
        List<String> names = List.copyOf(names().values());
        return shapes(model.outputs(), names.subList(model.inputs().size(), names.size()));
    }

    private Map<String, Shape> shapes(List<TensorRef> tensors, List<String> names) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        for (int i = 0; i < tensors.size(); i++) {
            shapes.put(names.get(i), model.shape(tensors.get(i)));
        }
        return shapes;
    }

    /**
     * Writes the file, unless there is one of this name.
     *
     * @throws UncheckedIOException if there is, or the file cannot be written
     */
    public void write(Path file) {
        write(file, false, engine -> {});
    }

    /**
     * Writes the file in one step: it is written under a name of its own beside its place, checked, and then put there, so
     * that nobody ever sees a part of it. If anything fails, what was there before is still there.
     *
     * @param replace whether a file that is there already is replaced; else it is an error
     * @param check is given an engine that runs what was written, and throws to keep it from being put in place; the
     *     engine's {@code activations} are those of the graph before it was optimised
     * @throws UncheckedIOException if the file cannot be written, or is there already
     */
    public void write(Path file, boolean replace, Consumer<InferenceEngine> check) {
        try {
            NewFile.write(file, replace, toProto()::writeTo, written -> check(Files.readAllBytes(written), check));
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be written: " + NewFile.reason(e), e);
        }
    }

    private void check(byte[] written, Consumer<InferenceEngine> check) {
        try (OnnxEngine engine = OnnxEngine.ofProto(model, ModelProto.parseFrom(written))) {
            check.accept(engine);
        } catch (InvalidProtocolBufferException e) {
            throw new UncheckedIOException("what was written is damaged", e);
        }
    }

    /** The model as it is written. */
    ModelProto toProto() {
        ModelProto.Builder proto = OnnxExporter.export(model, OnnxExporter.outputs(model)).toBuilder();
        proto.setGraph(GraphNames.rename(renamedInside(proto.getGraph()), names()));
        proto.setProducerVersion(version());
        metadata()
                .forEach((key, value) -> proto.addMetadataProps(
                        StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return proto.build();
    }

    /** The graph with other names for tensors inside that have one of those to be given. */
    private GraphProto renamedInside(GraphProto graph) {
        Set<String> wanted = new HashSet<>(names().values());
        Set<String> taken = new HashSet<>(names().keySet());
        graph.getInitializerList().stream().map(TensorProto::getName).forEach(taken::add);
        graph.getNodeList().stream().map(NodeProto::getOutputList).forEach(taken::addAll);
        taken.addAll(wanted);
        Map<String, String> newNames = new LinkedHashMap<>();
        for (String name : List.copyOf(taken)) {
            if (wanted.contains(name) && !names().containsKey(name)) {
                newNames.put(name, free(name + "/inside", taken));
            }
        }
        return GraphNames.rename(graph, newNames);
    }

    /** The names to be given, by the names that the graph has: inputs, then outputs. */
    private Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < model.inputs().size(); i++) {
            names.put(OnnxExporter.inputName(i), free(model.inputs().get(i).layer(), taken));
        }
        OnnxExporter.outputs(model).forEach((name, ref) -> names.put(name, free(ref.layer(), taken)));
        return names;
    }

    private static String free(String wanted, Set<String> taken) {
        String name = wanted;
        for (int i = 2; !taken.add(name); i++) {
            name = wanted + "_" + i;
        }
        return name;
    }

    private Map<String, String> metadata() {
        ModelOrigin origin = model.origin();
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("source", origin.source());
        metadata.put("source_format", origin.format().id());
        origin.kerasVersion().ifPresent(version -> metadata.put("keras_version", version));
        metadata.put("atelier_version", version());
        if (!labels.isEmpty()) {
            metadata.put("labels", json(labels));
        }
        return metadata;
    }

    private static String json(List<String> labels) {
        try {
            return new ObjectMapper().writeValueAsString(labels);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String version() {
        return Optional.ofNullable(OnnxExport.class.getPackage().getImplementationVersion())
                .orElse("built from source");
    }
}
