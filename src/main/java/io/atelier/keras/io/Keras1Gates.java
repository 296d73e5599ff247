package io.atelier.keras.io;

import io.atelier.keras.Tensor;
import io.atelier.keras.layer.Bidirectional;
import io.atelier.keras.layer.LayerConfig;
import io.atelier.keras.layer.LstmCell;
import io.atelier.keras.layer.Recurrent;
import io.atelier.keras.layer.RecurrentCell;
import io.atelier.keras.layer.Shape;
import io.atelier.keras.layer.WeightSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The weights of a recurrent layer of Keras 1, which stored each gate by itself: {@code W_i, U_i, b_i, W_c, …}.
 *
 * <p>Source: keras/layers/recurrent.py of Keras 1.2.2.
 *
 * @param gates in the order in which the file has them
 * @param columns the same gates in the order in which Keras 3's kernel has them
 */
record Keras1Gates(List<String> gates, List<String> columns) implements StoredLayout {
    private static final List<String> PARTS = List.of("W_", "U_", "b_");

    /** The layout, if the file has as many arrays as it would take. */
    static Optional<StoredLayout> of(LayerConfig config, int storedCount) {
        return cell(config).flatMap(cell -> {
            Keras1Gates gates = cell instanceof LstmCell
                    ? new Keras1Gates(List.of("i", "c", "f", "o"), List.of("i", "f", "c", "o"))
                    : new Keras1Gates(List.of("z", "r", "h"), List.of("z", "r", "h"));
            int directions = config instanceof Bidirectional ? 2 : 1;
            // With consume_less='gpu' Keras 1 had one array for all gates, as Keras 3 has.
            return cell.gateCount() == gates.gates.size()
                            && storedCount == directions * gates.gates.size() * PARTS.size()
                    ? Optional.of(gates)
                    : Optional.empty();
        });
    }

    private static Optional<RecurrentCell> cell(LayerConfig config) {
        if (config instanceof Bidirectional bidirectional) {
            return cell(bidirectional.forward());
        }
        return config instanceof Recurrent recurrent
                ? Optional.of(recurrent.cells().get(0))
                : Optional.empty();
    }

    @Override
    public List<WeightSpec> stored(List<WeightSpec> specs) {
        List<WeightSpec> stored = new ArrayList<>();
        for (int first = 0; first < specs.size(); first += PARTS.size()) {
            for (String gate : gates) {
                for (int part = 0; part < PARTS.size(); part++) {
                    WeightSpec spec = specs.get(first + part);
                    Shape shape = spec.shape().with(-1, spec.shape().size(-1) / gates.size());
                    stored.add(new WeightSpec(name(spec, gate, part), shape, true));
                }
            }
        }
        return stored;
    }

    @Override
    public Map<String, Tensor> convert(List<WeightSpec> specs, Map<String, Tensor> stored) {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        for (int i = 0; i < specs.size(); i++) {
            WeightSpec spec = specs.get(i);
            int part = i % PARTS.size();
            weights.put(
                    spec.name(),
                    Columns.join(columns.stream()
                            .map(gate -> Objects.requireNonNull(stored.get(name(spec, gate, part))))
                            .toList()));
        }
        return weights;
    }

    private static String name(WeightSpec spec, String gate, int part) {
        return spec.name() + "/" + PARTS.get(part) + gate;
    }
}
