package io.atelier.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import com.google.protobuf.CodedOutputStream;
import io.atelier.keras.Tensor;
import io.atelier.keras.layer.Shape;
import io.atelier.onnx.proto.ModelProto;
import io.atelier.onnx.proto.ValueInfoProto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An ONNX model that ONNX Runtime has compiled. Thread-safe, as ONNX Runtime's sessions are, until it is closed.
 *
 * <p>The first run at new input shapes tells the shapes of the outputs; the memory for further runs is then kept, see
 * {@link Binding}.
 */
final class Session implements AutoCloseable {
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final List<String> inputNames;
    private final List<String> outputNames;
    private final BindingPool pool = new BindingPool();

    Session(ModelProto model, OnnxOptions options) {
        this.inputNames = model.getGraph().getInputList().stream()
                .map(ValueInfoProto::getName)
                .toList();
        this.outputNames = model.getGraph().getOutputList().stream()
                .map(ValueInfoProto::getName)
                .toList();
        try {
            this.environment = OrtEnvironment.getEnvironment();
            try (OrtSession.SessionOptions sessionOptions = sessionOptions(options)) {
                this.session = environment.createSession(serialized(model), sessionOptions);
            }
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime refused the graph: " + e.getMessage(), e);
        }
    }

    /** Outside the heap, where the weights are copied once more than the heap has to hold. */
    private static ByteBuffer serialized(ModelProto model) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(model.getSerializedSize());
        try {
            CodedOutputStream stream = CodedOutputStream.newInstance(bytes);
            model.writeTo(stream);
            stream.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.flip();
    }

    private static OrtSession.SessionOptions sessionOptions(OnnxOptions options) throws OrtException {
        OrtSession.SessionOptions sessionOptions = new OrtSession.SessionOptions();
        try {
            sessionOptions.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
            sessionOptions.setIntraOpNumThreads(options.intraOpThreads());
            sessionOptions.addConfigEntry("session.intra_op.allow_spinning", options.spinning() ? "1" : "0");
            if (options.cudaDevice().isPresent()) {
                addCuda(sessionOptions, options.cudaDevice().getAsInt());
            }
            return sessionOptions;
        } catch (OrtException | RuntimeException e) {
            sessionOptions.close();
            throw e;
        }
    }

    private static void addCuda(OrtSession.SessionOptions sessionOptions, int device) {
        try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(device)) {
            // Products of ten bits would not be Keras's numbers.
            cuda.add("use_tf32", "0");
            sessionOptions.addCUDA(cuda);
        } catch (OrtException e) {
            throw new IllegalStateException(
                    "engine onnx cannot run on CUDA device " + device + " (" + e.getMessage()
                            + "); put com.microsoft.onnxruntime:onnxruntime_gpu on the class path in place of onnxruntime",
                    e);
        }
    }

    /** The outputs in the order of the ONNX model's. */
    List<Tensor> run(List<Tensor> inputs) {
        try {
            Optional<Binding> pooled = pool.take(inputs);
            if (pooled.isEmpty()) {
                return firstRun(inputs);
            }
            try {
                return pooled.get().run(session, inputs);
            } finally {
                pool.giveBack(pooled.get());
            }
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime failed: " + e.getMessage(), e);
        }
    }

    private List<Tensor> firstRun(List<Tensor> inputs) throws OrtException {
        List<Tensor> outputs = unbound(inputs);
        pool.giveBack(new Binding(environment, inputNames, shapes(inputs), outputNames, shapes(outputs)));
        return outputs;
    }

    private List<Tensor> unbound(List<Tensor> inputs) throws OrtException {
        Map<String, OnnxTensor> natives = new LinkedHashMap<>();
        try {
            for (int i = 0; i < inputs.size(); i++) {
                natives.put(inputNames.get(i), toNative(inputs.get(i)));
            }
            try (OrtSession.Result result = session.run(natives)) {
                List<Tensor> outputs = new ArrayList<>();
                for (Map.Entry<String, OnnxValue> output : result) {
                    outputs.add(toTensor((OnnxTensor) output.getValue()));
                }
                return outputs;
            }
        } finally {
            natives.values().forEach(OnnxTensor::close);
        }
    }

    private static List<Shape> shapes(List<Tensor> tensors) {
        return tensors.stream().map(Tensor::shape).toList();
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
        pool.close();
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime failed to close: " + e.getMessage(), e);
        }
    }
}
