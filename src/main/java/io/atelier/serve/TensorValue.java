package io.atelier.serve;

import io.atelier.keras.Tensor;
import java.util.List;
import java.util.Map;

/** A value in a request's JSON, before it is known which input of the model it is for. */
sealed interface TensorValue {
    /** Numbers, in arrays of equal length. */
    record Numbers(Tensor tensor) implements TensorValue {}

    /** An encoded image, {@code {"b64": "…"}}. */
    record Encoded(byte[] bytes) implements TensorValue {}

    /** Values by name. */
    record Named(Map<String, TensorValue> values) implements TensorValue {}

    /** A list of {@link Encoded} or {@link Named} values. */
    record Sequence(List<TensorValue> values) implements TensorValue {}
}
