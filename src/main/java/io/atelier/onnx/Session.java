package io.atelier.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.atelier.keras.Tensor;
import io.atelier.keras.layer.Shape;
import io.atelier.onnx.proto.ModelProto;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An ONNX model that ONNX Runtime has compiled. Thread-safe, as ONNX Runtime's sessions are, until it is closed. */
final class Session implements AutoCloseable {
    private final OrtEnvironment environment;
    private final OrtSession session;

    Session(ModelProto model) {
        try {
            this.environment = OrtEnvironment.getEnvironment();
            try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
                options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
                this.session = environment.createSession(model.toByteArray(), options);
            }
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime refused the graph: " + e.getMessage(), e);
        }
    }

    /** The outputs in the order of the ONNX model's. */
    List<Tensor> run(List<Tensor> inputs) {
        Map<String, OnnxTensor> natives = new LinkedHashMap<>();
        try {
            for (int i = 0; i < inputs.size(); i++) {
                natives.put(OnnxExporter.inputName(i), toNative(inputs.get(i)));
            }
            try (OrtSession.Result result = session.run(natives)) {
                List<Tensor> outputs = new ArrayList<>();
                for (Map.Entry<String, ai.onnxruntime.OnnxValue> output : result) {
                    outputs.add(toTensor((OnnxTensor) output.getValue()));
                }
                return outputs;
            }
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime failed: " + e.getMessage(), e);
        } finally {
            natives.values().forEach(OnnxTensor::close);
        }
    }

    private OnnxTensor toNative(Tensor tensor) throws OrtException {
        long[] shape = Arrays.stream(tensor.shape().toArray()).asLongStream().toArray();
        return OnnxTensor.createTensor(environment, tensor.buffer(), shape);
    }

    private static Tensor toTensor(OnnxTensor tensor) {
        FloatBuffer buffer = tensor.getFloatBuffer();
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        int[] shape = Arrays.stream(tensor.getInfo().getShape())
                .mapToInt(Math::toIntExact)
                .toArray();
        return Tensor.wrap(Shape.of(shape), values);
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime failed to close: " + e.getMessage(), e);
        }
    }
}
