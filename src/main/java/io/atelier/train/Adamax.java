package io.atelier.train;

import java.util.List;
import java.util.Map;

/**
 * Adam with the running maximum of gradients in the place of the mean of squares. Source: keras/src/optimizers/adamax.py.
 *
 * @param beta1 how much of the mean a step keeps; 0.9 by default
 * @param beta2 how much of the maximum a step keeps; 0.999 by default
 * @param epsilon added to the maximum; 1e-7 by default
 */
public record Adamax(double beta1, double beta2, double epsilon) implements UpdateRule {
    public Adamax {
        Checks.share("beta_1", beta1);
        Checks.share("beta_2", beta2);
    }

    @Override
    public String className() {
        return "Adamax";
    }

    @Override
    public Map<String, Object> options() {
        return Map.of("beta_1", beta1, "beta_2", beta2, "epsilon", epsilon);
    }

    @Override
    public List<String> slots() {
        return List.of("momentum", "norm");
    }

    @Override
    public void update(float[] values, float[] gradient, float[][] slots, long step, float learningRate) {
        float rest = 1 - (float) Math.pow((float) beta1, step);
        float share1 = (float) (1 - beta1);
        float kept = (float) beta2;
        float added = (float) epsilon;
        float[] m = slots[0];
        float[] u = slots[1];
        for (int i = 0; i < values.length; i++) {
            m[i] += (gradient[i] - m[i]) * share1;
            u[i] = Math.max(kept * u[i], Math.abs(gradient[i]));
            values[i] -= learningRate * m[i] / (rest * (u[i] + added));
        }
    }
}
