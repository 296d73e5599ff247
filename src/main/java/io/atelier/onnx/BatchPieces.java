package io.atelier.onnx;

import io.atelier.keras.KerasLayer;
import io.atelier.keras.KerasModel;
import io.atelier.keras.Tensor;
import io.atelier.keras.TensorRef;
import io.atelier.keras.layer.Activation;
import io.atelier.keras.layer.BatchNormalization;
import io.atelier.keras.layer.Concatenate;
import io.atelier.keras.layer.Convolution;
import io.atelier.keras.layer.Cropping;
import io.atelier.keras.layer.Dense;
import io.atelier.keras.layer.DepthwiseConvolution;
import io.atelier.keras.layer.Dropout;
import io.atelier.keras.layer.ElementwiseMerge;
import io.atelier.keras.layer.Flatten;
import io.atelier.keras.layer.GlobalPooling;
import io.atelier.keras.layer.InputLayer;
import io.atelier.keras.layer.LayerConfig;
import io.atelier.keras.layer.LeakyReLU;
import io.atelier.keras.layer.Pooling;
import io.atelier.keras.layer.ReLU;
import io.atelier.keras.layer.Rescaling;
import io.atelier.keras.layer.SeparableConvolution;
import io.atelier.keras.layer.Shape;
import io.atelier.keras.layer.SpatialDropout;
import io.atelier.keras.layer.TransposedConvolution;
import io.atelier.keras.layer.UpSampling;
import io.atelier.keras.layer.ZeroPadding;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Runs a large batch in pieces whose activations stay in the processor's cache, which takes a convolutional network of
 * large pictures half the time. Immutable and thread-safe.
 *
 * @param rowsAtOnce the rows of a piece, at least 1
 */
record BatchPieces(int rowsAtOnce) {
    /** What the largest activation of a piece may take: a few of them fill a level-3 cache. */
    private static final long CACHED_BYTES = 4L << 20;

    /** Layers that compute each row of a batch by itself, whatever their options. */
    private static final Set<Class<? extends LayerConfig>> ROW_BY_ROW = Set.of(
            Activation.class,
            BatchNormalization.class,
            Convolution.class,
            Cropping.class,
            Dense.class,
            DepthwiseConvolution.class,
            Dropout.class,
            ElementwiseMerge.class,
            Flatten.class,
            GlobalPooling.class,
            InputLayer.class,
            LeakyReLU.class,
            Pooling.class,
            ReLU.class,
            Rescaling.class,
            SeparableConvolution.class,
            SpatialDropout.class,
            TransposedConvolution.class,
            UpSampling.class,
            ZeroPadding.class);

    /** A whole batch at once, however large it is. */
    static BatchPieces whole() {
        return new BatchPieces(Integer.MAX_VALUE);
    }

    /** The pieces for a model; a whole batch at once if a layer may mix rows or a size is not known. */
    static BatchPieces of(KerasModel model) {
        boolean isRowByRow = model.layers().stream().map(KerasLayer::config).allMatch(BatchPieces::isRowByRow)
                && model.tensors().stream().map(model::shape).allMatch(BatchPieces::isOpenInRowsOnly);
        if (!isRowByRow) {
            return whole();
        }
        long largest = Math.max(
                1,
                model.tensors().stream()
                        .mapToLong(ref -> rowBytes(model, ref))
                        .max()
                        .orElse(1));
        // Each piece reads all the weights again, which must not cost more than the cache saves.
        long affordable = Math.max(CACHED_BYTES, model.parameterCount() * Float.BYTES);
        return new BatchPieces((int) Math.min(Integer.MAX_VALUE, Math.max(1, affordable / largest)));
    }

    private static boolean isRowByRow(LayerConfig config) {
        if (config instanceof Concatenate concatenate) {
            return concatenate.axis() > 0 || concatenate.axis() == -1;
        }
        return ROW_BY_ROW.contains(config.getClass());
    }

    private static boolean isOpenInRowsOnly(Shape shape) {
        return shape.rank() > 0 && shape.size(0) < 0 && shape.with(0, 1).isKnown();
    }

    private static long rowBytes(KerasModel model, TensorRef ref) {
        return model.shape(ref).with(0, 1).valueCount() * Float.BYTES;
    }

    /**
     * The outputs for a batch, computed piece by piece.
     *
     * @param inputs with the same first axis
     * @param run computes the outputs for a piece
     */
    List<Tensor> run(List<Tensor> inputs, UnaryOperator<List<Tensor>> run) {
        int rows = rowsAtOnce == Integer.MAX_VALUE ? 0 : inputs.get(0).shape().size(0);
        if (rows <= rowsAtOnce) {
            return run.apply(inputs);
        }
        List<List<Tensor>> pieces = new ArrayList<>();
        for (int from = 0; from < rows; from += rowsAtOnce) {
            int start = from;
            int end = Math.min(rows, from + rowsAtOnce);
            pieces.add(run.apply(
                    inputs.stream().map(input -> input.rows(start, end)).toList()));
        }
        List<Tensor> outputs = new ArrayList<>();
        for (int i = 0; i < pieces.get(0).size(); i++) {
            int output = i;
            outputs.add(
                    joined(rows, pieces.stream().map(piece -> piece.get(output)).toList()));
        }
        return outputs;
    }

    private static Tensor joined(int rows, List<Tensor> pieces) {
        Shape shape = pieces.get(0).shape().with(0, rows);
        float[] values = new float[Math.toIntExact(shape.valueCount())];
        int filled = 0;
        for (Tensor piece : pieces) {
            piece.buffer().get(values, filled, piece.valueCount());
            filled += piece.valueCount();
        }
        return Tensor.wrap(shape, values);
    }
}
