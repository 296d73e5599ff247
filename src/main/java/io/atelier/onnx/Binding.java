package io.atelier.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.atelier.keras.Tensor;
import io.atelier.keras.layer.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Native memory for the inputs and outputs of a session at given shapes: a run copies in, computes, copies out, and
 * allocates nothing but its result. Used by one thread at a time.
 */
final class Binding implements AutoCloseable {
    /** A tensor in native memory that Java and ONNX Runtime both see. */
    private record Slot(Shape shape, FloatBuffer buffer, OnnxTensor tensor) {
        static Slot of(OrtEnvironment environment, Shape shape) throws OrtException {
            // ONNX Runtime takes no pointer to nothing: there is room for one value at least.
            FloatBuffer buffer = ByteBuffer.allocateDirect(
                            Math.multiplyExact(Math.max(1, Math.toIntExact(shape.valueCount())), Float.BYTES))
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer()
                    .limit(Math.toIntExact(shape.valueCount()));
            long[] sizes = Arrays.stream(shape.toArray()).asLongStream().toArray();
            return new Slot(shape, buffer, OnnxTensor.createTensor(environment, buffer, sizes));
        }
    }

    private final List<Shape> inputShapes;
    private final List<Slot> inputs = new ArrayList<>();
    private final List<Slot> outputs = new ArrayList<>();
    private final Map<String, OnnxTensor> namedInputs = new LinkedHashMap<>();
    private final Map<String, OnnxTensor> namedOutputs = new LinkedHashMap<>();

    /** Allocates memory; outputs are as many as the session has. */
    Binding(
            OrtEnvironment environment,
            List<String> inputNames,
            List<Shape> inputShapes,
            List<String> outputNames,
            List<Shape> outputShapes)
            throws OrtException {
        this.inputShapes = inputShapes;
        try {
            for (int i = 0; i < inputNames.size(); i++) {
                inputs.add(Slot.of(environment, inputShapes.get(i)));
                namedInputs.put(inputNames.get(i), inputs.get(i).tensor());
            }
            for (int i = 0; i < outputNames.size(); i++) {
                outputs.add(Slot.of(environment, outputShapes.get(i)));
                namedOutputs.put(outputNames.get(i), outputs.get(i).tensor());
            }
        } catch (OrtException | RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    List<Tensor> run(OrtSession session, List<Tensor> tensors) throws OrtException {
        for (int i = 0; i < tensors.size(); i++) {
            inputs.get(i)
                    .buffer()
                    .put(0, tensors.get(i).buffer(), 0, tensors.get(i).valueCount());
        }
        // Closing the result leaves the outputs alone, which it does not own.
        session.run(namedInputs, namedOutputs).close();
        List<Tensor> results = new ArrayList<>(outputs.size());
        for (Slot output : outputs) {
            float[] values = new float[output.buffer().limit()];
            output.buffer().get(0, values);
            results.add(Tensor.wrap(output.shape(), values));
        }
        return results;
    }

    boolean takes(List<Tensor> tensors) {
        for (int i = 0; i < inputShapes.size(); i++) {
            if (!inputShapes.get(i).equals(tensors.get(i).shape())) {
                return false;
            }
        }
        return true;
    }

    long byteCount() {
        return Float.BYTES
                * (inputs.stream().mapToLong(slot -> slot.buffer().capacity()).sum()
                        + outputs.stream()
                                .mapToLong(slot -> slot.buffer().capacity())
                                .sum());
    }

    @Override
    public void close() {
        inputs.forEach(slot -> slot.tensor().close());
        outputs.forEach(slot -> slot.tensor().close());
    }
}
