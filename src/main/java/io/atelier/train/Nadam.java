package io.atelier.train;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Adam with Nesterov's momentum. Source: keras/src/optimizers/nadam.py.
 *
 * @param beta1 how much of the mean a step keeps; 0.9 by default
 * @param beta2 how much of the mean of squares a step keeps; 0.999 by default
 * @param epsilon added to the root; 1e-7 by default
 */
public record Nadam(double beta1, double beta2, double epsilon) implements UpdateRule {
    private static final double NEGLIGIBLE = 1e-30;

    public Nadam {
        Checks.share("beta_1", beta1);
        Checks.share("beta_2", beta2);
    }

    @Override
    public String className() {
        return "Nadam";
    }

    @Override
    public Map<String, Object> options() {
        return Map.of("beta_1", beta1, "beta_2", beta2, "epsilon", epsilon);
    }

    @Override
    public List<String> slots() {
        return List.of("momentum", "velocity");
    }

    @Override
    public Optional<Float> product(long steps) {
        return Optional.of((float) productOfMomentums(steps));
    }

    @Override
    public void update(float[] values, float[] gradient, float[][] slots, long step, float learningRate) {
        float now = (float) momentum(step);
        float next = (float) momentum(step + 1);
        float product = (float) productOfMomentums(step);
        float power2 = (float) Math.pow((float) beta2, step);
        float ofMean = next / (1 - product * next);
        float ofGradient = (1 - now) / (1 - product);
        float share1 = (float) (1 - beta1);
        float share2 = (float) (1 - beta2);
        float added = (float) epsilon;
        float[] m = slots[0];
        float[] v = slots[1];
        for (int i = 0; i < values.length; i++) {
            m[i] += (gradient[i] - m[i]) * share1;
            v[i] += (gradient[i] * gradient[i] - v[i]) * share2;
            float mean = m[i] * ofMean + gradient[i] * ofGradient;
            values[i] -= mean * learningRate / ((float) Math.sqrt(v[i] / (1 - power2)) + added);
        }
    }

    private double momentum(long step) {
        return beta1 * (1 - 0.5 * Math.pow(0.96, step));
    }

    /** The product of all momentums up to a step, which tends to 0. */
    private double productOfMomentums(long step) {
        double product = 1;
        for (long i = 1; i <= step && product > NEGLIGIBLE; i++) {
            product *= momentum(i);
        }
        return product;
    }
}
