package io.atelier.bench;

import java.util.concurrent.Callable;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** Steps of training of a Deeplearning4j network, whoever made it: Deeplearning4j's own way of fine-tuning. */
final class Dl4jTraining {
    private Dl4jTraining() {}

    static Callable<?> step(MultiLayerNetwork network, Batch batch) {
        MultiLayerNetwork trained = new TransferLearning.Builder(network)
                // Without dropout: modelimport gives each convolution one that keeps everything, whose gradient fails.
                .fineTuneConfiguration(new FineTuneConfiguration.Builder()
                        .updater(new Adam(1e-3))
                        .dropOut(0.0)
                        .build())
                .addLayer(new LossLayer.Builder(LossFunctions.LossFunction.MCXENT)
                        .activation(Activation.IDENTITY)
                        .build())
                .build();
        INDArray inputs = Nd4j.create(batch.values(), batch.longShape(), 'c');
        INDArray labels = Nd4j.create(batch.oneHot(), new long[] {batch.size(), batch.classes()}, 'c');
        return () -> {
            trained.fit(inputs, labels);
            return trained.score();
        };
    }
}
