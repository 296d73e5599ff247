package io.atelier.dl4j;

import static io.atelier.keras.layer.ActivationFunction.LINEAR;
import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.keras.layer.Activation;
import io.atelier.keras.layer.ActivationFunction;
import io.atelier.keras.layer.ActivityRegularization;
import io.atelier.keras.layer.AdaptivePooling;
import io.atelier.keras.layer.AlphaDropout;
import io.atelier.keras.layer.BatchNormalization;
import io.atelier.keras.layer.CategoryEncoding;
import io.atelier.keras.layer.CenterCrop;
import io.atelier.keras.layer.Concatenate;
import io.atelier.keras.layer.Convolution;
import io.atelier.keras.layer.Cropping;
import io.atelier.keras.layer.DataFormat;
import io.atelier.keras.layer.Dense;
import io.atelier.keras.layer.DepthwiseConvolution;
import io.atelier.keras.layer.Discretization;
import io.atelier.keras.layer.Dot;
import io.atelier.keras.layer.Dropout;
import io.atelier.keras.layer.ELU;
import io.atelier.keras.layer.EinsumDense;
import io.atelier.keras.layer.ElementwiseMerge;
import io.atelier.keras.layer.Embedding;
import io.atelier.keras.layer.EncodingMode;
import io.atelier.keras.layer.Flatten;
import io.atelier.keras.layer.GaussianDropout;
import io.atelier.keras.layer.GaussianNoise;
import io.atelier.keras.layer.GlobalPooling;
import io.atelier.keras.layer.GroupNormalization;
import io.atelier.keras.layer.Identity;
import io.atelier.keras.layer.IntegerLookup;
import io.atelier.keras.layer.Interpolation;
import io.atelier.keras.layer.LayerConfig;
import io.atelier.keras.layer.LayerNormalization;
import io.atelier.keras.layer.LeakyReLU;
import io.atelier.keras.layer.Margin;
import io.atelier.keras.layer.Masking;
import io.atelier.keras.layer.MergeKind;
import io.atelier.keras.layer.MergingLayer;
import io.atelier.keras.layer.Normalization;
import io.atelier.keras.layer.PReLU;
import io.atelier.keras.layer.Padding;
import io.atelier.keras.layer.Permute;
import io.atelier.keras.layer.Pooling;
import io.atelier.keras.layer.PoolingKind;
import io.atelier.keras.layer.RMSNormalization;
import io.atelier.keras.layer.RandomAugmentation;
import io.atelier.keras.layer.ReLU;
import io.atelier.keras.layer.RepeatVector;
import io.atelier.keras.layer.Rescaling;
import io.atelier.keras.layer.Reshape;
import io.atelier.keras.layer.Resizing;
import io.atelier.keras.layer.SeparableConvolution;
import io.atelier.keras.layer.Shape;
import io.atelier.keras.layer.SlidingWindow;
import io.atelier.keras.layer.Softmax;
import io.atelier.keras.layer.SpatialDropout;
import io.atelier.keras.layer.SpectralNormalization;
import io.atelier.keras.layer.ThresholdedReLU;
import io.atelier.keras.layer.TimeDistributed;
import io.atelier.keras.layer.TransposedConvolution;
import io.atelier.keras.layer.UnaryLayer;
import io.atelier.keras.layer.UnitNormalization;
import io.atelier.keras.layer.UpSampling;
import io.atelier.keras.layer.ZeroPadding;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of lowerings has an answer for every kind of layer there is. */
class LoweringsTest {
    private static final Shape IMAGES = Shape.of(Shape.UNKNOWN, 8, 8, 4);

