package io.atelier.train;

import java.util.List;
import java.util.Map;

/**
 * Steps by the gradient times the running size of changes over that of gradients. Source: keras/src/optimizers/adadelta.py.
 *
 * @param rho how much of the running means a step keeps; 0.95 by default
 * @param epsilon added to the means, under the root; 1e-7 by default
 */
public record Adadelta(double rho, double epsilon) implements UpdateRule {
    public Adadelta {
        Checks.share("rho", rho);
    }

    @Override
    public String className() {
        return "Adadelta";
    }

    @Override
    public Map<String, Object> options() {
        return Map.of("rho", rho, "epsilon", epsilon);
    }

    @Override
    public List<String> slots() {
        return List.of("accumulated_grad", "accumulated_delta_var");
    }

    @Override
    public void update(float[] values, float[] gradient, float[][] slots, long step, float learningRate) {
        float kept = (float) rho;
        float share = (float) (1 - rho);
        float added = (float) epsilon;
        float[] gradients = slots[0];
        float[] changes = slots[1];
        for (int i = 0; i < values.length; i++) {
            float g = gradient[i];
            gradients[i] = kept * gradients[i] + share * g * g;
            float change = -((float) Math.sqrt(changes[i] + added) * g / (float) Math.sqrt(gradients[i] + added));
            changes[i] = kept * changes[i] + share * change * change;
            values[i] += learningRate * change;
        }
    }
}
