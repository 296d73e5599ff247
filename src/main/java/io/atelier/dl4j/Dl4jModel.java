package io.atelier.dl4j;

import io.atelier.keras.KerasLayer;
import io.atelier.keras.KerasModel;
import io.atelier.keras.Tensor;
import io.atelier.keras.TensorRef;
import io.atelier.keras.layer.InputLayer;
import io.atelier.keras.layer.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A Keras model as a Deeplearning4j network, made by {@link Dl4jImporter}: a MultiLayerNetwork for a Sequential model, a
 * ComputationGraph for a Functional one, and for one in which a layer takes a mask.
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

    /**
     * The network of a Functional model; of a Sequential one, a copy of its network as a graph.
     *
     * <p>Deeplearning4j's layers cannot share weights: training it would give each of the {@link #copiedLayers()} as many
     * different weights as it is called times.
     */
    public ComputationGraph computationGraph() {
        return network.unwrap() instanceof ComputationGraph graph
                ? graph
                : multiLayerNetwork().toComputationGraph();
    }

    /** The names of the Keras layers that are called several times: the network has a copy of each for every call. */
    public List<String> copiedLayers() {
        return model.layers().stream()
                .filter(layer -> !layer.weights().isEmpty())
                .map(KerasLayer::name)
                .filter(name -> model.calls(name).size() > 1)
                .toList();
    }

    /**
     * The Keras model with the weights that the network has now, after it was trained: a new model, and this one goes on
     * as before. What the optimizer remembers is left out, since it belongs to other weights.
     *
     * @throws IllegalStateException if the copies of a layer that Keras calls several times were trained apart
     */
    public KerasModel trained() {
        return trained(network::layer);
    }

    /**
     * The Keras model with the weights of a network that was made of this one's, by Deeplearning4j's TransferLearning for
     * instance: its layers must have the names and parameters that they have here.
     *
     * @throws IllegalArgumentException if the network lacks a layer, or a layer has other parameters
     * @throws IllegalStateException if the copies of a layer that Keras calls several times were trained apart
     */
    public KerasModel trained(MultiLayerNetwork descendant) {
        return trained(descendant::getLayer);
    }

    /** As {@link #trained(MultiLayerNetwork)}, of a graph. */
    public KerasModel trained(ComputationGraph descendant) {
        return trained(descendant::getLayer);
    }

    private KerasModel trained(Function<String, @Nullable Layer> layers) {
        return new TrainedWeights(model, plan, layers).model();
    }

    /** The model's outputs for native inputs; the caller closes them. */
    List<INDArray> outputs(List<INDArray> inputs) {
        return network.outputs(inputs);
    }

    /** Every layer's output for native inputs, without the InputLayers'; the caller closes them. */
    Map<TensorRef, INDArray> activations(List<INDArray> inputs) {
        Map<String, INDArray> byName = network.activations(inputs);
        Map<TensorRef, INDArray> byRef = new LinkedHashMap<>();
        for (TensorRef tensor : model.tensors()) {
            INDArray activation = byName.get(plan.source(tensor));
            if (activation != null && !(model.layer(tensor.layer()).config() instanceof InputLayer)) {
                byRef.put(tensor, plan.value(tensor, activation));
            }
        }
        return byRef;
    }

    /** All parameters in one long array, or an empty one; writing to it changes the network. */
    INDArray parameters() {
        return network.unwrap().params();
    }

    /** The network behind the same face, whatever its kind. */
    Network network() {
        return network;
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
        Map<String, Long> parameters = plan.layers().stream()
                .filter(planned -> !planned.isVertex() && planned.call().node() == 0)
                .collect(Collectors.groupingBy(
                        planned -> planned.kerasLayer().name(),
                        Collectors.summingLong(
                                planned -> network.layer(planned.name()).numParams() - constants(planned))));
        Map<String, List<TensorRef>> tensors =
                model.tensors().stream().collect(Collectors.groupingBy(TensorRef::layer));
        return new ImportCheck(model.layers().stream()
                .map(layer -> row(
                        layer,
                        probe,
                        tensors.getOrDefault(layer.name(), List.of()),
                        shapes,
                        parameters.getOrDefault(layer.name(), 0L)))
                .toList());
    }

    /** Of a layer that gives several tensors, the first that is not as Keras says, or the first. */
    private ImportCheck.Row row(
            KerasLayer layer,
            KerasModel probe,
            List<TensorRef> tensors,
            Map<TensorRef, Shape> shapes,
            long parameters) {
        TensorRef tensor = tensors.stream()
                .filter(each -> !probe.shape(each).accepts(shapes.getOrDefault(each, Shape.of())))
                .findFirst()
                .orElse(tensors.get(0));
        return new ImportCheck.Row(
                layer.name(),
                layer.className(),
                model.shape(tensor),
                probe.shape(tensor),
                shapes.getOrDefault(tensor, Shape.of()),
                WeightTransfer.used(layer).values().stream()
                        .mapToLong(Tensor::valueCount)
                        .sum(),
                parameters);
    }

    private static long constants(NetworkPlan.PlannedLayer planned) {
        return planned.imported() instanceof ImportedBatchNormalization normalization
                ? normalization.constantCount()
                : 0;
    }
}
