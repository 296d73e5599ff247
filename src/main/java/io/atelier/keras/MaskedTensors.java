package io.atelier.keras;

import io.atelier.keras.layer.Bidirectional;
import io.atelier.keras.layer.Bidirectional.MergeMode;
import io.atelier.keras.layer.ConvLstm;
import io.atelier.keras.layer.ElementwiseMerge;
import io.atelier.keras.layer.Embedding;
import io.atelier.keras.layer.GlobalPooling;
import io.atelier.keras.layer.GroupedQueryAttention;
import io.atelier.keras.layer.Identity;
import io.atelier.keras.layer.LayerConfig;
import io.atelier.keras.layer.MaskRole;
import io.atelier.keras.layer.MaskUse;
import io.atelier.keras.layer.Masked;
import io.atelier.keras.layer.MergingLayer;
import io.atelier.keras.layer.Normalization;
import io.atelier.keras.layer.Recurrent;
import io.atelier.keras.layer.Rescaling;
import io.atelier.keras.layer.Shape;
import io.atelier.keras.layer.TimeDistributed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Which tensors of a model have a mask, as Keras hands masks from layer to layer. */
public final class MaskedTensors {
    private final KerasModel model;
    private final MaskRules rules;
    private final RemovedMasks removed;
    private final Map<TensorRef, Mask> masks = new HashMap<>();
    /** For each call, the masks that came with its inputs when it was made. */
    private final Map<TensorRef, List<Optional<Mask>>> found = new HashMap<>();

    /** Follows the masks through a model. */
    public MaskedTensors(KerasModel model) {
        this.model = model;
        this.rules = MaskRules.of(model);
        this.removed = new RemovedMasks(model, rules);
        model.calls().forEach(this::follow);
    }

    /** The rules by which they were followed. */
    public MaskRules rules() {
        return rules;
    }

    /** Whether a tensor has, or may have, a mask when it is made. */
    public boolean hasMask(TensorRef tensor) {
        return masks.containsKey(tensor);
    }

    /** Whether a call takes a tensor that has, or may have, a mask, or is given one. */
    public boolean reaches(LayerCall call) {
        return model.layer(call.layer()).config() instanceof Masked
                || masks(call).stream().anyMatch(Optional::isPresent);
    }

    /** The masks that come with what a call takes. */
    public List<Optional<Mask>> masks(LayerCall call) {
        return Objects.requireNonNull(found.get(call.output(0)), () -> "call " + call);
    }

    /**
     * The masks that a layer takes notice of in a call: those it is given, or those that come with its inputs.
     *
     * <p>Of a MultiHeadAttention, Keras 3 takes the query's mask from the query, even if it is given another.
     */
    public List<Optional<Mask>> handed(LayerCall call) {
        List<Optional<Mask>> masks = masks(call);
        LayerConfig config = model.layer(call.layer()).config();
        if (!(config instanceof Masked given)) {
            boolean isIgnored = rules == MaskRules.KERAS_3 && masks.size() > 1 && isSequential(config);
            return isIgnored
                    ? masks.stream().map(mask -> Optional.<Mask>empty()).toList()
                    : masks;
        }
        List<Shape> shapes = call.inputs().stream().map(model::shape).toList();
        List<Optional<Mask>> handed = new ArrayList<>(given.tensors(masks));
        for (int i = 0; i < handed.size(); i++) {
            if (i <= MaskRole.THIRD.ordinal() && !(i == 0 && given.layer().maskUse() == MaskUse.TAKES)) {
                Optional<Mask> own = handed.get(i);
                handed.set(
                        i,
                        given.mask(MaskRole.ofInput(i), shapes)
                                .map(shape -> new Mask(shape, true))
                                .or(() -> own));
            }
        }
        return handed;
    }

    /** Whether Keras applies the mask that a layer is handed in a call to other steps than those of the mask. */
    public boolean isOfOtherSteps(LayerCall call) {
        KerasLayer layer = model.layer(call.layer());
        return handed(call).stream().limit(1).anyMatch(Optional::isPresent)
                && UnrolledSteps.areMistaken(Masked.unwrapped(layer.config()), layer.trainingOptions());
    }

