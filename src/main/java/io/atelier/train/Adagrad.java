package io.atelier.train;

import java.util.List;
import java.util.Map;

/**
 * Steps by the gradient over the root of the sum of its squares. Source: keras/src/optimizers/adagrad.py.
 *
 * @param initialAccumulatorValue what the sum begins with; 0.1 by default
 * @param epsilon added to the sum, under the root; 1e-7 by default
 */
public record Adagrad(double initialAccumulatorValue, double epsilon) implements UpdateRule {
    @Override
    public String className() {
        return "Adagrad";
    }

    @Override
    public Map<String, Object> options() {
        return Map.of("initial_accumulator_value", initialAccumulatorValue, "epsilon", epsilon);
    }

    @Override
    public List<String> slots() {
        return List.of("accumulator");
    }

    @Override
    public float initial(String slot) {
        return (float) initialAccumulatorValue;
    }

    @Override
    public void update(float[] values, float[] gradient, float[][] slots, long step, float learningRate) {
        float added = (float) epsilon;
        float[] sum = slots[0];
        for (int i = 0; i < values.length; i++) {
            sum[i] += gradient[i] * gradient[i];
            values[i] -= learningRate * gradient[i] / (float) Math.sqrt(sum[i] + added);
        }
    }
}
