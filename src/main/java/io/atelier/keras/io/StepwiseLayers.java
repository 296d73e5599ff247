package io.atelier.keras.io;

import io.atelier.keras.layer.Bidirectional;
import io.atelier.keras.layer.Concatenate;
import io.atelier.keras.layer.ConvLstm;
import io.atelier.keras.layer.ElementwiseMerge;
import io.atelier.keras.layer.InputLayer;
import io.atelier.keras.layer.LayerConfig;
import io.atelier.keras.layer.LayerOperation;
import io.atelier.keras.layer.MaskUse;
import io.atelier.keras.layer.Recurrent;
import io.atelier.keras.layer.TimeDistributed;
import io.atelier.keras.layer.UnaryLayer;

/** The layers of a model within a TimeDistributed: each is applied to all steps before the next is. */
final class StepwiseLayers {
    private StepwiseLayers() {}

    /**
     * A layer that is applied to each step of a sequence, or of a sequence of sequences, and so on.
     *
     * @param times how often; 0 for the layer as it is
     * @throws UnsupportedOptionException if that is not known to be the same as applying the whole model to each step
     */
    static LayerConfig ofEachStep(LayerConfig config, int times) {
        LayerConfig each = config;
        for (int i = 0; i < times; i++) {
            each = ofEachStep(each);
        }
        return each;
    }

    private static LayerConfig ofEachStep(LayerConfig config) {
        if (config instanceof InputLayer) {
            return config;
        }
        if (config instanceof ElementwiseMerge merge) {
            return new LayerOperation(merge, true);
        }
        if (config instanceof Concatenate concatenate) {
            int axis = concatenate.axis();
            return new LayerOperation(new Concatenate(axis > 0 ? axis + 1 : axis), true);
        }
        boolean isUnary = config instanceof UnaryLayer
                || config instanceof Recurrent
                || config instanceof Bidirectional
                || config instanceof ConvLstm;
        if (!isUnary || config.maskUse() == MaskUse.MAKES) {
            throw new UnsupportedOptionException(
                    "a layer of this kind in a model within a TimeDistributed is not supported;"
                            + " take it out of that model");
        }
        return new TimeDistributed(config);
    }

    /** The layer that {@link #ofEachStep} was made of. */
    static LayerConfig ofOneStep(LayerConfig config, int times) {
        LayerConfig one = config;
        for (int i = 0; i < times && one instanceof TimeDistributed each; i++) {
            one = each.layer();
        }
        return one;
    }
}
