package io.atelier.dl4j;

import io.atelier.dl4j.layer.Floats;
import io.atelier.dl4j.layer.NoTraining;
import io.atelier.keras.KerasLayer;
import io.atelier.keras.KerasModel;
import io.atelier.keras.Problem;
import io.atelier.keras.Tensor;
import io.atelier.keras.UnsupportedModelException;
import io.atelier.keras.layer.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A Keras model as a network that is trained: it computes gradients, and lets its caller decide what to do with them.
 *
 * <p>In a step, BatchNormalization works with the batch and moves its statistics, and dropout drops; what Keras does not
 * train is left as it is. Safe for use by many threads, which wait for each other: one thread of its own runs the network.
 */
public final class TrainingNetwork implements AutoCloseable {
    /** What is computed from a batch's outputs. */
    @FunctionalInterface
    public interface OutputLoss {
        /**
         * Computes the loss.
         *
         * @param outputs of the model, example by example
         * @param gradient to be filled with the loss's gradient with respect to each output
         * @return the loss
         */
        double apply(float[] outputs, float[] gradient);
    }

    /** What is done with gradients. */
    @FunctionalInterface
    public interface Update {
        /**
         * Changes the weights.
         *
         * @param values of all trained weights, where {@link #weights()} says; to be changed
         * @param gradient in the same places; may be changed
         */
        void apply(float[] values, float[] gradient);
    }

    private static final String LOSS = "atelier/loss";

    private final KerasModel model;
    private final Dl4jModel imported;
    private final Network network;
    private final GivenLoss loss = new GivenLoss();
    private final FlatParameters flat;
    private final NetworkThread thread;
    private final float[] values;
    private final float[] gradient;
    /** Native inputs by the number of examples, used again and again. */
    private final Map<Integer, INDArray> inputs = new HashMap<>();

    /**
     * Imports a model for training.
     *
     * @param model of one input, whose sizes are known but for the batch, and one output of one row an example
     * @throws UnsupportedModelException if the model is another, or has something that cannot be trained; it names all
     */
    public TrainingNetwork(KerasModel model) {
        check(model);
        this.model = model;
        KerasModel prepared = FrozenLayers.forTraining(model);
        NetworkPlan plan = new NetworkPlan(prepared);
        checkTrainable(plan);
        this.imported = Dl4jImporter.importModel(
                prepared,
                plan,
                List.of(new LossLayer.Builder(loss)
                        .name(LOSS)
                        .activation(Activation.IDENTITY)
                        .build()));
        this.network = imported.network();
        this.flat = new FlatParameters(model, plan, network);
        this.values = new float[flat.count()];
        this.gradient = new float[flat.count()];
        this.thread = new NetworkThread("atelier-training-" + model.name(), imported::close);
        if (values.length > 0) {
            flat.gather(network.unwrap().params(), values);
        }
    }

    private static void check(KerasModel model) {
        List<Problem> problems = new ArrayList<>(Dl4jImporter.refusals(model));
        if (model.inputs().size() != 1
                || model.outputs().size() != 1
                || model.outputShapes().get(0).rank() != 2) {
            problems.add(Problem.ofFile("training takes a model of one input, and one output of shape (batch, outputs);"
                    + " received inputs " + model.inputShapes() + " and outputs " + model.outputShapes()));
        } else if (!model.inputShapes().get(0).with(0, 1).isKnown()) {
            problems.add(
                    Problem.ofFile("training takes a model whose input has known sizes but for the batch; received "
                            + model.inputShapes().get(0)));
        }
        model.layers().stream()
                .filter(layer -> layer.trainable()
                        && !layer.weights().isEmpty()
                        && model.calls(layer.name()).size() > 1)
                .forEach(layer -> problems.add(Problem.ofLayer(
                        layer.name(),
                        layer.className(),
                        "it is called several times, and engine dl4j cannot train a shared layer; freeze it")));
        refuse(model, problems);
    }

    private void checkTrainable(NetworkPlan plan) {
        List<Problem> problems = new ArrayList<>();
        for (NetworkPlan.PlannedLayer planned : plan.layers()) {
            if (!planned.isVertex()
                    && planned.imported().getLayer() instanceof DropoutLayer dropout
                    && dropout.getIDropout() instanceof NoTraining noTraining) {
                KerasLayer layer = planned.kerasLayer();
                problems.add(Problem.ofLayer(layer.name(), layer.className(), noTraining.message()));
            }
        }
        refuse(model, problems);
    }

