package io.atelier.evaluate;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * How an epoch of training went, as Keras's {@code History} has it.
 *
 * @param epoch from 1
 * @param loss the mean over the epoch's images, each measured before its batch was learned from
 * @param accuracy over the same, from 0 to 1
 * @param validationLoss after the epoch, on the images held out; empty if there are none
 * @param validationAccuracy after the epoch, on the images held out, from 0 to 1; empty if there are none
 * @param time that the epoch took
 */
public record EpochMetrics(
        int epoch,
        double loss,
        double accuracy,
        OptionalDouble validationLoss,
        OptionalDouble validationAccuracy,
        Duration time) {}
