package io.atelier.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.keras.KerasModel;
import io.atelier.keras.Tensor;
import io.atelier.keras.layer.ActivationFunction;
import io.atelier.keras.layer.Convolution;
import io.atelier.keras.layer.DataFormat;
import io.atelier.keras.layer.Padding;
import io.atelier.keras.layer.Pooling;
import io.atelier.keras.layer.PoolingKind;
import io.atelier.keras.layer.Shape;
import io.atelier.keras.layer.UnaryLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class WindowsTest {
    private static final List<List<Integer>> SIZES =
            List.of(List.of(1, 1), List.of(2, 3), List.of(4, 2), List.of(3, 5));
    private static final List<List<Integer>> STEPS =
            List.of(List.of(1, 1), List.of(2, 1), List.of(3, 2), List.of(1, 4));
    private static final List<int[]> IMAGES = List.of(new int[] {7, 9}, new int[] {8, 6}, new int[] {5, 5});

    @Test
    void convolutionIsAsDefinedForEveryPaddingStrideDilationDataFormatAndSize() {
        List<Convolution> layers = new ArrayList<>();
        for (DataFormat format : DataFormat.values()) {
            for (Padding padding : Padding.values()) {
                for (List<Integer> size : SIZES) {
                    for (List<Integer> step : STEPS) {
                        layers.add(convolution(size, step, List.of(1, 1), padding, format));
                        layers.add(convolution(size, List.of(1, 1), step, padding, format));
                    }
                }
            }
        }
        int compared = compare(
                layers,
                Convolution::dataFormat,
                (layer, model, input) -> NaiveWindows.convolution(
                        layer,
                        input,
                        model.layer("layer_0").weight("kernel"),
                        model.layer("layer_0").weight("bias")));
        assertThat(compared).isGreaterThan(250);
    }

    @Test
    void poolingIsAsDefinedForEveryKindPaddingStrideDataFormatAndSize() {
        List<Pooling> layers = new ArrayList<>();
        for (PoolingKind kind : PoolingKind.values()) {
            for (DataFormat format : DataFormat.values()) {
                for (Padding padding : Padding.values()) {
                    for (List<Integer> size : SIZES) {
                        for (List<Integer> stride : STEPS) {
                            layers.add(new Pooling(kind, 2, size, stride, padding, format));
                        }
                    }
                }
            }
        }
        int compared =
                compare(layers, Pooling::dataFormat, (layer, model, input) -> NaiveWindows.pooling(layer, input));
        assertThat(compared).isGreaterThan(300);
    }

    private static Convolution convolution(
            List<Integer> size, List<Integer> strides, List<Integer> dilation, Padding padding, DataFormat format) {
        return new Convolution(2, 3, size, strides, padding, format, dilation, 1, ActivationFunction.LINEAR, true);
    }

    private interface Definition<L> {
        Tensor apply(L layer, KerasModel model, Tensor input);
    }

    private static <L extends UnaryLayer> int compare(
            List<L> layers, Function<L, DataFormat> dataFormat, Definition<L> definition) {
        Random random = new Random(5);
        int compared = 0;
        for (L layer : layers) {
            for (int[] size : IMAGES) {
                Shape shape = dataFormat.apply(layer) == DataFormat.CHANNELS_LAST
                        ? Shape.of(2, size[0], size[1], 2)
                        : Shape.of(2, 2, size[0], size[1]);
                if (fits(layer, shape)) {
                    KerasModel model = Models.sequential(shape.with(0, Shape.UNKNOWN), layer);
                    Tensor input = Models.tensor(random, shape);
                    try (Dl4jModel imported = Dl4jImporter.importModel(model)) {
                        Tensor output = Tensors.toTensor(imported.outputs(List.of(Tensors.toNative(input)))
                                .get(0));
                        Tolerance.assertClose(layer + " of " + shape, output, definition.apply(layer, model, input));
                    }
                    compared++;
                }
            }
        }
        return compared;
    }

    /** Whether the window fits into the input: Keras refuses it otherwise. */
    private static boolean fits(UnaryLayer layer, Shape shape) {
        try {
            layer.outputShape(shape);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
