package io.atelier.dl4j.sequence;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Keras's MultiHeadAttention and GroupedQueryAttention.
 *
 * <p>Takes a query {@code (batch, queries, dim)}, a value {@code (batch, values, size)}, and perhaps a key.
 *
 * @param groups how many heads, next to one another, share a projection of key and value; 1 in MultiHeadAttention
 * @param dropout the share of a query's attention that is dropped in training
 */
public record HeadsAttention(
        @JsonProperty("heads") int heads,
        @JsonProperty("keySize") int keySize,
        @JsonProperty("groups") int groups,
        @JsonProperty("isCausal") boolean isCausal,
        @JsonProperty("dropout") double dropout)
        implements TapeFunction {
    private static final long serialVersionUID = 1;

    @Override
    public HeadsAttention dropping(double rate) {
        return new HeadsAttention(heads, keySize, groups, isCausal, rate);
    }

    @Override
    public List<Traced> run(Tape tape, List<Traced> inputs, Map<String, Traced> weights) {
        Traced query = projected(inputs.get(0), "query", weights).scaledBy(1 / Math.sqrt(keySize));
        Traced value = shared(tape, projected(inputs.get(1), "value", weights));
        Traced key = shared(tape, projected(inputs.get(inputs.size() - 1), "key", weights));
        Traced attended = Attending.means(tape, query.eachTimes(key.permute(0, 2, 1)), value, isCausal, dropout);
        return List.of(joined(attended, inputs.get(0), weights));
    }

    /** A projection, head by head: {@code (batch * heads, steps, size)}. */
    private static Traced projected(Traced x, String projection, Map<String, Traced> weights) {
        Traced kernel = Weights.get(weights, projection + "/kernel");
        long batch = x.size(0);
        long steps = x.size(1);
        long heads = kernel.size(1);
        long size = kernel.size(2);
        Traced product = x.reshape(batch * steps, x.size(2)).times(kernel.reshape(kernel.size(0), heads * size));
        return Weights.find(weights, projection + "/bias")
                .map(bias -> product.plusRow(bias.reshape(1, heads * size)))
                .orElse(product)
                .reshape(batch, steps, heads, size)
                .permute(0, 2, 1, 3)
                .reshape(batch * heads, steps, size);
    }

    /** Each head's projection, once for every query head that shares it. */
    private Traced shared(Tape tape, Traced projected) {
        if (groups == 1) {
            return projected;
        }
        long count = projected.size(0);
        Traced rows = projected.reshape(count, projected.size(1) * projected.size(2));
        return tape.concat(1, Collections.nCopies(groups, rows))
                .reshape(count * groups, projected.size(1), projected.size(2));
    }

    /** The heads' results side by side, {@code (batch, queries, heads * size)}, projected to the output. */
    private Traced joined(Traced attended, Traced query, Map<String, Traced> weights) {
        long batch = query.size(0);
        long steps = query.size(1);
        long columns = heads * attended.size(2);
        Traced kernel = Weights.get(weights, "attention_output/kernel");
        Traced product = attended.reshape(batch, heads, steps, attended.size(2))
                .permute(0, 2, 1, 3)
                .reshape(batch * steps, columns)
                .times(kernel.reshape(columns, kernel.size(2)));
        return Weights.find(weights, "attention_output/bias")
                .map(product::plusRow)
                .orElse(product)
                .reshape(batch, steps, kernel.size(2));
    }
}
