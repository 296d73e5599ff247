package io.atelier.bench;

import java.util.Map;
import java.util.concurrent.Callable;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.SessionFunction;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;

/** TensorFlow Java on a SavedModel that Keras exported. */
final class TensorFlowPeer implements Peer {
    private final SessionFunction function;

    TensorFlowPeer(ModelFolder folder, int threads) {
        ConfigProto config = ConfigProto.newBuilder()
                .setIntraOpParallelismThreads(threads)
                .setInterOpParallelismThreads(threads)
                .build();
        SavedModelBundle bundle = SavedModelBundle.loader(folder.savedModel().toString())
                .withTags(SavedModelBundle.DEFAULT_TAG)
                .withConfigProto(config)
                .load();
        this.function = bundle.function("serving_default");
    }

    @Override
    public Callable<?> prediction(Batch batch) {
        String name = function.signature().inputNames().iterator().next();
        Map<String, Tensor> inputs =
                Map.of(name, TFloat32.tensorOf(Shape.of(batch.longShape()), DataBuffers.of(batch.values())));
        return () -> {
            try (Result result = function.call(inputs)) {
                TFloat32 output = (TFloat32) result.get(0);
                float[] values = new float[Math.toIntExact(output.size())];
                output.copyTo(DataBuffers.of(values));
                return values;
            }
        };
    }
}
