package io.atelier.dl4j.sequence;

import io.atelier.dl4j.layer.ParameterNames;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.samediff.SameDiffLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A {@link TapeLayer} within a network; several tensors that its function gives are packed into one. */
final class TapeLayerImpl extends SameDiffLayer {
    private static final long serialVersionUID = 1;

    /** Of what the latest run in training dropped: going back runs it again. */
    private OptionalLong seed = OptionalLong.empty();

    /** One run of the function. */
    private record Run(Tape tape, List<Traced> given, Map<String, Traced> weights, List<Traced> outputs) {}

    TapeLayerImpl(NeuralNetConfiguration conf, DataType dataType) {
        super(conf, dataType);
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        seed = training ? OptionalLong.of(Nd4j.getRandom().nextLong()) : OptionalLong.empty();
        List<INDArray> outputs =
                run(Tape.forValues(seed)).outputs().stream().map(Traced::array).toList();
        INDArray output = outputs.size() == 1 ? outputs.get(0) : Packing.pack(outputs);
        return workspaces.leverageTo(ArrayType.ACTIVATIONS, output);
    }

    /** Runs the function once more, as Deeplearning4j's LSTM does, rather than keep every step of it until now. */
    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        Run run = run(Tape.forGradients(seed));
        List<Traced> outputs = run.outputs();
        run.tape()
                .goBack(
                        outputs,
                        outputs.size() == 1
                                ? List.of(epsilon)
                                : Packing.unpack(
                                        epsilon,
                                        outputs.stream()
                                                .map(output -> output.shape())
                                                .toList()));
        Gradient gradient = new DefaultGradient();
        run.weights().forEach((name, weight) -> {
            String parameter = ParameterNames.of(name);
            gradient.setGradientFor(parameter, find(gradTable, parameter).assign(weight.gradientArray()));
        });
        INDArray ofInput = config().inputs()
                .gradient(run.given().stream().map(Traced::gradientArray).toList());
        return new Pair<>(gradient, workspaces.leverageTo(ArrayType.ACTIVATION_GRAD, ofInput));
    }

    private Run run(Tape tape) {
        List<Traced> given =
                config().inputs().given(input).stream().map(tape::given).toList();
        Map<String, Traced> weights = new HashMap<>();
        config().weights().forEach(name -> weights.put(name, tape.given(find(paramTable, ParameterNames.of(name)))));
        List<Traced> taken =
                config().inputs().sources().stream().map(given::get).toList();
        return new Run(tape, given, weights, config().function().run(tape, taken, weights));
    }

    private static INDArray find(Map<String, INDArray> table, String parameter) {
        return Objects.requireNonNull(table.get(parameter), parameter);
    }

    private TapeLayer config() {
        return (TapeLayer) layerConf();
    }

    /** Sets the values of a parameter, where Deeplearning4j's own method checks the shape and does nothing. */
    @Override
    public void setParam(String key, INDArray values) {
        super.setParam(key, values);
        getParam(key).assign(values);
    }
}
