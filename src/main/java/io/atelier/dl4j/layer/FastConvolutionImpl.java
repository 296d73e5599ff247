package io.atelier.dl4j.layer;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;
import org.deeplearning4j.nn.params.ConvolutionParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.util.ConvolutionUtils;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.api.shape.Shape;
import org.nd4j.linalg.factory.Nd4j;

/** A {@link FastConvolution} within a network. */
final class FastConvolutionImpl extends ConvolutionLayer {
    private static final long serialVersionUID = 1;

    /** ND4J's number for kernels as Deeplearning4j keeps them: (filters, channels, height, width). */
    private static final int FILTERS_FIRST = 1;

    private static final ActivationReLU RELU = new ActivationReLU();

    /** What the activation was given in the forward pass of training, if it is still to be had. */
    private transient @Nullable INDArray preActivation;

    FastConvolutionImpl(NeuralNetConfiguration conf, DataType dataType) {
        super(conf, dataType);
    }

    @Override
    public void setInput(INDArray newInput, LayerWorkspaceMgr workspaces) {
        preActivation = null;
        super.setInput(newInput, workspaces);
    }

    @Override
    public void clear() {
        preActivation = null;
        super.clear();
    }

    @Override
    protected Pair<INDArray, @Nullable INDArray> preOutput(
            boolean training, boolean forBackprop, LayerWorkspaceMgr workspaces) {
        if (!isFast()) {
            return super.preOutput(training, forBackprop, workspaces);
        }
        if (forBackprop && preActivation != null) {
            return new Pair<>(preActivation, null);
        }
        validateInputRank();
        validateInputDepth(layerConf().getNIn());
        INDArray output = workspaces.createUninitialized(ArrayType.ACTIVATIONS, dataType, outputShape());
        List<INDArray> inputs = inputs(training, workspaces);
        Nd4j.exec(operation("conv2d", inputs, List.of(output)));
        preActivation = training && !forBackprop && isKeptByActivation() ? output : null;
        return new Pair<>(output, null);
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        if (!isFast()) {
            return super.backpropGradient(epsilon, workspaces);
        }
        INDArray z = preOutput(true, true, workspaces).getFirst();
        INDArray delta = throughActivation(z, rowMajor(epsilon.castTo(dataType)), workspaces);
        List<INDArray> inputs = inputs(true, workspaces);
        inputs.add(rowMajor(delta));
        INDArray inputGradient = workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, input.shape());
        INDArray kernelGradient = gradientViews.get(ConvolutionParamInitializer.WEIGHT_KEY);
        Gradient gradient = new DefaultGradient();
        List<INDArray> outputs = new ArrayList<>(List.of(inputGradient, kernelGradient));
        if (hasBias()) {
            INDArray biasGradient = gradientViews.get(ConvolutionParamInitializer.BIAS_KEY);
            outputs.add(biasGradient);
            gradient.setGradientFor(ConvolutionParamInitializer.BIAS_KEY, biasGradient);
        }
        gradient.setGradientFor(ConvolutionParamInitializer.WEIGHT_KEY, kernelGradient, 'c');
        Nd4j.exec(operation("conv2d_bp", inputs, outputs));
        weightNoiseParams.clear();
        preActivation = null;
        return new Pair<>(gradient, backpropDropOutIfPresent(inputGradient));
    }

    /** The gradient below the activation. Deeplearning4j's own of relu takes five times as long as the two operations here. */
    private INDArray throughActivation(INDArray z, INDArray epsilon, LayerWorkspaceMgr workspaces) {
        if (!layerConf().getActivationFn().equals(RELU)) {
            return layerConf().getActivationFn().backprop(z, epsilon).getFirst();
        }
        INDArray delta = workspaces.createUninitialized(ArrayType.BP_WORKING_MEM, dataType, z.shape(), 'c');
        Nd4j.getExecutioner().exec(new Step(z, delta, 0.0));
        return delta.muli(epsilon);
    }

    private boolean isFast() {
        return OneDnn.isAvailable() && dataType == DataType.FLOAT;
    }

    /** Whether the activation, which writes over its argument, leaves all there that its own gradient needs. */
    private boolean isKeptByActivation() {
        return layerConf().getActivationFn() instanceof ActivationIdentity
                || layerConf().getActivationFn() instanceof ActivationReLU;
    }

    /** Input, kernel and bias. */
    private List<INDArray> inputs(boolean training, LayerWorkspaceMgr workspaces) {
        List<INDArray> inputs = new ArrayList<>();
        inputs.add(rowMajor(input.castTo(dataType)));
        inputs.add(rowMajor(getParamWithNoise(ConvolutionParamInitializer.WEIGHT_KEY, training, workspaces)));
        if (hasBias()) {
            inputs.add(getParamWithNoise(ConvolutionParamInitializer.BIAS_KEY, training, workspaces));
        }
        return inputs;
    }

    private DynamicCustomOp operation(String name, List<INDArray> inputs, List<INDArray> outputs) {
        int[] kernel = layerConf().getKernelSize();
        int[] strides = layerConf().getStride();
        int[] dilation = layerConf().getDilation();
        // Without same padding there is none; with it ND4J finds the padding itself.
        return DynamicCustomOp.builder(name)
                .addInputs(inputs.toArray(INDArray[]::new))
                .addOutputs(outputs.toArray(INDArray[]::new))
                .addIntegerArguments(
                        kernel[0],
                        kernel[1],
                        strides[0],
                        strides[1],
                        0,
                        0,
                        dilation[0],
                        dilation[1],
                        convolutionMode == ConvolutionMode.Same ? 1 : 0,
                        isChannelsLast() ? 1 : 0,
                        FILTERS_FIRST)
                .build();
    }

    private long[] outputShape() {
        int[] size = ConvolutionUtils.getOutputSize(
                input,
                layerConf().getKernelSize(),
                layerConf().getStride(),
                layerConf().getPadding(),
                convolutionMode,
                layerConf().getDilation(),
                layerConf().getCnn2dDataFormat());
        long filters = layerConf().getNOut();
        return isChannelsLast()
                ? new long[] {input.size(0), size[0], size[1], filters}
                : new long[] {input.size(0), filters, size[0], size[1]};
    }

    private boolean isChannelsLast() {
        return layerConf().getCnn2dDataFormat() == CNN2DFormat.NHWC;
    }

    /** The array itself if its values lie in row-major order without gaps, otherwise such a copy. */
    private static INDArray rowMajor(INDArray array) {
        boolean isRowMajor = array.ordering() == 'c' && Shape.hasDefaultStridesForShape(array);
        return isRowMajor ? array : array.dup('c');
    }
}
