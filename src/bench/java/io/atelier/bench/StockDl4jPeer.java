package io.atelier.bench;

import java.util.concurrent.Callable;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.modelimport.keras.KerasModelImport;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Deeplearning4j as it comes: its own import of a file of Keras 2. */
final class StockDl4jPeer implements Peer {
    private final ModelFolder folder;
    private final boolean isSequential;
    private final Object network;

    StockDl4jPeer(ModelFolder folder) throws Exception {
        this.folder = folder;
        this.isSequential = folder.isSequential();
        String file = folder.keras2().toString();
        this.network = isSequential
                ? KerasModelImport.importKerasSequentialModelAndWeights(file, false)
                : KerasModelImport.importKerasModelAndWeights(file, false);
    }

    @Override
    public Callable<?> prediction(Batch batch) {
        INDArray input = Nd4j.create(batch.values(), batch.longShape(), 'c');
        if (isSequential) {
            MultiLayerNetwork sequential = (MultiLayerNetwork) network;
            return () -> sequential.output(input).toFloatMatrix();
        }
        ComputationGraph graph = (ComputationGraph) network;
        return () -> graph.outputSingle(input).toFloatMatrix();
    }

    @Override
    public float[] probabilities(Object result) {
        float[][] rows = (float[][]) result;
        float[] all = new float[rows.length * rows[0].length];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, all, i * rows[0].length, rows[0].length);
        }
        return all;
    }

    @Override
    public Callable<?> trainingStep(Batch batch) {
        if (!isSequential) {
            throw new UnsupportedOperationException(folder.keras2() + " is no Sequential model");
        }
        return Dl4jTraining.step((MultiLayerNetwork) network, batch);
    }
}
