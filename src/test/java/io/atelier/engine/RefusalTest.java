package io.atelier.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.atelier.keras.KerasModel;
import io.atelier.keras.UnsupportedModelException;
import io.atelier.keras.io.KerasReader;
import io.atelier.testing.Fixtures;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What Deeplearning4j cannot do is refused by name, before and while a model is opened. */
class RefusalTest {
    @Test
    void convolutionalRecurrentLayersAreRefusedByName() {
        check("conv_lstm2d");
    }

    @Test
    void aModelThatIsHandledHasNoRefusals() {
        KerasModel model = KerasReader.read(Fixtures.FASHION_MNIST.resolve("model.keras"));
        assertThat(Engine.DL4J.refusals(model)).isEmpty();
    }

    private static void check(String fixture) {
        Path folder = Fixtures.ROOT.resolve("conformance").resolve(fixture);
        assertThat(Fixtures.modelsOf(folder)).isNotEmpty().allSatisfy(file -> {
            KerasModel model = Fixtures.read(file);
            List<String> listed =
                    Engine.DL4J.refusals(model).stream().map(Object::toString).toList();
            assertThat(listed).isNotEmpty().allMatch(problem -> problem.startsWith("layer '"));
            assertThatExceptionOfType(UnsupportedModelException.class)
                    .isThrownBy(() -> Engine.DL4J.open(model))
                    .withMessageContaining(file.getFileName().toString())
                    .satisfies(e -> assertThat(e.problems()).isEqualTo(Engine.DL4J.refusals(model)));
        });
    }
}
