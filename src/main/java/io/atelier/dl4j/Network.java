package io.atelier.dl4j;

import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The two kinds of Deeplearning4j network behind one face. */
interface Network {
    /** The outputs of the network's output layers, in order; the caller closes them. */
    List<INDArray> outputs(List<INDArray> inputs);

    /** The output of every layer by its name, inputs excluded; the caller closes them. */
    Map<String, INDArray> activations(List<INDArray> inputs);

    /** The layer of this name. */
    org.deeplearning4j.nn.api.Layer layer(String name);

    /** The network itself. */
    org.deeplearning4j.nn.api.NeuralNetwork unwrap();

    /** Frees the parameters. */
    void close();
}
