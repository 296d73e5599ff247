package io.atelier.dl4j;

import io.atelier.keras.KerasModel;
import io.atelier.keras.TensorRef;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A Functional model as a ComputationGraph. */
final class GraphNetwork implements Network {
    private final List<String> inputNames;
    /** One a model output: a model may give the same tensor twice, a graph may not. */
    private final List<String> outputNames;

    private final ComputationGraph graph;

    /**
     * @param more layers behind the model's only output
     */
    GraphNetwork(KerasModel model, NetworkPlan plan, List<org.deeplearning4j.nn.conf.layers.Layer> more) {
        this.inputNames = model.inputs().stream().map(TensorRef::layer).toList();
        List<String> outputs = plan.outputs();
        // A Keras model may compute something that no output needs.
        GraphBuilder builder = new NeuralNetConfiguration.Builder()
                .dataType(DataType.FLOAT)
                .graphBuilder()
                .allowDisconnected(true);
        builder.addInputs(inputNames);
        plan.layers().forEach(layer -> add(builder, layer));
        for (org.deeplearning4j.nn.conf.layers.Layer layer : more) {
            builder.addLayer(layer.getLayerName(), layer, outputs.get(0));
            outputs = List.of(layer.getLayerName());
        }
        this.outputNames = outputs;
        builder.setOutputs(outputNames.stream().distinct().toArray(String[]::new));
        this.graph = new ComputationGraph(builder.build());
        graph.init();
    }

    private static void add(GraphBuilder builder, NetworkPlan.PlannedLayer layer) {
        String[] inputs = layer.inputs().toArray(String[]::new);
        if (layer.isVertex()) {
            builder.addVertex(layer.name(), layer.imported().getVertex(), inputs);
        } else {
            builder.addLayer(layer.name(), layer.configuration(), inputs);
        }
    }

    @Override
    public List<INDArray> outputs(List<INDArray> inputs) {
        INDArray[] outputs = graph.output(false, inputs.toArray(INDArray[]::new));
        List<String> distinct = outputNames.stream().distinct().toList();
        return outputNames.stream().map(name -> outputs[distinct.indexOf(name)]).toList();
    }

    @Override
    public Map<String, INDArray> activations(List<INDArray> inputs) {
        Map<String, INDArray> activations =
                new HashMap<>(graph.feedForward(inputs.toArray(INDArray[]::new), false, true));
        inputNames.forEach(activations::remove);
        return activations;
    }

    @Override
    public Layer layer(String name) {
        return graph.getLayer(name);
    }

    @Override
    public ComputationGraph unwrap() {
        return graph;
    }

    @Override
    public void close() {
        Tensors.freeParameters(graph);
    }
}
