package io.atelier.onnx;

import io.atelier.keras.KerasLayer;
import io.atelier.keras.layer.CustomLayer;
import java.util.List;

/** A custom layer that engine onnx can run. */
public interface OnnxLayer extends CustomLayer {
    /**
     * Adds the nodes of one call of the layer.
     *
     * @param nodes takes them, in operators of opset 21
     * @param layer for its weights
     * @param inputs the names of the tensors that the call takes, in Keras's layout
     * @return the names of the tensors that the call gives, in Keras's layout, as many as the layer has output shapes
     */
    List<String> emit(OnnxNodes nodes, KerasLayer layer, List<String> inputs);
}
