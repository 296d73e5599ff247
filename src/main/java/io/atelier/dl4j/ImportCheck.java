package io.atelier.dl4j;

import io.atelier.keras.layer.Shape;
import java.util.List;

/**
 * What a network really computes beside what Keras says, layer by layer: the output shapes of a forward pass over a
 * small batch, and the numbers of parameters.
 *
 * @param rows one for each layer of the model, InputLayers included, in the model's order
 */
public record ImportCheck(List<Row> rows) {
    public ImportCheck {
        rows = List.copyOf(rows);
    }

    /** Whether every layer is as Keras has it. */
    public boolean isOk() {
        return rows.stream().allMatch(Row::isOk);
    }

    /**
     * One layer.
     *
     * @param layer its name
     * @param className Keras's name for the kind of layer
     * @param kerasShape the output shape in the model, with axes of unknown size
     * @param expectedShape the output shape that Keras would give for the batch that was run; open where Keras
     *     does not follow an axis
     * @param dl4jShape the output shape that the network gave for that batch
     * @param kerasParameters the number of values in the layer's weights, without those that only Keras's training needs
     * @param dl4jParameters the number of values in the network's parameters, without those that only hold a constant
     */
    public record Row(
            String layer,
            String className,
            Shape kerasShape,
            Shape expectedShape,
            Shape dl4jShape,
            long kerasParameters,
            long dl4jParameters) {
        /** Whether shape and number agree. */
        public boolean isOk() {
            return expectedShape.accepts(dl4jShape) && kerasParameters == dl4jParameters;
        }
    }
}
