package io.atelier.dl4j;

import io.atelier.keras.KerasLayer;
import io.atelier.keras.KerasModel;
import io.atelier.keras.TensorRef;
import io.atelier.keras.layer.InputLayer;
import io.atelier.keras.layer.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A Keras model as a Deeplearning4j network, made by {@link Dl4jImporter}: a MultiLayerNetwork for a Sequential model, a
 * ComputationGraph for a Functional one.
 *
 * <p>The network takes and gives arrays in Keras's layout: a channels_last image is {@code (batch, height, width,
 * channels)}. It has no loss and no optimizer of its own. Not thread-safe, as its network is not; {@link Dl4jEngine} is.
 */
public final class Dl4jModel implements AutoCloseable {
    private final KerasModel model;
    private final NetworkPlan plan;
    private final Network network;
    private final ImportCheck check;

    Dl4jModel(KerasModel model, NetworkPlan plan, Network network) {
        this.model = model;
        this.plan = plan;
        this.network = network;
        this.check = newCheck();
    }

    /** What was imported. */
    public KerasModel model() {
        return model;
    }

    /** The comparison that was made with Keras's shapes and parameter counts; every row is ok. */
    public ImportCheck check() {
        return check;
    }

    /**
     * The network of a Sequential model.
     *
     * @throws IllegalStateException if the model is Functional
     */
    public MultiLayerNetwork multiLayerNetwork() {
        if (network.unwrap() instanceof MultiLayerNetwork sequential) {
            return sequential;
        }
        throw new IllegalStateException(model + " is a ComputationGraph");
    }

    /** The network of a Functional model; of a Sequential one, a copy of its network as a graph. */
    public ComputationGraph computationGraph() {
        return network.unwrap() instanceof ComputationGraph graph
                ? graph
                : multiLayerNetwork().toComputationGraph();
    }

    /** The model's outputs for native inputs; the caller closes them. */
    List<INDArray> outputs(List<INDArray> inputs) {
        return network.outputs(inputs);
    }

    /** Every layer's output for native inputs, without the InputLayers'; the caller closes them. */
    Map<TensorRef, INDArray> activations(List<INDArray> inputs) {
        Map<String, INDArray> byName = network.activations(inputs);
        Map<TensorRef, INDArray> byRef = new LinkedHashMap<>();
        for (KerasLayer layer : model.layers()) {
            INDArray activation = byName.get(plan.output(layer.name()));
            if (activation != null && !(layer.config() instanceof InputLayer)) {
                byRef.put(TensorRef.of(layer.name()), activation);
            }
        }
        return byRef;
    }

    /** Frees the network's parameters. */
    @Override
    public void close() {
        network.close();
    }

    private ImportCheck newCheck() {
        KerasModel probe = ProbeShapes.of(model);
        List<INDArray> inputs = new ArrayList<>();
        Map<TensorRef, Shape> shapes = new HashMap<>();
        for (int i = 0; i < probe.inputs().size(); i++) {
            Shape shape = probe.inputShapes().get(i);
            shapes.put(probe.inputs().get(i), shape);
            inputs.add(Nd4j.zeros(shape.toArray()));
        }
        Map<TensorRef, INDArray> outputs = activations(inputs);
        outputs.forEach((ref, array) -> shapes.put(ref, Tensors.shape(array)));
        Tensors.free(outputs.values());
        Tensors.free(inputs);
        return new ImportCheck(model.layers().stream()
                .map(layer -> row(layer, probe, shapes.getOrDefault(TensorRef.of(layer.name()), Shape.of())))
                .toList());
    }

    private ImportCheck.Row row(KerasLayer layer, KerasModel probe, Shape dl4jShape) {
        TensorRef ref = TensorRef.of(layer.name());
        long parameters = plan.layers().stream()
                .filter(planned -> planned.kerasLayer().name().equals(layer.name()))
                .mapToLong(planned -> network.layer(planned.name()).numParams() - constants(planned))
                .sum();
        return new ImportCheck.Row(
                layer.name(),
                layer.className(),
                model.shape(ref),
                probe.shape(ref),
                dl4jShape,
                layer.parameterCount(),
                parameters);
    }

    private static long constants(NetworkPlan.PlannedLayer planned) {
        return planned.imported() instanceof ImportedBatchNormalization normalization
                ? normalization.constantCount()
                : 0;
    }
}
