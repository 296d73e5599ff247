package io.atelier.onnx;

import io.atelier.keras.MaskRules;
import io.atelier.keras.layer.Shape;
import io.atelier.onnx.proto.TensorProto.DataType;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * The masks of a layer that is applied to each step of a sequence.
 *
 * <p>Source: keras/src/layers/rnn/time_distributed.py, and {@code compute_mask} in tf_keras/src/layers/rnn/time_distributed.py.
 */
final class StepMasks {
    private final OnnxGraph graph;
    private final String name;
    private final Optional<Value> mask;

    /**
     * @param name of the layer
     * @param mask of the sequence, {@code (batch, time)} or {@code (batch, time, …)}
     */
    StepMasks(OnnxGraph graph, String name, Optional<Value> mask) {
        this.graph = graph;
        this.name = name;
        this.mask = mask;
    }

    /** All steps as one batch, with what the mask says of each; if it says no more than whether a step counts, without. */
    Value ofSteps(Value steps) {
        if (mask.isEmpty() || mask.get().shape().rank() < 3) {
            return steps;
        }
        Shape ofStep = mask.get().shape();
        String shape =
                graph.node("Shape", name + "/mask_shape", List.of(mask.get().name()));
        String target = graph.node(
                "Concat",
                name + "/mask_steps_shape",
                List.of(
                        graph.integers(name + "/any", -1),
                        RecurrentEmitters.slice(graph, name + "/mask_step", shape, 2, Long.MAX_VALUE)),
                OnnxGraph.integer("axis", 0));
        String flags =
                graph.node("Reshape", name + "/mask_steps", List.of(mask.get().name(), target));
        return steps.withMask(Value.of(
                flags,
                Shape.of(Shape.UNKNOWN).append(ofStep.slice(2, ofStep.rank()).toArray())));
    }

    /**
     * The mask of the sequence of outputs: in Keras 3 that of the inputs; in Keras 2 what the layer makes of each step's, or
     * else whether anything of a step counts.
     *
     * @param output of all steps as one batch
     * @param batchAndTime the first two axes of the sequence, as a tensor
     */
    Optional<Value> ofSequence(Value output, String batchAndTime) {
        if (graph.maskRules() == MaskRules.KERAS_3) {
            return mask;
        }
        if (output.mask().isEmpty()) {
            return mask.map(this::anyOfStep);
        }
        Value ofSteps = output.mask().get();
        Shape rest = ofSteps.shape().slice(1, ofSteps.shape().rank());
        String shape = graph.node("Shape", name + "/output_mask_shape", List.of(ofSteps.name()));
        String whole = graph.node(
                "Concat",
                name + "/whole_mask_shape",
                List.of(
                        batchAndTime,
                        RecurrentEmitters.slice(graph, name + "/output_mask_step", shape, 1, Long.MAX_VALUE)),
                OnnxGraph.integer("axis", 0));
        return Optional.of(Value.of(
                graph.node("Reshape", name + "/output_mask", List.of(ofSteps.name(), whole)),
                Shape.of(Shape.UNKNOWN, Shape.UNKNOWN).append(rest.toArray())));
    }

    private Value anyOfStep(Value flags) {
        int rank = flags.shape().rank();
        if (rank == 2) {
            return flags;
        }
        String numbers = graph.cast(flags.name(), DataType.FLOAT);
        String axes =
                graph.integers(name + "/mask_axes", LongStream.range(2, rank).toArray());
        String largest =
                graph.node("ReduceMax", name + "/mask_any", List.of(numbers, axes), OnnxGraph.integer("keepdims", 0));
        return Value.of(graph.cast(largest, DataType.BOOL), flags.shape().slice(0, 2));
    }
}
