package io.atelier.dl4j.sequence;

import io.atelier.dl4j.layer.Curve;
import io.atelier.dl4j.layer.Pointwise;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Keras's Attention and AdditiveAttention.
 *
 * <p>Takes a query {@code (batch, queries, dim)}, a value {@code (batch, values, size)}, and perhaps a key
 * {@code (batch, values, dim)}.
 *
 * @param dropout the share of a query's attention that is dropped in training
 */
public record ScoredAttention(
        @JsonProperty("score") Score score,
        @JsonProperty("isCausal") boolean isCausal,
        @JsonProperty("dropout") double dropout)
        implements TapeFunction {
    private static final long serialVersionUID = 1;

    /** How a key is scored for a query. */
    public enum Score {
        /** The sum of their products, times the weight {@code scale}. */
        DOT,
        /** {@code concat_score_weight} times the sum of {@code tanh(scale * (query + key))}. */
        CONCAT,
        /** The sum of {@code scale * tanh(query + key)}, with a scale for each place. */
        ADDITIVE
    }

    @Override
    public ScoredAttention dropping(double rate) {
        return new ScoredAttention(score, isCausal, rate);
    }

    @Override
    public List<Traced> run(Tape tape, List<Traced> inputs, Map<String, Traced> weights) {
        Traced query = inputs.get(0);
        Traced key = inputs.get(inputs.size() - 1);
        Traced scores = score == Score.DOT
                ? scaled(query.eachTimes(key.permute(0, 2, 1)), weights)
                : tanhScores(tape, query, key, weights);
        return List.of(Attending.means(tape, scores, inputs.get(1), isCausal, dropout));
    }

    private static Traced scaled(Traced x, Map<String, Traced> weights) {
        return Weights.find(weights, "scale").map(x::scaledBySingle).orElse(x);
    }

    private Traced tanhScores(Tape tape, Traced query, Traced key, Map<String, Traced> weights) {
        long batch = query.size(0);
        long queries = query.size(1);
        long keys = key.size(1);
        long dim = query.size(2);
        Traced pairs = query.reshape(batch, queries, 1, dim).plusRepeated(key.reshape(batch, 1, keys, dim));
        Traced rows = (score == Score.CONCAT ? scaled(pairs, weights) : pairs)
                .apply(new Pointwise(Curve.TANH))
                .reshape(batch * queries * keys, dim);
        float[] one = new float[Math.toIntExact(dim)];
        Arrays.fill(one, 1);
        Traced ones = tape.constant(new long[] {dim, 1}, one);
        Traced factors = score == Score.CONCAT
                ? ones
                : Weights.find(weights, "scale")
                        .map(scale -> scale.reshape(dim, 1))
                        .orElse(ones);
        Traced sums = rows.times(factors).reshape(batch, queries, keys);
        return score == Score.CONCAT ? sums.scaledBySingle(Weights.get(weights, "concat_score_weight")) : sums;
    }
}
