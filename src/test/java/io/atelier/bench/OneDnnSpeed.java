package io.atelier.bench;

import io.atelier.dl4j.Dl4jImporter;
import io.atelier.keras.KerasModel;
import io.atelier.keras.io.KerasReader;
import io.atelier.testing.Fixtures;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * How much faster the imported flagship model is than the same network as Deeplearning4j builds it: channels first, the
 * same layers, and no oneDNN.
 *
 * <p>Run it with {@code OMP_NUM_THREADS=1}: all native work is then done by the thread whose time is taken.
 *
 * <p>{@code mvn -q test-compile exec:java -Dexec.mainClass=io.atelier.bench.OneDnnSpeed -Dexec.classpathScope=test}
 */
public final class OneDnnSpeed {
    private static final int ROUNDS = 9;
    private static final int WARM_UP = 2;
    private static final int CLASSES = 10;

    private OneDnnSpeed() {}

    public static void main(String[] arguments) {
        KerasModel model = KerasReader.read(Fixtures.FASHION_MNIST.resolve("model.keras"));
        MultiLayerNetwork ours = trainable(Dl4jImporter.importModel(model).multiLayerNetwork());
        MultiLayerNetwork stock = stock();
        if (ours.numParams() != stock.numParams()) {
            throw new IllegalStateException(ours.summary() + stock.summary());
        }
        for (int batch : new int[] {1, 8, 32, 256}) {
            INDArray images = Nd4j.rand(batch, 28, 28, 1);
            INDArray stockImages = images.reshape('c', batch, 1, 28, 28);
            compare("forward " + batch, () -> stock.output(stockImages), () -> ours.output(images));
        }
        INDArray images = Nd4j.rand(32, 28, 28, 1);
        INDArray labels = Nd4j.zeros(32, CLASSES);
        for (int i = 0; i < 32; i++) {
            labels.putScalar(i, i % CLASSES, 1);
        }
        DataSet stockData = new DataSet(images.reshape('c', 32, 1, 28, 28), labels);
        DataSet data = new DataSet(images, labels);
        compare("training 32", () -> stock.fit(stockData), () -> ours.fit(data));
    }

    private static void compare(String what, Runnable stock, Runnable ours) {
        double[] stockTimes = new double[ROUNDS];
        double[] ourTimes = new double[ROUNDS];
        // Both in every round, so that each meets the same disturbances.
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            Nd4j.getEnvironment().allowHelpers(false);
            double stockTime = milliseconds(stock);
            Nd4j.getEnvironment().allowHelpers(true);
            double ourTime = milliseconds(ours);
            if (round >= 0) {
                stockTimes[round] = stockTime;
                ourTimes[round] = ourTime;
            }
        }
        double stockTime = median(stockTimes);
        double ourTime = median(ourTimes);
        System.out.printf(
                "%-12s stock %8.2f ms  ours %8.2f ms  x %5.1f%n", what, stockTime, ourTime, stockTime / ourTime);
    }

    /** Time on the processor, not on the clock: the machine may be busy with other work. */
    private static double milliseconds(Runnable work) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        work.run();
        return (threads.getCurrentThreadCpuTime() - start) / 1e6;
    }

    private static double median(double[] times) {
        Arrays.sort(times);
        return times[times.length / 2];
    }

    private static MultiLayerNetwork trainable(MultiLayerNetwork network) {
        return new TransferLearning.Builder(network)
                .fineTuneConfiguration(new FineTuneConfiguration.Builder()
                        .updater(new Adam(1e-3))
                        .build())
                .addLayer(new LossLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.IDENTITY)
                        .build())
                .build();
    }

    private static MultiLayerNetwork stock() {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .updater(new Adam(1e-3))
                .convolutionMode(ConvolutionMode.Same)
                .activation(Activation.RELU)
                .list()
                .layer(new ConvolutionLayer.Builder(3, 3).nOut(16).build())
                .layer(pooling())
                .layer(new ConvolutionLayer.Builder(3, 3).nOut(32).build())
                .layer(pooling())
                .layer(new ConvolutionLayer.Builder(3, 3).nOut(64).build())
                .layer(pooling())
                .layer(new DenseLayer.Builder().nOut(64).build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .nOut(CLASSES)
                        .build())
                .setInputType(InputType.convolutional(28, 28, 1))
                .build());
        network.init();
        return network;
    }

    private static SubsamplingLayer pooling() {
        return new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX, new int[] {2, 2}, new int[] {2, 2})
                .build();
    }
}
