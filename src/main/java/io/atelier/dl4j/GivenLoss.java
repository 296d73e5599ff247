package io.atelier.dl4j;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * Hands a network's outputs to a {@link TrainingNetwork.OutputLoss}, and its gradient back to the network. It knows nothing
 * of labels: Deeplearning4j's own losses compute other gradients than Keras's for weighted or smoothed ones.
 */
final class GivenLoss implements ILossFunction {
    private static final long serialVersionUID = 1;

    private transient TrainingNetwork.@Nullable OutputLoss loss;
    private double value;

    /** Computes with this loss from now on. */
    void use(TrainingNetwork.OutputLoss newLoss) {
        loss = newLoss;
    }

    /** The loss of the latest outputs. */
    double value() {
        return value;
    }

    @Override
    public INDArray computeGradient(
            INDArray labels, INDArray outputs, IActivation activation, @Nullable INDArray mask) {
        float[] gradient = new float[Math.toIntExact(outputs.length())];
        value = Objects.requireNonNull(loss).apply(Tensors.toTensor(outputs).toArray(), gradient);
        return Nd4j.create(gradient, outputs.shape(), 'c');
    }

    @Override
    public double computeScore(
            INDArray labels, INDArray outputs, IActivation activation, @Nullable INDArray mask, boolean average) {
        return value;
    }

    @Override
    public INDArray computeScoreArray(
            INDArray labels, INDArray outputs, IActivation activation, @Nullable INDArray mask) {
        throw new UnsupportedOperationException("the loss of single examples is not asked for in training");
    }

    @Override
    public Pair<Double, INDArray> computeGradientAndScore(
            INDArray labels, INDArray outputs, IActivation activation, @Nullable INDArray mask, boolean average) {
        INDArray gradient = computeGradient(labels, outputs, activation, mask);
        return new Pair<>(value, gradient);
    }

    @Override
    public String name() {
        return "given";
    }
}
