package io.atelier.dl4j.sequence;

import java.util.List;
import java.util.Map;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The mean of the steps of a sequence that count: Keras's GlobalAveragePooling1D with a mask.
 *
 * <p>Takes a sequence {@code (batch, time, size)} and its mask {@code (batch, time)}.
 *
 * @param keepsAxis whether the time axis stays, with size 1
 */
public record MaskedMean(@JsonProperty("keepsAxis") boolean keepsAxis) implements TapeFunction {
    private static final long serialVersionUID = 1;

    @Override
    public MaskedMean dropping(double rate) {
        return this;
    }

    @Override
    public List<Traced> run(Tape tape, List<Traced> inputs, Map<String, Traced> weights) {
        Traced sequence = inputs.get(0);
        long batch = sequence.size(0);
        long time = sequence.size(1);
        long size = sequence.size(2);
        Traced shares =
                tape.constant(new long[] {batch, 1, time}, shares(inputs.get(1).values(), (int) time));
        Traced means = shares.eachTimes(sequence);
        return List.of(keepsAxis ? means : means.reshape(batch, size));
    }

    /** What part of the mean each step is; of an example without a step that counts, there is no mean, as in Keras. */
    private static float[] shares(float[] flags, int time) {
        float[] shares = flags.clone();
        for (int start = 0; start < flags.length; start += time) {
            float count = 0;
            for (int i = start; i < start + time; i++) {
                count += flags[i];
            }
            for (int i = start; i < start + time; i++) {
                shares[i] = flags[i] / count;
            }
        }
        return shares;
    }
}
