package io.atelier.dl4j.sequence;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.nd4j.shade.jackson.annotation.JsonAutoDetect;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;

/**
 * One step of a recurrent cell.
 *
 * <p>Implementations are immutable; their fields go into a saved network.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS, property = "@class")
@JsonAutoDetect(
        fieldVisibility = JsonAutoDetect.Visibility.ANY,
        getterVisibility = JsonAutoDetect.Visibility.NONE,
        isGetterVisibility = JsonAutoDetect.Visibility.NONE)
public interface CellStep extends Serializable {
    /** The size of each part of the state. */
    int units();

    /** How many parts the state has, of which the first is the output. */
    int stateCount();

    /**
     * The state after a step.
     *
     * @param x what the cell takes of the step's input: its product with the kernel, with a bias, {@code (batch, gates *
     *     units)}
     * @param before the state before, each part {@code (batch, units)}
     */
    List<Traced> after(Traced x, List<Traced> before, Map<String, Traced> weights);
}
