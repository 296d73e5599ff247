package io.atelier.dl4j.layer;

import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** {@code x} if positive, else {@code alpha * x}, for an alpha of the input's rank without the batch: Keras's PReLU. */
public final class ParametricReLU implements GraphFunction {
    private static final long serialVersionUID = 1;

    @Override
    public SDVariable define(SameDiff graph, SDVariable x, Map<String, SDVariable> weights) {
        SDVariable alpha = Objects.requireNonNull(weights.get("alpha"));
        long[] shape = LongStream.concat(LongStream.of(1), LongStream.of(alpha.getShape()))
                .toArray();
        SDVariable below = graph.nn().relu(x.neg(), 0);
        return graph.nn().relu(x, 0).sub(below.mul(alpha.reshape(shape)));
    }
}
