package io.atelier.dl4j;

import io.atelier.keras.KerasLayer;
import io.atelier.keras.KerasModel;
import io.atelier.keras.LayerCall;
import io.atelier.keras.ModelMismatchException;
import io.atelier.keras.Problem;
import io.atelier.keras.UnsupportedModelException;
import io.atelier.keras.layer.InputLayer;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.Layer;

/**
 * Turns Keras models into Deeplearning4j networks.
 *
 * <p>Each layer goes through deeplearning4j-modelimport where that reads it rightly, and through Atelier's additions to
 * it where not. Initializers, regularizers, constraints and the training config are not carried over: they do not
 * matter to what a trained network computes. A layer that is not trainable becomes a FrozenLayer.
 */
public final class Dl4jImporter {
    private Dl4jImporter() {}

    /** What of a model cannot be imported; empty if all of it can. No native code is run. */
    public static List<Problem> refusals(KerasModel model) {
        List<Problem> problems = new ArrayList<>();
        for (KerasLayer layer : model.layers()) {
            if (layer.config() instanceof InputLayer) {
                continue;
            }
            Lowerings.refusal(layer.config()).ifPresent(reason -> problems.add(problem(layer, reason)));
        }
        MaskSources masks = new MaskSources(model);
        for (LayerCall call : model.calls()) {
            KerasLayer layer = model.layer(call.layer());
            if (masks.isBeyond(layer.config(), call)) {
                problems.add(problem(
                        layer,
                        "a mask (of an Embedding with mask_zero, or of a Masking layer) reaches the layer, which engine"
                                + " dl4j would ignore; use engine onnx"));
            }
        }
        return problems;
    }

    /**
     * Imports a model and checks the result against Keras's shapes and parameter counts.
     *
     * @throws UnsupportedModelException if {@link #refusals} is not empty
     * @throws ModelMismatchException if a layer of the network differs from Keras's; it names every one
     */
    public static Dl4jModel importModel(KerasModel model) {
        List<Problem> refusals = refusals(model);
        if (!refusals.isEmpty()) {
            throw new UnsupportedModelException(model.origin().source(), refusals);
        }
        return importModel(model, new NetworkPlan(model), List.of());
    }

    /**
     * Imports a model that is not refused.
     *
     * @param more layers that follow the model's only output
     */
    static Dl4jModel importModel(KerasModel model, NetworkPlan plan, List<Layer> more) {
        Network network = plan.isChain() ? new SequentialNetwork(plan, more) : new GraphNetwork(model, plan, more);
        plan.layers().stream()
                .filter(layer -> !layer.isVertex())
                .forEach(layer ->
                        WeightTransfer.copy(layer.kerasLayer(), layer.imported(), network.layer(layer.name())));
        Dl4jModel imported = new Dl4jModel(model, plan, network);
        List<Problem> mismatches = mismatches(imported.check());
        if (!mismatches.isEmpty()) {
            imported.close();
            throw new ModelMismatchException(model.origin().source(), mismatches);
        }
        return imported;
    }

    /** How a network differs from Keras; empty if it does not. */
    static List<Problem> mismatches(ImportCheck check) {
        List<Problem> problems = new ArrayList<>();
        for (ImportCheck.Row row : check.rows()) {
            if (!row.expectedShape().accepts(row.dl4jShape())) {
                problems.add(Problem.ofLayer(
                        row.layer(),
                        row.className(),
                        "expected output shape " + row.expectedShape() + "; the network gave " + row.dl4jShape()));
            }
            if (row.kerasParameters() != row.dl4jParameters()) {
                problems.add(Problem.ofLayer(
                        row.layer(),
                        row.className(),
                        "expected " + row.kerasParameters() + " parameters; the network has " + row.dl4jParameters()));
            }
        }
        return problems;
    }

    private static Problem problem(KerasLayer layer, String message) {
        return Problem.ofLayer(layer.name(), layer.className(), message);
    }
}
