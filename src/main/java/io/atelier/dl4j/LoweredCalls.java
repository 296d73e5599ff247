package io.atelier.dl4j;

import io.atelier.dl4j.layer.NoTraining;
import io.atelier.keras.KerasLayer;
import io.atelier.keras.KerasModel;
import io.atelier.keras.LayerCall;
import io.atelier.keras.layer.ActivationFunction;
import io.atelier.keras.layer.BatchNormalization;
import io.atelier.keras.layer.Dropout;
import io.atelier.keras.layer.Shape;
import java.util.ArrayList;
import java.util.List;

/** What stands for a call of a Keras layer: the layer's lowering, and what depends on where in the model it is called. */
final class LoweredCalls {
    private LoweredCalls() {}

    /**
     * The layers for a call, each of which takes what the one before it gives.
     *
     * @param shapes of what the call takes, with that of a mask which comes with it at the end
     */
    static List<Lowered> parts(KerasModel model, LayerCall call, List<Shape> shapes, MaskSources masks) {
        KerasLayer layer = model.layer(call.layer());
        boolean isMasked = shapes.size() > call.inputs().size();
        List<Lowered> parts = new ArrayList<>(
                isMasked ? MaskedLowerings.lower(layer.config(), shapes) : Lowerings.lower(layer.config(), shapes));
        if (layer.config() instanceof Dropout && model.inputs().containsAll(call.inputs())) {
            // In inference a DropoutLayer hands its input on, which at the start of a network is in no workspace;
            // another one after it then fails. A copy is in the right place.
            parts.add(0, ActivationLowerings.layer(ActivationFunction.LINEAR));
        }
        if (layer.config() instanceof BatchNormalization && masks.reaches(call)) {
            parts.add(Lowered.of(new NoTraining(
                    "BatchNormalization of masked steps, as it would count them in its statistics: " + layer)));
        }
        if (parts.get(0).isTape()) {
            InnerDropout dropout = InnerDropout.of(layer);
            parts.set(0, parts.get(0).dropping(dropout.rate()));
            if (dropout.isTooMuch()) {
                parts.add(Lowered.of(new NoTraining("recurrent_dropout, dropout with implementation=1, or dropout of a"
                        + " layer within the layer, as " + layer + " has")));
            }
        }
        return parts;
    }
}
