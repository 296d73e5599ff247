package io.atelier.train;

import java.util.List;
import java.util.Map;

/**
 * Gradient descent, with or without momentum. Source: keras/src/optimizers/sgd.py.
 *
 * @param momentum the share of the last change that is added, from 0 to 1; 0 by default
 * @param nesterov whether the gradient is followed from where the momentum leads; false by default
 */
public record Sgd(double momentum, boolean nesterov) implements UpdateRule {
    public Sgd {
        Checks.share("momentum", momentum);
    }

    @Override
    public String className() {
        return "SGD";
    }

    @Override
    public Map<String, Object> options() {
        return Map.of("momentum", momentum, "nesterov", nesterov);
    }

    @Override
    public List<String> slots() {
        return momentum == 0 ? List.of() : List.of("momentum");
    }

    @Override
    public void update(float[] values, float[] gradient, float[][] slots, long step, float learningRate) {
        if (momentum == 0) {
            for (int i = 0; i < values.length; i++) {
                values[i] -= gradient[i] * learningRate;
            }
            return;
        }
        float share = (float) momentum;
        float[] m = slots[0];
        for (int i = 0; i < values.length; i++) {
            m[i] = m[i] * share - gradient[i] * learningRate;
        }
        for (int i = 0; i < values.length; i++) {
            values[i] += nesterov ? m[i] * share - gradient[i] * learningRate : m[i];
        }
    }
}