    static Stream<LayerConfig> handled() {
        return Stream.of(
                new Activation(ActivationFunction.TANH),
                new Concatenate(-1),
                new Dot(List.of(1, 1), false),
                new ElementwiseMerge(MergeKind.ADD),
                new BatchNormalization(-1, 0.99, 0.001, true, true),
                new Convolution(window(3, 3), 4, 1, LINEAR, true),
                new Convolution(window(3, 3), 4, 2, ActivationFunction.RELU, true),
                new Cropping(List.of(new Margin(1, 2), new Margin(0, 1)), DataFormat.CHANNELS_LAST),
                new Dense(3, ActivationFunction.SOFTPLUS, true),
                new DepthwiseConvolution(window(3, 3), 2, LINEAR, true),
                new Dropout(0.5, Optional.empty(), Optional.empty()),
                new ELU(0.5),
                new AdaptivePooling(PoolingKind.MAX, List.of(3, 2), DataFormat.CHANNELS_LAST),
                new CategoryEncoding(3, EncodingMode.ONE_HOT),
                new CenterCrop(9, 5, DataFormat.CHANNELS_LAST),
                new Discretization(List.of(0.5), EncodingMode.INT),
                new IntegerLookup(List.of(12L, 7L), Optional.empty(), 3, EncodingMode.INT),
                new EinsumDense("...x,xy->...y", List.of(3), "y", ActivationFunction.TANH),
                new Resizing(9, 5, Interpolation.BICUBIC, Resizing.Fit.PAD, 0.5, DataFormat.CHANNELS_LAST),
                new SpectralNormalization(new Dense(3, ActivationFunction.TANH, true)),
                new Embedding(3, 2, true),
                new Masking(0),
                new ActivityRegularization(0.1, 0.1),
                new AlphaDropout(0.5, Optional.empty(), Optional.empty()),
                new GaussianDropout(0.5, Optional.empty()),
                new GaussianNoise(0.5, Optional.empty()),
                new Identity(),
                new RandomAugmentation("RandomFlip"),
                new SpatialDropout(2, 0.5, DataFormat.CHANNELS_LAST, Optional.empty()),
                new Flatten(DataFormat.CHANNELS_LAST),
                new GlobalPooling(PoolingKind.MAX, 2, DataFormat.CHANNELS_LAST, false),
                new GroupNormalization(2, -1, 0.001, true, true),
                new LayerNormalization(List.of(-1), 0.001, true, true, false),
                new LeakyReLU(0.1),
                new Normalization(List.of(-1), Optional.empty(), false),
                new PReLU(List.of(1, 2)),
                new RMSNormalization(List.of(-1), 1e-6),
                new Permute(List.of(3, 1, 2)),
                new Pooling(PoolingKind.AVERAGE, window(2, 2)),
                new Pooling(PoolingKind.MAX, window(1, 2)),
                new ReLU(Optional.empty(), 0, 0),
                new RepeatVector(3),
                new Rescaling(List.of(0.5), List.of(0.0)),
                new Softmax(List.of(-1)),
                new ThresholdedReLU(1),
                new UnitNormalization(List.of(-1), 1e-12),
                new Reshape(List.of(-1, 4)),
                new SeparableConvolution(window(3, 3), 2, 5, LINEAR, true),
                new TransposedConvolution(window(3, 3), 2, Optional.empty(), LINEAR, true),
                new UpSampling(List.of(2, 2), DataFormat.CHANNELS_LAST, Interpolation.BILINEAR),
                new ZeroPadding(List.of(new Margin(1, 2), new Margin(0, 1)), DataFormat.CHANNELS_LAST));
    }

    @Test
    void everyKindOfLayerIsLowered() {
        assertThat(handled().map(Object::getClass))
                .containsAll(Stream.of(UnaryLayer.class.getPermittedSubclasses())
                        .filter(type -> type != TimeDistributed.class)
                        .toList())
                .containsAll(List.of(MergingLayer.class.getPermittedSubclasses()));
    }

    @ParameterizedTest
    @MethodSource("handled")
    void modelimportReadsWhatALayerIsLoweredTo(LayerConfig config) {
        assertThat(Lowerings.refusal(config)).isEmpty();
        assertThat(Lowerings.lower(config, List.of(IMAGES, IMAGES)))
                .isNotEmpty()
                .map(lowered -> ImportedLayers.read("layer", lowered))
                .allMatch(read -> read.isVertex() || read.getLayer() != null);
    }

    private static SlidingWindow window(int... size) {
        return SlidingWindow.of(
                Arrays.stream(size).boxed().toList(),
                Collections.nCopies(size.length, 2),
                Padding.SAME,
                DataFormat.CHANNELS_LAST);
    }
}
