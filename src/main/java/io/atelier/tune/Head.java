package io.atelier.tune;

import io.atelier.keras.KerasLayer;
import io.atelier.keras.KerasModel;
import io.atelier.keras.LayerCall;
import io.atelier.keras.Tensor;
import io.atelier.keras.UnsupportedModelException;
import io.atelier.keras.layer.Activation;
import io.atelier.keras.layer.Dense;
import io.atelier.keras.layer.Shape;
import io.atelier.keras.layer.Softmax;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** The Dense layer at the end of a classifier's model, which has a unit for each label. */
final class Head {
    private Head() {}

    /**
     * A model with a fresh head: a kernel drawn as Keras's Glorot uniform does, and a bias of zeros.
     *
     * @param units as many as there are labels
     * @throws UnsupportedModelException if the model does not end in a Dense, with or without a softmax as a layer after it
     */
    static KerasModel replaced(KerasModel model, int units, long seed) {
        KerasLayer layer = of(model);
        Dense old = (Dense) layer.config();
        if (old.units() == 1) {
            throw refused(model, layer, "one unit, which tells two labels apart; save the model with a unit a label");
        }
        int inputs = layer.weight("kernel").shape().size(0);
        double limit = Math.sqrt(6.0 / (inputs + units));
        SplittableRandom random = new SplittableRandom(seed);
        float[] kernel = new float[Math.multiplyExact(inputs, units)];
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] = (float) ((2 * random.nextDouble() - 1) * limit);
        }
        Map<String, Tensor> weights = new LinkedHashMap<>();
        weights.put("kernel", Tensor.wrap(Shape.of(inputs, units), kernel));
        if (old.useBias()) {
            weights.put("bias", Tensor.wrap(Shape.of(units), new float[units]));
        }
        Dense fresh = new Dense(units, old.activation(), old.useBias());
        return model.withLayers(Map.of(
                layer.name(),
                new KerasLayer(layer.name(), fresh, weights, true, layer.dtypePolicy(), layer.trainingOptions())));
    }

    private static KerasLayer of(KerasModel model) {
        if (model.outputs().size() != 1) {
            throw new UnsupportedModelException(
                    model.origin().source(),
                    "the head cannot be replaced, as the model has "
                            + model.outputs().size() + " outputs");
        }
        LayerCall call = call(model, model.outputs().get(0).layer());
        KerasLayer layer = model.layer(call.layer());
        if (layer.config() instanceof Activation || layer.config() instanceof Softmax) {
            call = call(model, call.inputs().get(0).layer());
            layer = model.layer(call.layer());
        }
        if (!(layer.config() instanceof Dense)) {
            throw refused(
                    model, layer, "the last layer but a softmax, and no Dense; expected a Dense with a unit a label");
        }
        return layer;
    }

    private static LayerCall call(KerasModel model, String layer) {
        return model.calls(layer).get(0);
    }

    private static UnsupportedModelException refused(KerasModel model, KerasLayer layer, String what) {
        return new UnsupportedModelException(
                model.origin().source(), "the head cannot be replaced: layer " + layer + " is " + what);
    }
}
