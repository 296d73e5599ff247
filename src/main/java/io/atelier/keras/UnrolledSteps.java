package io.atelier.keras;

import io.atelier.keras.layer.Bidirectional;
import io.atelier.keras.layer.LayerConfig;
import io.atelier.keras.layer.Recurrent;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Layers that Keras unrolls: going backwards and giving zeros for masked steps, they give them for the wrong ones.
 *
 * <p>Source: the branch {@code unroll} of {@code rnn} in keras/src/backend/tensorflow/rnn.py.
 */
final class UnrolledSteps {
    private UnrolledSteps() {}

    /** Whether a layer with these options gives zeros for other steps than those that are masked. */
    static boolean areMistaken(LayerConfig layer, Map<String, Object> options) {
        if (layer instanceof Bidirectional both) {
            return both.forward().returnSequences()
                    && Stream.of("layer", "backward_layer").map(options::get).anyMatch(UnrolledSteps::isUnrolled);
        }
        return layer instanceof Recurrent recurrent
                && recurrent.goBackwards()
                && recurrent.zeroOutputForMask()
                && Boolean.TRUE.equals(options.get("unroll"));
    }

    private static boolean isUnrolled(@Nullable Object layer) {
        return layer instanceof Map<?, ?> map
                && map.get("config") instanceof Map<?, ?> config
                && Boolean.TRUE.equals(config.get("unroll"));
    }
}
