package io.atelier.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.keras.Tensor;

/** How far an engine's values may be from Keras's. */
final class Tolerance {
    private Tolerance() {}

    /** At most 1e-5 x max(1, max|Keras|) apart, in the same shape. */
    static void assertClose(String what, Tensor actual, Tensor keras) {
        assertThat(actual.shape()).as(what).isEqualTo(keras.shape());
        double largest = 1;
        for (float value : keras.toArray()) {
            largest = Math.max(largest, Math.abs(value));
        }
        for (int i = 0; i < keras.valueCount(); i++) {
            double difference = Math.abs((double) actual.get(i) - keras.get(i));
            assertThat(difference <= 1e-5 * largest)
                    .as("%s, value %d: expected %s; received %s", what, i, keras.get(i), actual.get(i))
                    .isTrue();
        }
    }
}
