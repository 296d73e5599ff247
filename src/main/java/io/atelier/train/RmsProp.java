package io.atelier.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Steps by the gradient over the root of the running mean of its squares. Source: keras/src/optimizers/rmsprop.py.
 *
 * @param rho how much of the mean a step keeps; 0.9 by default
 * @param momentum the share of the last change that is added; 0 by default
 * @param epsilon added to the mean, under the root; 1e-7 by default
 * @param centered whether the variance is used in the place of the mean of squares; false by default
 */
public record RmsProp(double rho, double momentum, double epsilon, boolean centered) implements UpdateRule {
    public RmsProp {
        Checks.share("rho", rho);
        Checks.share("momentum", momentum);
    }

    @Override
    public String className() {
        return "RMSprop";
    }

    @Override
    public Map<String, Object> options() {
        return Map.of("rho", rho, "momentum", momentum, "epsilon", epsilon, "centered", centered);
    }

    @Override
    public List<String> slots() {
        List<String> slots = new ArrayList<>(List.of("velocity"));
        if (momentum > 0) {
            slots.add("momentum");
        }
        if (centered) {
            slots.add("average_gradient");
        }
        return slots;
    }

    @Override
    public void update(float[] values, float[] gradient, float[][] slots, long step, float learningRate) {
        float kept = (float) rho;
        float share = (float) (1 - rho);
        float added = (float) epsilon;
        float[] v = slots[0];
        float[] mean = slots[slots.length - 1];
        float[] change = gradient;
        for (int i = 0; i < values.length; i++) {
            float g = gradient[i];
            v[i] = kept * v[i] + share * g * g;
            float square = 0;
            if (centered) {
                mean[i] = kept * mean[i] + share * g;
                square = mean[i] * mean[i];
            }
            change[i] = learningRate * g / (float) Math.sqrt(v[i] - square + added);
        }
        if (momentum > 0) {
            float last = (float) momentum;
            float[] m = slots[1];
            for (int i = 0; i < values.length; i++) {
                m[i] = last * m[i] + change[i];
            }
            change = m;
        }
        for (int i = 0; i < values.length; i++) {
            values[i] -= change[i];
        }
    }
}
