package io.atelier.serve;

import io.atelier.classify.ImageClassifier;
import io.atelier.keras.Tensor;
import io.atelier.keras.layer.Shape;
import io.atelier.serve.models.ServedModel;
import io.atelier.serve.models.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Turns what a client sent into the tensors that one model takes, in its order. */
final class ModelInputs {
    private final ServedModel model;
    private final Images images;

    ModelInputs(ServedModel model, Images images) {
        this.model = model;
        this.images = images;
    }

    /** The inputs of a batch that is given row by row, as a list of values or of objects with a value for each input. */
    List<Tensor> ofRows(TensorValue instances) {
        if (instances instanceof TensorValue.Sequence list && list.values().get(0) instanceof TensorValue.Named) {
            return ofNamedRows(list.values());
        }
        boolean isList = instances instanceof TensorValue.Sequence
                || (instances instanceof TensorValue.Numbers numbers
                        && numbers.tensor().shape().rank() > 0);
        if (!isList) {
            throw RequestException.badRequest("Expects 'instances' to be a list, one element a row");
        }
        return List.of(tensor(single("'instances'"), instances));
    }

    private List<Tensor> ofNamedRows(List<TensorValue> rows) {
        List<Tensor> inputs = new ArrayList<>();
        for (Signature.Entry input : model.signature().inputs()) {
            List<TensorValue> values = new ArrayList<>();
            for (TensorValue row : rows) {
                if (!(row instanceof TensorValue.Named named)) {
                    throw RequestException.badRequest("every row must be an object if the first is one");
                }
                checkNames(named.values());
                values.add(value(named.values(), input));
            }
            inputs.add(stacked(input, values));
        }
        return inputs;
    }

    private Tensor stacked(Signature.Entry input, List<TensorValue> rows) {
        if (rows.get(0) instanceof TensorValue.Encoded) {
            return tensor(input, new TensorValue.Sequence(rows));
        }
        List<Tensor> tensors = new ArrayList<>();
        for (TensorValue row : rows) {
            if (!(row instanceof TensorValue.Numbers numbers)) {
                throw RequestException.badRequest("input '" + input.name() + "': expected numbers in every row");
            }
            Shape shape = numbers.tensor().shape();
            tensors.add(numbers.tensor().reshape(Shape.of(1).append(shape.toArray())));
        }
        return checked(input, joined(input, tensors));
    }

    private static Tensor joined(Signature.Entry input, List<Tensor> rows) {
        try {
            return Tensor.joined(rows);
        } catch (IllegalArgumentException e) {
            throw new RequestException(400, "input '" + input.name() + "': " + e.getMessage(), e);
        }
    }

    /** The inputs of a batch that is given as one tensor, or as an object with a tensor for each input. */
    List<Tensor> ofColumns(TensorValue columns) {
        if (!(columns instanceof TensorValue.Named named)) {
            return List.of(tensor(single("'inputs'"), columns));
        }
        return ofNamed(named.values());
    }

    /** The inputs of a batch by name. */
    List<Tensor> ofNamed(Map<String, TensorValue> columns) {
        checkNames(columns);
        return model.signature().inputs().stream()
                .map(input -> tensor(input, value(columns, input)))
                .toList();
    }

    private Signature.Entry single(String key) {
        List<Signature.Entry> inputs = model.signature().inputs();
        if (inputs.size() != 1) {
            throw RequestException.badRequest(
                    key + " must name the inputs: the model has " + inputs.size() + ", " + names());
        }
        return inputs.get(0);
    }

    private void checkNames(Map<String, TensorValue> values) {
        for (String name : values.keySet()) {
            if (!names().contains(name)) {
                throw RequestException.badRequest("the model has no input '" + name + "'; expected " + names());
            }
        }
    }

    private static TensorValue value(Map<String, TensorValue> values, Signature.Entry input) {
        TensorValue value = values.get(input.name());
        if (value == null) {
            throw RequestException.badRequest("the input '" + input.name() + "' is missing");
        }
        return value;
    }

    private List<String> names() {
        return model.signature().inputs().stream().map(Signature.Entry::name).toList();
    }

    /** A batch for one input: numbers as they are, or images, which are prepared as the model's classifier does. */
    private Tensor tensor(Signature.Entry input, TensorValue value) {
        if (value instanceof TensorValue.Numbers numbers) {
            return checked(input, numbers.tensor());
        }
        if (!(value instanceof TensorValue.Sequence list)) {
            throw RequestException.badRequest("input '" + input.name() + "': expected a list, one element a row");
        }
        List<Tensor> prepared = new ArrayList<>();
        for (TensorValue element : list.values()) {
            if (!(element instanceof TensorValue.Encoded encoded)) {
                throw RequestException.badRequest(
                        "input '" + input.name() + "': expected numbers, or an encoded image {\"b64\": …} a row");
            }
            prepared.add(images.prepare(classifier(input), encoded.bytes()));
        }
        return Tensor.joined(prepared);
    }

    private ImageClassifier<?> classifier(Signature.Entry input) {
        return model.classifier()
                .orElseThrow(() -> RequestException.badRequest("input '" + input.name() + "' takes numbers of shape "
                        + input.shape() + ", not encoded images"));
    }

    /** Refuses what the input's type cannot hold. */
    private static Tensor checked(Signature.Entry input, Tensor tensor) {
        String dtype = input.dtype();
        boolean isBool = dtype.equals("bool");
        if (isBool || dtype.startsWith("int") || dtype.startsWith("uint")) {
            for (int i = 0; i < tensor.valueCount(); i++) {
                float value = tensor.get(i);
                if (value != Math.rint(value)
                        || Float.isInfinite(value)
                        || (isBool && value != 0 && value != 1)
                        || (dtype.startsWith("uint") && value < 0)) {
                    throw RequestException.badRequest(
                            "input '" + input.name() + "' takes values of type " + dtype + "; received " + value);
                }
            }
        }
        return tensor;
    }
}
