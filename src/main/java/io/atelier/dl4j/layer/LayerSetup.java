package io.atelier.dl4j.layer;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What Deeplearning4j leaves to every configuration that makes a layer of a network. */
final class LayerSetup {
    private LayerSetup() {}

    /** The layer, with all that {@code instantiate} is given for it. */
    static Layer complete(
            AbstractLayer<?> layer,
            Collection<TrainingListener> listeners,
            int layerIndex,
            INDArray paramsView,
            boolean initializeParams) {
        layer.setListeners(listeners);
        layer.setIndex(layerIndex);
        layer.setParamsViewArray(paramsView);
        layer.setParamTable(layer.conf().getLayer().initializer().init(layer.conf(), paramsView, initializeParams));
        return layer;
    }
}
