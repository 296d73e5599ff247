package io.atelier.keras.io;

import io.atelier.keras.KerasModel;
import io.atelier.keras.ModelOrigin;
import io.atelier.keras.Problem;
import io.atelier.keras.TrainingConfig;
import io.atelier.keras.layer.LayerConfig;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a file holds, as far as it can be understood: also of a model that cannot be read.
 *
 * @param layers in the file's order; empty if not even the graph can be read
 * @param trainingConfig empty if the model was not compiled
 * @param problems everything that stands in the way of reading the model; empty if nothing does
 * @param model empty if there are problems
 */
public record ModelInspection(
        ModelOrigin origin,
        List<Layer> layers,
        Optional<TrainingConfig> trainingConfig,
        List<Problem> problems,
        Optional<KerasModel> model) {
    public ModelInspection {
        layers = List.copyOf(layers);
        problems = List.copyOf(problems);
    }

    /**
     * A layer as the file lists it.
     *
     * @param className as the file has it
     * @param parameters the number of values that the file has for it; empty if the weights cannot be read
     * @param config empty if its options are not understood
     */
    public record Layer(String name, String className, OptionalLong parameters, Optional<LayerConfig> config) {}
}
