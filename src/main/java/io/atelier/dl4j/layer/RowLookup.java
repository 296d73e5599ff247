package io.atelier.dl4j.layer;

import java.util.Map;
import java.util.Objects;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/** The rows of the table {@code embeddings} that indices name: Keras's Embedding. */
public final class RowLookup implements GraphFunction {
    private static final long serialVersionUID = 1;

    @Override
    public SDVariable define(SameDiff graph, SDVariable x, Map<String, SDVariable> weights) {
        SDVariable table = Objects.requireNonNull(weights.get("embeddings"));
        return graph.gather(table, x.castTo(DataType.INT), 0);
    }
}
