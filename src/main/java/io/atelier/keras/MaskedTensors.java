package io.atelier.keras;

import io.atelier.keras.layer.MaskUse;
import java.util.HashSet;
import java.util.Set;

/** Which tensors of a model have a mask, as Keras hands masks from layer to layer. */
public final class MaskedTensors {
    private final Set<TensorRef> masked = new HashSet<>();

    /** Follows the masks through a model. */
    public MaskedTensors(KerasModel model) {
        for (LayerCall call : model.calls()) {
            MaskUse use = model.layer(call.layer()).config().maskUse();
            boolean isMasked = switch (use) {
                case DROPS -> false;
                case MAKES -> true;
                case PASSES ->
                    !call.inputs().isEmpty() && masked.contains(call.inputs().get(0));
                case USES -> reaches(call);
            };
            if (isMasked) {
                masked.add(call.output(0));
            }
        }
    }

    /** Whether a call takes a tensor that has, or may have, a mask. */
    public boolean reaches(LayerCall call) {
        return call.inputs().stream().anyMatch(masked::contains);
    }
}
