package io.atelier.dl4j;

import io.atelier.keras.KerasLayer;
import io.atelier.keras.KerasModel;
import io.atelier.keras.Tensor;
import io.atelier.keras.layer.BatchNormalization;
import io.atelier.keras.layer.Shape;
import io.atelier.keras.layer.WeightSpec;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Where a network's one long array of parameters, and the equally long one of gradients, hold the weights that are trained
 * and the moving statistics.
 */
final class FlatParameters {
    /** A trained weight: from {@code start} in the long array, in the order that a parameter of this shape has there. */
    private record Place(TrainedWeight weight, int start, String parameter, long[] shape, char order) {}

    private record Range(int start, int length) {}

    private final KerasModel model;
    private final List<Place> places = new ArrayList<>();
    private final List<Range> statistics = new ArrayList<>();
    private int count;

    /**
     * @param model as Keras has it: its frozen layers are not trained, whatever the plan says
     */
    FlatParameters(KerasModel model, NetworkPlan plan, Network network) {
        this.model = model;
        for (NetworkPlan.PlannedLayer planned : plan.layers()) {
            KerasLayer layer = model.layer(planned.kerasLayer().name());
            if (planned.isVertex() || layer.weights().isEmpty() || !layer.trainable()) {
                continue;
            }
            Map<String, INDArray> parameters = network.layer(planned.name()).paramTable();
            if (parameters != null) {
                List<Shape> inputs =
                        planned.call().inputs().stream().map(model::shape).toList();
                Map<String, WeightSpec> specs = layer.config().weights(inputs).stream()
                        .collect(Collectors.toMap(WeightSpec::name, spec -> spec));
                parameters.forEach((parameter, values) -> add(layer, specs, parameter, values));
            }
        }
    }

    private void add(KerasLayer layer, Map<String, WeightSpec> specs, String parameter, INDArray values) {
        WeightSpec spec = specs.get(WeightTransfer.kerasName(layer, parameter));
        int start = Math.toIntExact(values.offset());
        int length = Math.toIntExact(values.length());
        if (spec == null) {
            return;
        }
        if (spec.trainable()) {
            TrainedWeight weight = new TrainedWeight(layer.name(), spec.name(), spec.shape(), count, length);
            places.add(new Place(weight, start, parameter, values.shape(), values.ordering()));
            count += length;
        } else if (layer.config() instanceof BatchNormalization) {
            statistics.add(new Range(start, length));
        }
    }

    List<TrainedWeight> weights() {
        return places.stream().map(Place::weight).toList();
    }

    /** The number of values in all trained weights. */
    int count() {
        return count;
    }

    /** Copies the trained weights, or their gradients, out of the long array. */
    void gather(INDArray flat, float[] values) {
        FloatBuffer buffer = flat.data().asNioFloat();
        places.forEach(place -> buffer.get(place.start, values, place.weight.offset(), place.weight.count()));
    }

    /** Copies the trained weights into the long array. */
    void scatter(float[] values, INDArray flat) {
        FloatBuffer buffer = flat.data().asNioFloat();
        places.forEach(place -> buffer.put(place.start, values, place.weight.offset(), place.weight.count()));
    }

    /** Moves the statistics: Deeplearning4j gives by how much they are to be lowered as if it were a gradient. */
    void moveStatistics(INDArray flat, INDArray gradients) {
        FloatBuffer values = flat.data().asNioFloat();
        FloatBuffer changes = gradients.data().asNioFloat();
        for (Range range : statistics) {
            for (int i = range.start; i < range.start + range.length; i++) {
                values.put(i, values.get(i) - changes.get(i));
            }
        }
    }

    /** The values of one trained weight as Keras has them. */
    Tensor tensor(TrainedWeight weight, float[] values) {
        Place place = place(weight);
        float[] own = Arrays.copyOfRange(values, weight.offset(), weight.offset() + weight.count());
        INDArray parameter = Nd4j.create(own, place.shape, place.order);
        Tensor tensor = WeightTransfer.weights(model.layer(weight.layer()), Map.of(place.parameter, parameter))
                .get(weight.name());
        Tensors.free(List.of(parameter));
        return Objects.requireNonNull(tensor);
    }

    /** Writes values as Keras has them to where a trained weight is. */
    void put(TrainedWeight weight, Tensor tensor, float[] values) {
        Place place = place(weight);
        // A copy lies in memory from the start of its buffer, in the order that is asked for.
        INDArray parameter =
                WeightTransfer.parameter(place.parameter, place.shape, tensor).dup(place.order);
        parameter.data().asNioFloat().get(values, weight.offset(), weight.count());
    }

    private Place place(TrainedWeight weight) {
        return places.stream()
                .filter(place -> place.weight.equals(weight))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the network does not train " + weight));
    }
}
