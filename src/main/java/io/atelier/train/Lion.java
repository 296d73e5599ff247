package io.atelier.train;

import java.util.List;
import java.util.Map;

/**
 * Steps of one size in the direction of a running mean of gradients. Source: keras/src/optimizers/lion.py.
 *
 * @param beta1 the share of the mean in the direction; 0.9 by default
 * @param beta2 how much of the mean a step keeps; 0.99 by default
 */
public record Lion(double beta1, double beta2) implements UpdateRule {
    public Lion {
        Checks.share("beta_1", beta1);
        Checks.share("beta_2", beta2);
    }

    @Override
    public String className() {
        return "Lion";
    }

    @Override
    public Map<String, Object> options() {
        return Map.of("beta_1", beta1, "beta_2", beta2);
    }

    @Override
    public List<String> slots() {
        return List.of("momentum");
    }

    @Override
    public void update(float[] values, float[] gradient, float[][] slots, long step, float learningRate) {
        float ofMean = (float) beta1;
        float kept = (float) beta2;
        float[] m = slots[0];
        for (int i = 0; i < values.length; i++) {
            values[i] -= learningRate * Math.signum(m[i] * ofMean + gradient[i] * (1 - ofMean));
            m[i] = m[i] * kept + gradient[i] * (1 - kept);
        }
    }
}
