package io.atelier.keras.layer;

import java.util.List;

/**
 * {@code x * scale + offset}.
 *
 * @param scale one value, or one for each index of the last axis
 * @param offset one value, or one for each index of the last axis; 0 by default
 */
public record Rescaling(List<Double> scale, List<Double> offset) implements UnaryLayer {
    public Rescaling {
        scale = List.copyOf(scale);
        offset = List.copyOf(offset);
        if (scale.isEmpty() || offset.isEmpty()) {
            throw new IllegalArgumentException("scale and offset must have at least one value");
        }
    }

    @Override
    public String className() {
        return "Rescaling";
    }

    @Override
    public Shape outputShape(Shape input) {
        checkFits("scale", scale, input);
        checkFits("offset", offset, input);
        return input;
    }

    private static void checkFits(String option, List<Double> values, Shape input) {
        if (values.size() > 1 && (input.rank() == 0 || input.size(-1) != values.size())) {
            throw new IllegalArgumentException(option + " has " + values.size()
                    + " values, one for each index of the last axis; received an input of shape " + input);
        }
    }

    @Override
    public MaskUse maskUse() {
        return MaskUse.PASSES;
    }
}