    /** Whether a layer goes from step to step, perhaps from a state that it is given. */
    private static boolean isSequential(LayerConfig config) {
        return config instanceof Recurrent || config instanceof Bidirectional || config instanceof ConvLstm;
    }

    private void follow(LayerCall call) {
        List<Optional<Mask>> coming = new ArrayList<>();
        for (TensorRef input : call.inputs()) {
            coming.add(removed.after(call, input, Optional.ofNullable(masks.get(input))));
        }
        found.put(call.output(0), coming);
        LayerConfig config = Masked.unwrapped(model.layer(call.layer()).config());
        if (rules == MaskRules.KERAS_2 && dropsMaskInKeras2(config)) {
            return;
        }
        List<Optional<Mask>> handed = handed(call);
        Optional<Mask> first =
                handed.isEmpty() ? Optional.empty() : handed.get(0).or(() -> coming.get(0));
        Optional<Mask> output = switch (config.maskUse()) {
            case DROPS -> Optional.empty();
            case MAKES -> Optional.of(made(config, model.shape(call.inputs().get(0))));
            case PASSES, TAKES -> first;
            case USES -> used(config, call, handed, first);
        };
        output.ifPresent(mask -> masks.put(call.output(0), mask));
        boolean hasTwoSequences = config instanceof Bidirectional both && both.mergeMode() == MergeMode.NONE;
        if (hasTwoSequences) {
            output.ifPresent(mask -> masks.put(call.output(1), mask));
        }
    }

    private static boolean dropsMaskInKeras2(LayerConfig config) {
        return config instanceof Identity || config instanceof Normalization || config instanceof Rescaling;
    }

    private static Mask made(LayerConfig config, Shape input) {
        return new Mask(config instanceof Embedding ? input : input.slice(0, input.rank() - 1), true);
    }

    private Optional<Mask> used(LayerConfig config, LayerCall call, List<Optional<Mask>> handed, Optional<Mask> first) {
        if (config instanceof MergingLayer) {
            return merged(config, call, handed);
        }
        if (config instanceof TimeDistributed each) {
            return rules == MaskRules.KERAS_3
                    ? first
                    : ofSteps(each.layer(), model.shape(call.inputs().get(0)), first);
        }
        if (config instanceof GroupedQueryAttention) {
            return masks(call).get(0);
        }
        boolean isGone = config instanceof GlobalPooling
                || (config instanceof Recurrent recurrent && !recurrent.returnSequences())
                || (config instanceof Bidirectional both && !both.forward().returnSequences())
                || (config instanceof ConvLstm convLstm && !convLstm.returnSequences());
        return isGone ? Optional.empty() : first;
    }

    private Optional<Mask> merged(LayerConfig config, LayerCall call, List<Optional<Mask>> handed) {
        List<Mask> present = handed.stream().flatMap(Optional::stream).toList();
        boolean needsAll = config instanceof ElementwiseMerge && rules == MaskRules.KERAS_3;
        if (present.isEmpty() || (needsAll && present.size() < handed.size())) {
            return Optional.empty();
        }
        Shape output = model.shape(call.output(0));
        Shape shape = config instanceof ElementwiseMerge ? present.get(0).shape() : output.slice(0, output.rank() - 1);
        return Optional.of(new Mask(shape, present.stream().allMatch(Mask::isCertain)));
    }

    /** In Keras 2, the mask that the layer within makes of each step, or else whether anything of a step counts. */
    private static Optional<Mask> ofSteps(LayerConfig layer, Shape input, Optional<Mask> mask) {
        Shape ofStep = TimeDistributed.step(input);
        if (layer.maskUse() == MaskUse.MAKES) {
            Shape made = made(layer, ofStep).shape();
            return Optional.of(new Mask(
                    Shape.of(input.size(0), input.size(1))
                            .append(made.slice(1, made.rank()).toArray()),
                    true));
        }
        return layer.maskUse() == MaskUse.PASSES
                ? mask
                : mask.map(each -> new Mask(each.shape().slice(0, 2), each.isCertain()));
    }
}
