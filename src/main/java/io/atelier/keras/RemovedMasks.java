package io.atelier.keras;

import io.atelier.keras.layer.Activation;
import io.atelier.keras.layer.ActivationFunction;
import io.atelier.keras.layer.ActivityRegularization;
import io.atelier.keras.layer.AlphaDropout;
import io.atelier.keras.layer.Dropout;
import io.atelier.keras.layer.GaussianDropout;
import io.atelier.keras.layer.GaussianNoise;
import io.atelier.keras.layer.Identity;
import io.atelier.keras.layer.LayerConfig;
import io.atelier.keras.layer.MaskUse;
import io.atelier.keras.layer.Masked;
import io.atelier.keras.layer.SpatialDropout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The masks that layers take away from tensors, for all that comes later: in Keras 3, a MultiHeadAttention does so with what
 * it is called with.
 *
 * <p>Source: {@code call} in keras/src/layers/attention/multi_head_attention.py.
 */
final class RemovedMasks {
    /** A call that takes masks away, with the calls that are certain to be made before and after it. */
    private record Removal(Set<TensorRef> tensors, Set<TensorRef> before, Set<TensorRef> after) {}

    private final Map<TensorRef, TensorRef> origins = new HashMap<>();
    private final List<Removal> removals = new ArrayList<>();

    RemovedMasks(KerasModel model, MaskRules rules) {
        boolean hasMasks = model.layers().stream()
                .map(KerasLayer::config)
                .anyMatch(config -> config.maskUse() == MaskUse.MAKES || config instanceof Masked);
        if (rules == MaskRules.KERAS_2 || !hasMasks) {
            return;
        }
        for (LayerCall call : model.calls()) {
            LayerConfig config = model.layer(call.layer()).config();
            if (handsItsInputOn(config)) {
                origins.put(call.output(0), origin(call.inputs().get(0)));
            }
            if (Masked.unwrapped(config).maskUse() == MaskUse.TAKES) {
                List<TensorRef> inputs = config instanceof Masked given ? given.tensors(call.inputs()) : call.inputs();
                Set<TensorRef> tensors = new HashSet<>();
                inputs.forEach(input -> tensors.add(origin(input)));
                removals.add(new Removal(tensors, before(model, call), after(model, call)));
            }
        }
    }

    /** Whether a layer's output is, in inference, the very tensor that it takes. */
    private static boolean handsItsInputOn(LayerConfig config) {
        return config instanceof Dropout
                || config instanceof SpatialDropout
                || config instanceof AlphaDropout
                || config instanceof GaussianDropout
                || config instanceof GaussianNoise
                || config instanceof ActivityRegularization
                || config instanceof Identity
                || (config instanceof Activation activation && activation.function() == ActivationFunction.LINEAR);
    }

    private TensorRef origin(TensorRef tensor) {
        return origins.getOrDefault(tensor, tensor);
    }

    private static Set<TensorRef> after(KerasModel model, LayerCall first) {
        Set<TensorRef> after = new HashSet<>(Set.of(call(first.output(0))));
        for (LayerCall call : model.calls()) {
            if (call.inputs().stream().anyMatch(input -> after.contains(call(input)))) {
                after.add(call(call.output(0)));
            }
        }
        after.remove(call(first.output(0)));
        return after;
    }

    /** The call itself as well. */
    private static Set<TensorRef> before(KerasModel model, LayerCall last) {
        Set<TensorRef> before = new HashSet<>(Set.of(call(last.output(0))));
        List<LayerCall> calls = model.calls();
        for (int i = calls.size() - 1; i >= 0; i--) {
            if (before.contains(call(calls.get(i).output(0)))) {
                calls.get(i).inputs().forEach(input -> before.add(call(input)));
            }
        }
        return before;
    }

    /** A call, by its first output. */
    private static TensorRef call(TensorRef output) {
        return new TensorRef(output.layer(), output.node(), 0);
    }

    /** What is left of a tensor's mask when a call takes the tensor. */
    Optional<Mask> after(LayerCall call, TensorRef input, Optional<Mask> mask) {
        Optional<Mask> left = mask;
        for (Removal removal : removals) {
            if (removal.tensors().contains(origin(input))) {
                if (removal.after().contains(call(call.output(0)))) {
                    return Optional.empty();
                }
                if (!removal.before().contains(call(call.output(0)))) {
                    left = left.map(Mask::uncertain);
                }
            }
        }
        return left;
    }
}
