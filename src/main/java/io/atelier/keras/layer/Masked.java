package io.atelier.keras.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A layer whose calls are given masks as tensors, rather than taking those that come with its inputs:
 * {@code layer(x, mask=mask)}.
 *
 * <p>Shapes: the layer's inputs, followed by one mask for each role, in which 0 stands for what does not count; the
 * layer's outputs.
 *
 * @param layer what is called
 * @param roles of the masks, at least one
 */
public record Masked(LayerConfig layer, List<MaskRole> roles) implements LayerConfig {
    public Masked {
        roles = List.copyOf(roles);
        if (roles.isEmpty()) {
            throw new IllegalArgumentException("roles must have at least one role; received []");
        }
    }

    /** The config of a layer, without the masks that its calls may be given. */
    public static LayerConfig unwrapped(LayerConfig config) {
        return config instanceof Masked masked ? masked.layer() : config;
    }

    /** Of what a call takes, what the layer takes. */
    public <T> List<T> tensors(List<T> inputs) {
        if (inputs.size() <= roles.size()) {
            throw new IllegalArgumentException("the layer takes its inputs and " + roles.size() + " masks; received "
                    + inputs.size() + " tensors");
        }
        return inputs.subList(0, inputs.size() - roles.size());
    }

    /** Of what a call takes, the mask of this role. */
    public <T> Optional<T> mask(MaskRole role, List<T> inputs) {
        int index = roles.indexOf(role);
        return index < 0
                ? Optional.empty()
                : Optional.of(inputs.get(tensors(inputs).size() + index));
    }

    @Override
    public String className() {
        return layer.className();
    }

    @Override
    public List<Shape> outputShapes(List<Shape> inputs) {
        List<Shape> shapes = tensors(inputs);
        List<MaskRole> unknown = new ArrayList<>(roles);
        unknown.removeIf(role -> role == MaskRole.PAIRS || role.ordinal() < shapes.size());
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "the layer is given more masks than it has inputs; received shapes " + inputs);
        }
        return layer.outputShapes(shapes);
    }

    @Override
    public List<WeightSpec> weights(List<Shape> inputs) {
        return layer.weights(tensors(inputs));
    }

    @Override
    public MaskUse maskUse() {
        return MaskUse.USES;
    }
}
