package io.atelier.keras.layer;

import java.util.ArrayList;
import java.util.List;

/**
 * A layer whose kernel training keeps at a largest singular value of 1; in inference it is used as it was stored.
 *
 * <p>Weights: vector_u, which only training needs, and those of the layer within. Source:
 * keras/src/layers/normalization/spectral_normalization.py.
 *
 * @param layer one that has a kernel, or embeddings
 */
public record SpectralNormalization(UnaryLayer layer) implements UnaryLayer {
    /** The weight that only training needs. */
    public static final String VECTOR_U = "vector_u";

    @Override
    public String className() {
        return "SpectralNormalization";
    }

    @Override
    public Shape outputShape(Shape input) {
        return layer.outputShape(input);
    }

    @Override
    public List<WeightSpec> weights(Shape input) {
        List<WeightSpec> inner = layer.weights(input);
        int columns = inner.stream()
                .filter(weight -> List.of("kernel", "embeddings").contains(weight.name()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the layer within must have a kernel or embeddings; received " + layer.className()))
                .shape()
                .size(-1);
        List<WeightSpec> weights = new ArrayList<>();
        weights.add(WeightSpec.fixed(VECTOR_U, 1, columns));
        weights.addAll(inner);
        return weights;
    }

    @Override
    public MaskUse maskUse() {
        return layer.maskUse();
    }
}
