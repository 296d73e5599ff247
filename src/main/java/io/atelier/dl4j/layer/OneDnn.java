package io.atelier.dl4j.layer;

import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * Decides what oneDNN computes.
 *
 * <p>Deeplearning4j convolves by copying every window into a matrix (im2col). ND4J's own {@code conv2d} and {@code
 * conv2d_bp} do it many times faster with oneDNN, if its library was built with it, which the usual one is not: its
 * classifier ends in {@code -onednn}. Deeplearning4j's helpers for that are switched off by default, ask ND4J for a
 * method that it no longer has, and crash the JVM in the backward pass of channels_last networks. So the switch is here,
 * and {@link FastConvolution} calls ND4J itself, with arrays in row-major order only. Pooling needs nothing of ours:
 * Deeplearning4j calls ND4J's operations there, which use oneDNN by themselves.
 */
public final class OneDnn {
    /** Without oneDNN the native operations exist as well, but were not compared with Deeplearning4j's own. */
    private static final boolean BUILT_WITH = isBuiltWithOneDnn();

    private OneDnn() {}

    /** Whether ND4J's library has oneDNN, and ND4J's environment allows to use it; may change while a program runs. */
    public static boolean isAvailable() {
        return BUILT_WITH && Nd4j.getEnvironment().helpersAllowed();
    }

    /**
     * A layer that computes the same with oneDNN where that is available: for two-dimensional convolutions without
     * dilation, for which ND4J asks oneDNN in vain, and without what imported layers do not have: padding by hand,
     * regularization, constraints, dropout. Every other layer is given back as it is.
     */
    public static Layer faster(Layer layer) {
        return layer.getClass() == ConvolutionLayer.class && isProven((ConvolutionLayer) layer)
                ? new FastConvolution((ConvolutionLayer) layer)
                : layer;
    }

    private static boolean isBuiltWithOneDnn() {
        // Starts ND4J, whose native operations are not to be had before.
        Nd4j.getEnvironment();
        return NativeOpsHolder.getInstance().getDeviceNativeOps().buildInfo().contains("HAVE_ONEDNN");
    }

    private static boolean isProven(ConvolutionLayer layer) {
        boolean isUnpadded = Arrays.stream(layer.getPadding()).allMatch(size -> size == 0);
        boolean isDense = Arrays.stream(layer.getDilation()).allMatch(rate -> rate == 1);
        return isDense
                && (layer.getConvolutionMode() == ConvolutionMode.Same
                        || layer.getConvolutionMode() == ConvolutionMode.Truncate && isUnpadded)
                && isEmpty(layer.getRegularization())
                && isEmpty(layer.getRegularizationBias())
                && isEmpty(layer.getConstraints())
                && layer.getIDropout() == null
                && layer.getWeightNoise() == null;
    }

    private static boolean isEmpty(@Nullable List<?> list) {
        return list == null || list.isEmpty();
    }
}
