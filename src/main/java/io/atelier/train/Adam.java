package io.atelier.train;

import java.util.List;
import java.util.Map;

/**
 * Steps of the running mean of gradients by the root of that of their squares. Source: keras/src/optimizers/adam.py.
 *
 * @param beta1 how much of the mean a step keeps; 0.9 by default
 * @param beta2 how much of the mean of squares a step keeps; 0.999 by default
 * @param epsilon added to the root; 1e-7 by default
 * @param amsgrad whether the largest mean of squares so far is used; false by default
 */
public record Adam(double beta1, double beta2, double epsilon, boolean amsgrad) implements UpdateRule {
    public Adam {
        Checks.share("beta_1", beta1);
        Checks.share("beta_2", beta2);
    }

    @Override
    public String className() {
        return "Adam";
    }

    @Override
    public Map<String, Object> options() {
        return Map.of("beta_1", beta1, "beta_2", beta2, "epsilon", epsilon, "amsgrad", amsgrad);
    }

    @Override
    public List<String> slots() {
        return amsgrad ? List.of("momentum", "velocity", "velocity_hat") : List.of("momentum", "velocity");
    }

    @Override
    public void update(float[] values, float[] gradient, float[][] slots, long step, float learningRate) {
        float power1 = (float) Math.pow((float) beta1, step);
        float power2 = (float) Math.pow((float) beta2, step);
        float alpha = learningRate * (float) Math.sqrt(1 - power2) / (1 - power1);
        float share1 = (float) (1 - beta1);
        float share2 = (float) (1 - beta2);
        float[] m = slots[0];
        float[] v = slots[1];
        for (int i = 0; i < values.length; i++) {
            m[i] += (gradient[i] - m[i]) * share1;
            v[i] += (gradient[i] * gradient[i] - v[i]) * share2;
        }
        float[] divisor = v;
        if (amsgrad) {
            divisor = slots[2];
            for (int i = 0; i < values.length; i++) {
                divisor[i] = Math.max(divisor[i], v[i]);
            }
        }
        float added = (float) epsilon;
        for (int i = 0; i < values.length; i++) {
            values[i] -= m[i] * alpha / ((float) Math.sqrt(divisor[i]) + added);
        }
    }
}
