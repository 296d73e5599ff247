package io.atelier.keras.layer;

/**
 * What a layer's option {@code activation} may be: a function of {@code keras.activations}, or a layer of
 * {@code keras.layers} that is nothing but a function, with options of its own.
 */
public sealed interface ActivationOption permits ActivationFunction, ELU, LeakyReLU, ReLU, Softmax, ThresholdedReLU {}
