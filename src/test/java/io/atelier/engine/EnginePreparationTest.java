package io.atelier.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.keras.KerasModel;
import io.atelier.keras.Tensor;
import io.atelier.keras.io.KerasReader;
import io.atelier.testing.Fixtures;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EnginePreparationTest {
    @ParameterizedTest
    @EnumSource(Engine.class)
    void anEngineOpensWhileItIsStillBeingPreparedAndAfterwards(Engine engine) throws InterruptedException {
        KerasModel model = KerasReader.read(Fixtures.FASHION_MNIST.resolve("model.keras"));
        Tensor image = RandomInputs.of(model, 1, 7).get(0);

        engine.prepare();
        Tensor meanwhile = predict(engine, model, image);
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("atelier-prepare-" + engine.id())) {
                assertThat(thread.isDaemon()).isTrue();
                thread.join();
            }
        }

        assertThat(predict(engine, model, image)).isEqualTo(meanwhile);
    }

    private static Tensor predict(Engine engine, KerasModel model, Tensor image) {
        try (InferenceEngine running = engine.open(model)) {
            return running.predict(List.of(image)).get(0);
        }
    }
}
