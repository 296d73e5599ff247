package io.atelier.dl4j.layer;

/** {@code log(exp(x) + 1)} without overflow: Deeplearning4j's own gives infinity from 89 on. */
public final class Softplus extends Elementwise {
    private static final long serialVersionUID = 1;

    @Override
    float value(float x) {
        return (float) (Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs((double) x))));
    }

    @Override
    float derivative(float x) {
        return (float) (1 / (1 + Math.exp(-(double) x)));
    }
}
