package io.atelier.bench;

import java.io.IOException;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Properties;
import java.util.stream.Stream;

/** One model as {@code python/bench/models.py} wrote it: the same weights in each peer's format, inputs and outputs. */
final class ModelFolder {
    private final Path folder;
    private final Properties properties = new Properties();

    ModelFolder(Path folder) throws IOException {
        this.folder = folder;
        try (Reader reader = Files.newBufferedReader(folder.resolve("model.properties"))) {
            properties.load(reader);
        }
    }

    /** Written by Keras 3. */
    Path keras() {
        return folder.resolve("model.keras");
    }

    /** Written by Keras 2, which is what stock Deeplearning4j reads. */
    Path keras2() {
        return folder.resolve("model-keras2.h5");
    }

    Path savedModel() {
        return folder.resolve("saved_model");
    }

    Path onnx() {
        return folder.resolve("model.onnx");
    }

    boolean isSequential() {
        return Boolean.parseBoolean(properties.getProperty("sequential"));
    }

    /** The first rows of the inputs. */
    Batch batch(int size) throws IOException {
        int[] row = Stream.of(properties.getProperty("inputShape").split(","))
                .mapToInt(Integer::parseInt)
                .toArray();
        int[] shape = new int[row.length + 1];
        shape[0] = size;
        System.arraycopy(row, 0, shape, 1, row.length);
        int classes = Integer.parseInt(properties.getProperty("classes"));
        int count = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        return new Batch(shape, floats("inputs.bin", count), floats("outputs.bin", size * classes));
    }

    private float[] floats(String name, int count) throws IOException {
        FloatBuffer buffer = ByteBuffer.wrap(Files.readAllBytes(folder.resolve(name)))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        float[] values = new float[count];
        buffer.get(values);
        return values;
    }
}
