package io.atelier.dl4j.sequence;

/**
 * Which steps of a sequence count.
 *
 * @param flags {@code (batch, time)}, 1 for a step that counts and 0 for one that does not
 * @param zeroOutput whether the output of a step that does not count is zero, rather than that of the step before
 */
record StepMask(Traced flags, boolean zeroOutput) {
    /** The flags of one step, an example each. */
    float[] step(int index) {
        int batch = Math.toIntExact(flags.size(0));
        int time = Math.toIntExact(flags.size(1));
        float[] step = new float[batch];
        for (int i = 0; i < batch; i++) {
            step[i] = flags.values()[i * time + index];
        }
        return step;
    }
}
