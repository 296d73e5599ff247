package io.atelier.cli;

import io.atelier.engine.InputCheck;
import io.atelier.keras.KerasLayer;
import io.atelier.keras.KerasModel;
import io.atelier.keras.Tensor;
import io.atelier.keras.layer.InputLayer;
import io.atelier.keras.layer.Rescaling;
import io.atelier.keras.layer.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;

/**
 * Random inputs of a model, in batches of one and of three: within -1 and 1, and within 0 and 1, times 255 where the model
 * rescales pixels; 0 and 1 where it takes whole numbers.
 */
final class RandomBatches {
    private static final int[] SIZES_OF_OPEN_AXES = {16, 32, 64, 128, 224, 299};

    private RandomBatches() {}

    static List<List<Tensor>> of(KerasModel model) {
        Random random = new Random(1);
        double scale = model.layers().stream().anyMatch(RandomBatches::dividesPixels) ? 255 : 1;
        boolean whole = model.layers().stream().anyMatch(RandomBatches::takesWholeNumbers);
        List<List<Tensor>> batches = new ArrayList<>();
        for (int size : new int[] {1, 3}) {
            List<Shape> shapes = shapes(model, size);
            if (whole) {
                batches.add(tensors(shapes, () -> random.nextInt(2)));
                batches.add(tensors(shapes, () -> random.nextInt(2)));
            } else {
                batches.add(tensors(shapes, () -> scale * (2 * random.nextDouble() - 1)));
                batches.add(tensors(shapes, () -> scale * random.nextDouble()));
            }
        }
        return batches;
    }

    private static boolean dividesPixels(KerasLayer layer) {
        return layer.config() instanceof Rescaling rescaling
                && rescaling.scale().stream().allMatch(scale -> Math.abs(scale) < 1 / 50.0);
    }

    /** Any vocabulary has the words 0 and 1. */
    private static boolean takesWholeNumbers(KerasLayer layer) {
        return layer.className().equals("Embedding")
                || (layer.config() instanceof InputLayer input && !input.dtype().contains("float"));
    }

    /** The model's input shapes with this batch size, unless it has its own, and the first sizes of open axes that fit. */
    private static List<Shape> shapes(KerasModel model, int batch) {
        return IntStream.of(SIZES_OF_OPEN_AXES)
                .mapToObj(size -> model.inputShapes().stream()
                        .map(shape -> closed(shape, batch, size))
                        .toList())
                .filter(shapes -> InputCheck.withInputs(model, shapes).isPresent())
                .findFirst()
                .orElseThrow(() -> CommandException.unreadable(
                        model.origin().source() + ": none of the sizes tried for its open axes fits the model"));
    }

    private static Shape closed(Shape shape, int batch, int size) {
        Shape closed = shape;
        for (int axis = 0; axis < shape.rank(); axis++) {
            if (shape.size(axis) == Shape.UNKNOWN) {
                closed = closed.with(axis, axis == 0 ? batch : size);
            }
        }
        return closed;
    }

    private static List<Tensor> tensors(List<Shape> shapes, DoubleSupplier values) {
        return shapes.stream()
                .map(shape -> {
                    float[] floats = new float[Math.toIntExact(shape.valueCount())];
                    for (int i = 0; i < floats.length; i++) {
                        floats[i] = (float) values.getAsDouble();
                    }
                    return Tensor.wrap(shape, floats);
                })
                .toList();
    }
}
