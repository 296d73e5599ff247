package io.atelier.keras.io;

import io.atelier.keras.Tensor;
import io.atelier.keras.layer.Shape;
import io.atelier.keras.layer.WeightSpec;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The weights of CuDNNLSTM and CuDNNGRU of Keras 2: the matrix of each gate is stored for cuDNN, which wants it the other
 * way round, and there are two biases, of the input and of the state.
 *
 * <p>Source: preprocess_weights_for_loading in tf_keras/src/saving/legacy/hdf5_format.py.
 */
record CudnnLayout() implements StoredLayout {
    @Override
    public List<WeightSpec> stored(List<WeightSpec> specs) {
        return specs.stream()
                .map(spec -> isBias(spec)
                        ? new WeightSpec(spec.name(), Shape.of(2 * columns(spec)), spec.trainable())
                        : spec)
                .toList();
    }

    @Override
    public Map<String, Tensor> convert(List<WeightSpec> specs, Map<String, Tensor> stored) {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        for (WeightSpec spec : specs) {
            Tensor tensor = Objects.requireNonNull(stored.get(spec.name()));
            weights.put(spec.name(), isBias(spec) ? bias(spec.shape(), tensor) : kernel(specs, spec, tensor));
        }
        return weights;
    }

    private static boolean isBias(WeightSpec spec) {
        return spec.name().endsWith("bias");
    }

    private static int columns(WeightSpec spec) {
        return spec.shape().size(-1);
    }

    /** Keras 3's GRU has both biases, one above the other; its LSTM has their sum. */
    private static Tensor bias(Shape shape, Tensor stored) {
        if (shape.rank() == 2) {
            return stored.reshape(shape);
        }
        float[] sum = new float[shape.size(0)];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = stored.get(i) + stored.get(sum.length + i);
        }
        return Tensor.wrap(shape, sum);
    }

    private static Tensor kernel(List<WeightSpec> specs, WeightSpec spec, Tensor stored) {
        // Of kernel, recurrent kernel and bias of each direction, the second has the units as its rows.
        int units = specs.get(specs.indexOf(spec) / 3 * 3 + 1).shape().size(0);
        return Columns.join(Columns.split(stored, columns(spec) / units).stream()
                .map(CudnnLayout::transposed)
                .toList());
    }

    /** A matrix {@code (rows, columns)} whose values are those of a matrix {@code (columns, rows)}, transposed. */
    private static Tensor transposed(Tensor matrix) {
        int rows = matrix.shape().size(0);
        int columns = matrix.shape().size(1);
        FloatBuffer from = matrix.buffer();
        float[] to = new float[rows * columns];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                to[row * columns + column] = from.get(column * rows + row);
            }
        }
        return Tensor.wrap(matrix.shape(), to);
    }
}
