package io.atelier.onnx;

import io.atelier.keras.KerasModel;
import io.atelier.keras.LayerCall;
import io.atelier.keras.Mask;
import io.atelier.keras.MaskRules;
import io.atelier.keras.MaskedTensors;
import io.atelier.keras.layer.Attention;
import io.atelier.keras.layer.Bidirectional;
import io.atelier.keras.layer.Concatenate;
import io.atelier.keras.layer.ConvLstm;
import io.atelier.keras.layer.ElementwiseMerge;
import io.atelier.keras.layer.GlobalPooling;
import io.atelier.keras.layer.GroupedQueryAttention;
import io.atelier.keras.layer.LayerConfig;
import io.atelier.keras.layer.LayerOperation;
import io.atelier.keras.layer.MaskRole;
import io.atelier.keras.layer.MaskUse;
import io.atelier.keras.layer.Masked;
import io.atelier.keras.layer.MultiHeadAttention;
import io.atelier.keras.layer.Recurrent;
import io.atelier.keras.layer.Shape;
import io.atelier.keras.layer.Softmax;
import io.atelier.keras.layer.TimeDistributed;
import java.util.List;
import java.util.Optional;

/** The masks that would change what a layer computes in a way that is not known, or that Keras itself fails at. */
final class MaskRefusals {
    private MaskRefusals() {}

    /** Why a call cannot be exported for the masks that reach it; empty if it can. */
    static Optional<String> refusal(KerasModel model, MaskedTensors masked, LayerCall call) {
        LayerConfig config = model.layer(call.layer()).config();
        LayerConfig layer = Masked.unwrapped(config);
        List<Shape> shapes = call.inputs().stream().map(model::shape).toList();
        if (config instanceof Masked given) {
            Optional<Shape> pairs = given.mask(MaskRole.PAIRS, shapes);
            if (pairs.filter(shape -> shape.rank() != 3).isPresent()) {
                return Optional.of("an attention_mask is supported in the shape (batch, queries, keys); received shape "
                        + pairs.get());
            }
        }
        List<Optional<Mask>> masks = masked.handed(call);
        if (masked.isOfOtherSteps(call)) {
            return Optional.of(
                    "a mask reaches the layer, which Keras applies to the wrong steps of an unrolled layer that"
                            + " goes backwards and gives zeros; build the layer with unroll=False");
        }
        boolean isUncertain = masks.stream().flatMap(Optional::stream).anyMatch(mask -> !mask.isCertain());
        if (isUncertain && readsMasks(layer, masked.rules())) {
            return Optional.of("whether a mask reaches the layer depends on which layer Keras calls first, as a"
                    + " MultiHeadAttention takes the mask away; give it to the layer: layer(x, mask=…)");
        }
        for (int i = 0; i < masks.size(); i++) {
            Optional<Shape> mask = masks.get(i).map(Mask::shape);
            if (mask.isPresent() && !fits(layer, mask.get(), shapes.get(i), masked.rules())) {
                return Optional.of("a mask of shape " + mask.get() + " reaches the layer with an input of shape "
                        + shapes.get(i) + ", which is not supported; build the model without it");
            }
        }
        return Optional.empty();
    }

    /** Whether the values of a layer's output depend on masks. */
    private static boolean readsMasks(LayerConfig layer, MaskRules rules) {
        if (layer instanceof TimeDistributed each) {
            return readsMasks(each.layer(), rules);
        }
        if (layer instanceof ElementwiseMerge merge) {
            return rules == MaskRules.KERAS_3
                    && switch (merge.kind()) {
                        case MULTIPLY, MAXIMUM, MINIMUM -> true;
                        default -> false;
                    };
        }
        return layer.maskUse() == MaskUse.TAKES || (layer.maskUse() == MaskUse.USES && !(layer instanceof Concatenate));
    }

    private static boolean fits(LayerConfig layer, Shape mask, Shape input, MaskRules rules) {
        if (layer instanceof TimeDistributed each) {
            return !readsMasks(each.layer(), rules)
                    || (mask.rank() > 2
                            && fits(each.layer(), TimeDistributed.step(mask), TimeDistributed.step(input), rules));
        }
        if (layer instanceof LayerOperation) {
            return false;
        }
        if (layer instanceof Softmax) {
            return repeats(mask, input);
        }
        if (layer instanceof Concatenate || (layer instanceof ElementwiseMerge && readsMasks(layer, rules))) {
            return mask.rank() == input.rank() - 1;
        }
        boolean takesSteps = layer instanceof Recurrent
                || layer instanceof Bidirectional
                || layer instanceof ConvLstm
                || layer instanceof GlobalPooling
                || layer instanceof Attention
                || layer instanceof MultiHeadAttention
                || layer instanceof GroupedQueryAttention;
        return !takesSteps || mask.rank() == 2;
    }

    /** Whether a mask has the shape of an input, but for axes that are missing or have size 1. */
    private static boolean repeats(Shape mask, Shape input) {
        if (mask.rank() > input.rank()) {
            return false;
        }
        for (int axis = -1; axis >= -mask.rank(); axis--) {
            boolean isBatch = axis == -mask.rank() && mask.rank() == input.rank();
            if (!isBatch && mask.size(axis) != 1 && mask.size(axis) != input.size(axis)) {
                return false;
            }
        }
        // A mask of fewer axes would have its batch along another one.
        return mask.rank() == input.rank();
    }
}
