package io.atelier.dl4j;

import io.atelier.dl4j.layer.ParameterNames;
import io.atelier.keras.KerasLayer;
import io.atelier.keras.Tensor;
import io.atelier.keras.layer.SpectralNormalization;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.modelimport.keras.exceptions.InvalidKerasConfigurationException;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Puts a Keras layer's weights into a Deeplearning4j layer, in the layout modelimport gives them, and takes them back. */
final class WeightTransfer {
    /** Keras's names for the parameters that Deeplearning4j calls otherwise. */
    private static final Map<String, String> KERAS_NAMES = Map.of(
            DefaultParamInitializer.WEIGHT_KEY, "kernel",
            DefaultParamInitializer.BIAS_KEY, "bias",
            BatchNormalizationParamInitializer.GLOBAL_MEAN, "moving_mean",
            BatchNormalizationParamInitializer.GLOBAL_VAR, "moving_variance");

    private WeightTransfer() {}

    /**
     * Sets every parameter of a layer.
     *
     * @throws IllegalStateException if a parameter would stay unset, or a weight has no parameter of its shape
     */
    static void copy(KerasLayer from, org.deeplearning4j.nn.modelimport.keras.KerasLayer imported, Layer to) {
        Map<String, INDArray> weights = new HashMap<>();
        used(from).forEach((name, tensor) -> weights.put(name, Tensors.toNative(tensor)));
        try {
            imported.setWeights(weights);
        } catch (InvalidKerasConfigurationException e) {
            throw new IllegalStateException("layer " + from + ": modelimport refused the weights", e);
        }
        Map<String, INDArray> converted = imported.getWeights() == null ? Map.of() : imported.getWeights();
        Map<String, INDArray> parameters = to.paramTable() == null ? Map.of() : to.paramTable();
        Set<String> found = new TreeSet<>(converted.keySet());
        Set<String> expected = new TreeSet<>(parameters.keySet());
        if (!expected.equals(found)) {
            throw new IllegalStateException(
                    "layer " + from + ": expected weights for the parameters " + expected + "; received " + found);
        }
        for (Map.Entry<String, INDArray> entry : converted.entrySet()) {
            INDArray parameter = parameters.get(entry.getKey());
            if (parameter == null || !Arrays.equals(significant(parameter), significant(entry.getValue()))) {
                throw new IllegalStateException("layer " + from + ": parameter " + entry.getKey() + " has shape "
                        + (parameter == null ? "none" : Arrays.toString(parameter.shape())) + "; received "
                        + Arrays.toString(entry.getValue().shape()));
            }
            // Written into the network's own memory: parameters are views of one long array.
            parameter.assign(entry.getValue().dup('c').reshape('c', parameter.shape()));
        }
    }

    /**
     * What a Deeplearning4j layer's parameters hold, or gradients of them, as weights of a Keras layer: the way back from
     * {@link #copy}. Parameters that only hold a constant for Deeplearning4j are left out.
     */
    static Map<String, Tensor> weights(KerasLayer layer, Map<String, INDArray> parameters) {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        parameters.forEach((parameter, values) -> {
            String name = kerasName(layer, parameter);
            Tensor weight = layer.weights().get(name);
            if (weight != null) {
                weights.put(
                        name,
                        Tensors.toTensor(isFiltersFirst(parameter, values.rank()) ? values.permute(2, 3, 1, 0) : values)
                                .reshape(weight.shape()));
            }
        });
        return weights;
    }

    /** Values in the layout of a Keras weight, as a parameter of this shape has them: the inverse of {@link #weights}. */
    static INDArray parameter(String parameter, long[] shape, Tensor weight) {
        INDArray values = Tensors.toNative(weight);
        return isFiltersFirst(parameter, shape.length)
                ? values.reshape(shape[2], shape[3], shape[1], shape[0]).permute(3, 2, 0, 1)
                : values.reshape(shape);
    }

    /** Keras's name for a parameter; the parameter's own if Keras has no such weight. */
    static String kerasName(KerasLayer layer, String parameter) {
        return layer.weights().keySet().stream()
                .filter(weight -> ParameterNames.of(weight).equals(parameter))
                .findFirst()
                .orElse(KERAS_NAMES.getOrDefault(parameter, parameter));
    }

    private static boolean isFiltersFirst(String parameter, int rank) {
        return parameter.equals(DefaultParamInitializer.WEIGHT_KEY) && rank == 4;
    }

    /** A layer's weights, without one that a network has no place for, as only Keras's training needs it. */
    static Map<String, Tensor> used(KerasLayer layer) {
        Map<String, Tensor> used = new HashMap<>(layer.weights());
        if (layer.config() instanceof SpectralNormalization) {
            used.remove(SpectralNormalization.VECTOR_U);
        }
        return used;
    }

    /** The sizes of an array's shape that are not 1: Deeplearning4j writes a bias as a row. */
    private static long[] significant(INDArray array) {
        return Arrays.stream(array.shape()).filter(size -> size != 1).toArray();
    }
}
