package io.atelier.dl4j;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.preprocessor.ComposableInputPreProcessor;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A Sequential model as a MultiLayerNetwork. */
final class SequentialNetwork implements Network {
    private final List<String> names;
    private final MultiLayerNetwork network;

    /**
     * @param more layers behind those of the plan
     */
    SequentialNetwork(NetworkPlan plan, List<org.deeplearning4j.nn.conf.layers.Layer> more) {
        this.names = plan.layers().stream().map(NetworkPlan.PlannedLayer::name).toList();
        NeuralNetConfiguration.ListBuilder builder =
                new NeuralNetConfiguration.Builder().dataType(DataType.FLOAT).list();
        plan.layers().forEach(layer -> builder.layer(layer.configuration()));
        more.forEach(builder::layer);
        // Changes nothing; without one Deeplearning4j guesses input types, and takes what a Dense gives for a vector to
        // the end.
        builder.inputPreProcessor(0, new ComposableInputPreProcessor());
        this.network = new MultiLayerNetwork(builder.build());
        network.init();
    }

    @Override
    public List<INDArray> outputs(List<INDArray> inputs) {
        return List.of(network.output(inputs.get(0), false));
    }

    @Override
    public Map<String, INDArray> activations(List<INDArray> inputs) {
        List<INDArray> activations = network.feedForward(inputs.get(0), false);
        Map<String, INDArray> byName = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            byName.put(names.get(i), activations.get(i + 1));
        }
        network.clear();
        return byName;
    }

    @Override
    public Layer layer(String name) {
        return network.getLayer(names.indexOf(name));
    }

    @Override
    public MultiLayerNetwork unwrap() {
        return network;
    }

    @Override
    public void close() {
        Tensors.freeParameters(network);
    }
}