    private static void refuse(KerasModel model, List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new UnsupportedModelException(model.origin().source(), problems);
        }
    }

    /** The weights that are trained, in the network's order; none if every layer is frozen. */
    public List<TrainedWeight> weights() {
        return flat.weights();
    }

    /** The number of values that the model gives for an example. */
    public int outputSize() {
        return model.outputShapes().get(0).size(1);
    }

    /**
     * Takes one step: computes the loss of a batch and its gradients, and has the weights changed.
     *
     * @param examples as the model takes them, one after the other
     * @param count the number of examples
     * @param seed of what dropout drops
     * @return the loss
     */
    public double step(float[] examples, int count, long seed, OutputLoss outputLoss, Update update) {
        return thread.call(() -> TrainingThreads.use(() -> {
            loss.use(outputLoss);
            Nd4j.getRandom().setSeed(seed);
            INDArray gradients = gradients(input(examples, count), Nd4j.create(count, outputSize()));
            INDArray parameters = network.unwrap().params();
            flat.gather(gradients, gradient);
            update.apply(values, gradient);
            flat.scatter(values, parameters);
            flat.moveStatistics(parameters, gradients);
            return loss.value();
        }));
    }

    private INDArray gradients(INDArray input, INDArray labels) {
        if (network.unwrap() instanceof MultiLayerNetwork sequential) {
            sequential.setInput(input);
            sequential.setLabels(labels);
            sequential.computeGradientAndScore();
            return sequential.gradient().gradient();
        }
        ComputationGraph graph = (ComputationGraph) network.unwrap();
        graph.setInputs(input);
        graph.setLabels(labels);
        graph.computeGradientAndScore();
        return graph.gradient().gradient();
    }

    /**
     * The model's outputs in inference, example by example.
     *
     * @param examples as the model takes them, one after the other
     * @param count the number of examples
     */
    public float[] predict(float[] examples, int count) {
        return thread.call(() -> {
            List<INDArray> outputs = network.outputs(List.of(input(examples, count)));
            try {
                return Floats.of(outputs.get(0));
            } finally {
                Tensors.free(outputs);
            }
        });
    }

    private INDArray input(float[] examples, int count) {
        Shape shape = model.inputShapes().get(0).with(0, count);
        INDArray input = inputs.computeIfAbsent(count, size -> Nd4j.create(Tensors.sizes(shape), 'c'));
        input.data().asNioFloat().put(0, examples, 0, Math.toIntExact(input.length()));
        return input;
    }

    /** The values of all trained weights as they are now, where {@link #weights()} says. */
    public float[] values() {
        return thread.call(values::clone);
    }

    /** All parameters of the network as they are now, in an order of its own, for {@link #restore}. */
    public float[] snapshot() {
        return thread.call(() -> Floats.of(network.unwrap().params()));
    }

    /**
     * Sets all parameters to those of a snapshot.
     *
     * @throws IllegalArgumentException if the snapshot is of another network
     */
    public void restore(float[] snapshot) {
        INDArray parameters = network.unwrap().params();
        if (snapshot.length != parameters.length()) {
            throw new IllegalArgumentException(
                    "the network has " + parameters.length() + " parameters; received " + snapshot.length);
        }
        thread.call(() -> {
            parameters.data().asNioFloat().put(0, snapshot);
            flat.gather(parameters, values);
            return true;
        });
    }

    /** Something that is kept for every value of the trained weights, such as a momentum, in Keras's layout. */
    public Map<TrainedWeight, Tensor> tensors(float[] perValue) {
        return thread.call(() -> {
            Map<TrainedWeight, Tensor> tensors = new LinkedHashMap<>();
            weights().forEach(weight -> tensors.put(weight, flat.tensor(weight, perValue)));
            return tensors;
        });
    }

    /** Writes values in Keras's layout to where a trained weight is: the inverse of {@link #tensors}. */
    public void put(TrainedWeight weight, Tensor tensor, float[] perValue) {
        thread.call(() -> {
            flat.put(weight, tensor, perValue);
            return true;
        });
    }

    /** The model with the weights as they are now: a new model, without what an optimizer remembers. */
    public KerasModel trained() {
        return thread.call(() -> {
            KerasModel trained = imported.trained();
            Map<String, KerasLayer> layers = new HashMap<>();
            for (KerasLayer layer : model.layers()) {
                if (layer.trainable() && !layer.weights().isEmpty()) {
                    layers.put(
                            layer.name(),
                            layer.withWeights(trained.layer(layer.name()).weights()));
                }
            }
            return model.withLayers(layers);
        });
    }

    /** Frees the network. */
    @Override
    public void close() {
        thread.close();
    }
}
