package io.atelier.dl4j;

import io.atelier.dl4j.layer.StepFlags;
import io.atelier.keras.KerasModel;
import io.atelier.keras.LayerCall;
import io.atelier.keras.Mask;
import io.atelier.keras.MaskedTensors;
import io.atelier.keras.TensorRef;
import io.atelier.keras.layer.Bidirectional;
import io.atelier.keras.layer.LayerConfig;
import io.atelier.keras.layer.MaskRole;
import io.atelier.keras.layer.MaskUse;
import io.atelier.keras.layer.Masked;
import io.atelier.keras.layer.Masking;
import io.atelier.keras.layer.Recurrent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where masks come from that a recurrent layer, or a mean over time, takes notice of: a mask that layers have handed on as it
 * was made. Masks that are merged have no place here, and those that a call is given are among its inputs.
 */
final class MaskSources {
    private final KerasModel model;
    private final MaskedTensors masked;
    private final Map<TensorRef, LayerCall> makers = new HashMap<>();

    MaskSources(KerasModel model) {
        this.model = model;
        this.masked = new MaskedTensors(model);
        for (LayerCall call : model.calls()) {
            LayerConfig config = model.layer(call.layer()).config();
            TensorRef output = call.output(0);
            if (!masked.hasMask(output)) {
                continue;
            }
            if (config.maskUse() == MaskUse.MAKES) {
                makers.put(output, call);
            } else if (isHandedOn(config)) {
                Optional.ofNullable(makers.get(call.inputs().get(0))).ifPresent(maker -> makers.put(output, maker));
            }
        }
    }

    private static boolean isHandedOn(LayerConfig config) {
        return config.maskUse() == MaskUse.PASSES || config instanceof Recurrent || config instanceof Bidirectional;
    }

    /** The call that made the mask which a call takes notice of; empty if it takes notice of none. */
    Optional<LayerCall> maker(LayerConfig config, LayerCall call) {
        boolean isMasked = MaskedLowerings.takesMask(config)
                && masked.handed(call).stream().anyMatch(Optional::isPresent);
        return isMasked ? Optional.ofNullable(makers.get(call.inputs().get(0))) : Optional.empty();
    }

    /** Whether a mask comes with what a call takes. */
    boolean reaches(LayerCall call) {
        return masked.reaches(call);
    }

    /** Whether a call takes notice of a mask in a way that engine dl4j does not have. */
    boolean isBeyond(LayerConfig config, LayerCall call) {
        if (masked.isOfOtherSteps(call)) {
            return true;
        }
        if (config instanceof Masked given) {
            return !MaskedLowerings.takesMask(given.layer())
                    || !given.roles().equals(List.of(MaskRole.FIRST))
                    || call.inputs().size() != 2
                    || model.shape(call.inputs().get(1)).rank() != 2;
        }
        MaskUse use = config.maskUse();
        if ((use != MaskUse.USES && use != MaskUse.TAKES) || !masked.reaches(call)) {
            return false;
        }
        boolean isSequential = config instanceof Recurrent || config instanceof Bidirectional;
        List<Optional<Mask>> handed = masked.handed(call);
        if (isSequential && handed.stream().noneMatch(Optional::isPresent)) {
            return false;
        }
        boolean isKnown = handed.size() == 1
                && handed.get(0)
                        .filter(mask -> mask.isCertain() && mask.shape().rank() == 2)
                        .isPresent()
                && maker(config, call).isPresent();
        return !isKnown || !MaskedLowerings.takesMask(config);
    }

    /** The layer that makes a mask of what the call takes that makes it in Keras. */
    static Lowered layer(LayerConfig maker) {
        return Lowered.of(
                maker instanceof Masking masking
                        ? new StepFlags((float) masking.maskValue(), true)
                        : new StepFlags(0, false));
    }
}
