package io.atelier.keras.layer;

import java.util.List;

/**
 * Looks whole numbers up in a table of vectors.
 *
 * <p>Shapes: input {@code (batch, …)}, table {@code embeddings (inputDim, outputDim)}, output
 * {@code (batch, …, outputDim)}. Fractions are cut off the input's values, -1 is the table's last row as in Python, and a
 * number outside of the table is an error when the model runs.
 *
 * @param inputDim the number of rows of the table, at least 1
 * @param outputDim the size of each, at least 1
 * @param maskZero whether steps where the input is 0 are masked; false by default
 */
public record Embedding(int inputDim, int outputDim, boolean maskZero) implements UnaryLayer {
    public Embedding {
        Require.positive("input_dim", inputDim);
        Require.positive("output_dim", outputDim);
    }

    @Override
    public String className() {
        return "Embedding";
    }

    @Override
    public Shape outputShape(Shape input) {
        return input.append(outputDim);
    }

    @Override
    public List<WeightSpec> weights(Shape input) {
        return List.of(WeightSpec.trainable("embeddings", inputDim, outputDim));
    }

    @Override
    public MaskUse maskUse() {
        return maskZero ? MaskUse.MAKES : MaskUse.DROPS;
    }
}
