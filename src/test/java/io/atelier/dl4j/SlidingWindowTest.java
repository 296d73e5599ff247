package io.atelier.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.atelier.engine.Engine;
import io.atelier.engine.InferenceEngine;
import io.atelier.keras.KerasLayer;
import io.atelier.keras.KerasModel;
import io.atelier.keras.LayerCall;
import io.atelier.keras.ModelOrigin;
import io.atelier.keras.Tensor;
import io.atelier.keras.TensorRef;
import io.atelier.keras.layer.ActivationFunction;
import io.atelier.keras.layer.Convolution;
import io.atelier.keras.layer.InputLayer;
import io.atelier.keras.layer.LayerConfig;
import io.atelier.keras.layer.Pooling;
import io.atelier.keras.layer.PoolingKind;
import io.atelier.keras.layer.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Convolution and pooling against loops, over every combination of their options. */
class SlidingWindowTest {
    private static final int BATCH = 2;
    private static final int CHANNELS = 2;
    private static final int FILTERS = 3;
    private static final float TOLERANCE = 1e-5f;

    @ParameterizedTest
    @MethodSource("io.atelier.dl4j.WindowCase#dilatedOrNot")
    void convolutionIsWhatLoopsCompute(WindowCase window) {
        Random random = new Random(window.hashCode());
        Tensor images = random(random, NaiveWindows.inputShape(window, BATCH, CHANNELS));
        Shape kernelShape = Shape.of(window.size().get(0), window.size().get(1), CHANNELS, FILTERS);
        Tensor kernel = random(random, kernelShape);
        Tensor bias = random(random, Shape.of(FILTERS));
        Convolution config = new Convolution(window.toSlidingWindow(), FILTERS, 1, ActivationFunction.LINEAR, true);
        Map<String, Tensor> weights = new LinkedHashMap<>();
        weights.put("kernel", kernel);
        weights.put("bias", bias);
        assertSameInEveryEngine(config, weights, images, NaiveWindows.convolve(window, images, kernel, bias));
    }

    @ParameterizedTest
    @MethodSource("io.atelier.dl4j.WindowCase#undilated")
    void maxPoolingIsWhatLoopsCompute(WindowCase window) {
        checkPooling(window, PoolingKind.MAX);
    }

    @ParameterizedTest
    @MethodSource("io.atelier.dl4j.WindowCase#undilated")
    void averagePoolingIsWhatLoopsCompute(WindowCase window) {
        checkPooling(window, PoolingKind.AVERAGE);
    }

    private static void checkPooling(WindowCase window, PoolingKind kind) {
        Random random = new Random(window.hashCode());
        Tensor images = random(random, NaiveWindows.inputShape(window, BATCH, CHANNELS));
        Pooling config = new Pooling(kind, window.toSlidingWindow());
        assertSameInEveryEngine(config, Map.of(), images, NaiveWindows.pool(window, images, kind, CHANNELS));
    }

    private static void assertSameInEveryEngine(
            LayerConfig config, Map<String, Tensor> weights, Tensor input, Tensor expected) {
        KerasModel model = new KerasModel(
                "one_layer",
                KerasModel.Kind.SEQUENTIAL,
                List.of(
                        new KerasLayer("x", new InputLayer(input.shape().with(0, Shape.UNKNOWN), "float32"), Map.of()),
                        new KerasLayer("layer", config, weights)),
                List.of(new LayerCall("x", 0, List.of()), new LayerCall("layer", 0, List.of(TensorRef.of("x")))),
                List.of(TensorRef.of("x")),
                List.of(TensorRef.of("layer")),
                Optional.empty(),
                ModelOrigin.memory());
        for (Engine kind : Engine.values()) {
            try (InferenceEngine engine = kind.open(model)) {
                assertSame(engine.predict(List.of(input)).get(0), expected);
            }
        }
    }

    /** Values of both signs, more of them negative, so that counted padding shows in a maximum. */
    private static Tensor random(Random random, Shape shape) {
        float[] values = new float[Math.toIntExact(shape.valueCount())];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() * 2 - 1.5f;
        }
        return Tensor.wrap(shape, values);
    }

    private static void assertSame(Tensor ours, Tensor expected) {
        assertThat(ours.shape()).isEqualTo(expected.shape());
        assertThat(ours.toArray()).containsExactly(expected.toArray(), within(TOLERANCE));
    }
}
