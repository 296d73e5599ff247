package io.atelier.dl4j;

import io.atelier.dl4j.layer.Affine;
import io.atelier.dl4j.layer.Einsum;
import io.atelier.dl4j.layer.NoTraining;
import io.atelier.keras.layer.ActivationFunction;
import io.atelier.keras.layer.Dense;
import io.atelier.keras.layer.EinsumDense;
import io.atelier.keras.layer.Identity;
import io.atelier.keras.layer.Rescaling;
import io.atelier.keras.layer.Shape;
import io.atelier.keras.layer.SpectralNormalization;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Layers that work on tensors of any rank. */
final class CoreLowerings {
    private CoreLowerings() {}

    static void addTo(Lowerings lowerings) {
        lowerings.add(Dense.class, CoreLowerings::dense);
        lowerings.add(EinsumDense.class, CoreLowerings::einsumDense);
        lowerings.addGeneral(SpectralNormalization.class, new Lowering<>() {
            @Override
            public Optional<String> refusal(SpectralNormalization config) {
                return Lowerings.refusal(config.layer());
            }

            @Override
            public List<Lowered> lower(SpectralNormalization config, List<Shape> inputs) {
                List<Lowered> lowered = new ArrayList<>(Lowerings.lower(config.layer(), inputs));
                lowered.add(Lowered.of(
                        new NoTraining("SpectralNormalization, as it does not keep the kernel at a norm of 1")));
                return lowered;
            }
        });
        lowerings.add(
                Rescaling.class,
                (config, input) -> List.of(Lowered.of(new Affine(floats(config.scale()), floats(config.offset())))));
        lowerings.add(Identity.class, (config, input) -> List.of(ActivationLowerings.layer(ActivationFunction.LINEAR)));
    }

    private static List<Lowered> einsumDense(EinsumDense config, Shape input) {
        EinsumDense.Letters letters = config.letters(input);
        Lowered product = Lowered.of(new Einsum(letters.x(), letters.kernel(), letters.y()), config.weights(input));
        return config.activation() == ActivationFunction.LINEAR
                ? List.of(product)
                : List.of(product, ActivationLowerings.layer(config.activation()));
    }

    static float[] floats(List<Double> values) {
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values.get(i).floatValue();
        }
        return floats;
    }

    private static List<Lowered> dense(Dense config, Shape input) {
        boolean inside = ActivationLowerings.isRightInside(config.activation())
                || config.activation() == ActivationFunction.SOFTMAX;
        Map<String, Object> options = new HashMap<>();
        options.put("units", config.units());
        options.put("use_bias", config.useBias());
        options.put("activation", ActivationLowerings.inside(config.activation(), inside));
        options.put("kernel_initializer", zeros());
        List<Lowered> lowered = new ArrayList<>();
        lowered.add(new Lowered(input.rank() == 2 ? "Dense" : ImportedLayers.LAST_AXIS_DENSE, options));
        if (!inside) {
            lowered.add(ActivationLowerings.layer(config.activation()));
        }
        return lowered;
    }

    /** An initializer that costs nothing: every weight is set afterwards. */
    static HashMap<String, Object> zeros() {
        return new HashMap<>(Map.of("class_name", "Zeros", "config", new HashMap<>()));
    }
}
