package io.atelier.evaluate;

/**
 * An image that was taken for what it is not.
 *
 * @param image its name
 * @param actual the label it has
 * @param predicted the label it was given
 * @param confidence the probability of the predicted label, from 0 to 1
 * @param actualProbability the probability of the label it has, from 0 to 1
 * @param png the image as the model saw it, made smaller if it is large: a PNG file in Base64
 */
public record Mistake(
        String image, String actual, String predicted, float confidence, float actualProbability, String png) {}
