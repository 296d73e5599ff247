package io.atelier.engine;

import io.atelier.keras.KerasModel;
import io.atelier.keras.Tensor;
import io.atelier.keras.TensorRef;
import java.util.List;
import java.util.Map;

/**
 * A model that is ready to run: batches of tensors in, tensors out.
 *
 * <p>Inputs and outputs are in Keras's order and layout: the first axis is the batch, a {@code channels_last} image is
 * {@code (batch, height, width, channels)}. NaN and infinities are not refused here, and a max
 * pooling may lose a NaN. Implementations are safe for use by many threads at once; {@link #close()} frees native memory.
 */
public interface InferenceEngine extends AutoCloseable {
    /** The model this engine runs. */
    KerasModel model();

    /** The kind of engine. */
    Engine kind();

    /**
     * Computes the model's outputs for one batch.
     *
     * @param inputs one tensor a model input, in the model's order, all with the same first axis (at least 1)
     * @return one tensor a model output, in the model's order
     * @throws IllegalArgumentException if the number or a shape of the inputs does not fit the model
     * @throws IllegalStateException after {@link #close()}
     */
    List<Tensor> predict(List<Tensor> inputs);

    /**
     * Computes the output of every call of every layer for one batch, for those who want to look inside.
     *
     * @param inputs as for {@link #predict}
     * @return what each tensor of the graph holds, keyed by the call that made it; the model's inputs included
     * @throws IllegalArgumentException if the number or a shape of the inputs does not fit the model
     * @throws IllegalStateException after {@link #close()}
     */
    Map<TensorRef, Tensor> activations(List<Tensor> inputs);

    /** Frees what the engine holds; later calls throw {@link IllegalStateException}. Closing twice does nothing. */
    @Override
    void close();
}
