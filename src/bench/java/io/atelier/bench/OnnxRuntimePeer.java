package io.atelier.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.Callable;

/** ONNX Runtime with nothing around it, on the graph that Atelier exports: the floor for what stands on it. */
final class OnnxRuntimePeer implements Peer {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;

    OnnxRuntimePeer(ModelFolder folder, int threads) throws OrtException {
        if (!Files.exists(folder.onnx())) {
            throw new IllegalArgumentException("engine onnx exports no graph of this model");
        }
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            this.session = environment.createSession(folder.onnx().toString(), options);
        }
    }

    @Override
    public Callable<?> prediction(Batch batch) throws OrtException {
        FloatBuffer buffer = ByteBuffer.allocateDirect(Float.BYTES * batch.values().length)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        buffer.put(batch.values()).flip();
        String name = session.getInputNames().iterator().next();
        Map<String, OnnxTensor> inputs = Map.of(name, OnnxTensor.createTensor(environment, buffer, batch.longShape()));
        return () -> {
            try (OrtSession.Result result = session.run(inputs)) {
                FloatBuffer output = ((OnnxTensor) result.get(0)).getFloatBuffer();
                float[] values = new float[output.remaining()];
                output.get(values);
                return values;
            }
        };
    }
}
