package io.atelier.dl4j.sequence;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.nd4j.shade.jackson.annotation.JsonAutoDetect;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;

/**
 * A function of tensors and of weights that gives one or more tensors, written on a {@link Tape}: what a {@link TapeLayer}
 * computes.
 *
 * <p>Implementations are immutable, and hold in their fields, which go into a saved network, all that they need.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS, property = "@class")
@JsonAutoDetect(
        fieldVisibility = JsonAutoDetect.Visibility.ANY,
        getterVisibility = JsonAutoDetect.Visibility.NONE,
        isGetterVisibility = JsonAutoDetect.Visibility.NONE)
public interface TapeFunction extends Serializable {
    /**
     * Computes the function.
     *
     * @param inputs in Keras's layout
     * @param weights by Keras's names, in Keras's shapes; a single value has the shape {@code (1)}
     */
    List<Traced> run(Tape tape, List<Traced> inputs, Map<String, Traced> weights);

    /**
     * The function with the dropout that Keras calls {@code dropout}, which works in training only.
     *
     * @param rate the share of values that are dropped, from 0 to 1
     */
    TapeFunction dropping(double rate);
}
