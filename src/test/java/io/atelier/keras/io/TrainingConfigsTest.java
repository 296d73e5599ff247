package io.atelier.keras.io;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atelier.keras.KerasModel;
import io.atelier.keras.TrainingConfig;
import io.atelier.testing.Fixtures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** However a model was compiled, it is read for inference, and what is known of its training is kept. */
class TrainingConfigsTest {
    private static final Path APART = Fixtures.ROOT.resolve("conformance/weights_apart");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"adam\"                                                              | adam   | ",
                "{\"class_name\": \"Custom>Adam\", \"config\": {\"learning_rate\": 1}} | Adam   | ",
                "{\"class_name\": \"mine>Lion\", \"config\": {}}                       | mine>Lion | ",
                "{\"class_name\": \"Adam\", \"config\": {}, \"module\": \"keras.optimizers\"} | Adam | \"mse\"",
            })
    void everyOptimizerIsKept(String optimizer, String expected, String loss) throws Exception {
        KerasModel model = read("{\"optimizer\": " + optimizer + ", \"loss\": " + (loss == null ? "null" : loss) + "}");
        TrainingConfig config = model.trainingConfig().orElseThrow();
        assertThat(config.optimizer()).contains(expected);
        assertThat(config.loss().isPresent()).isEqualTo(loss != null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"sparse_categorical_crossentropy\"                    | sparse_categorical_crossentropy",
                "[\"mse\", null, {\"class_name\": \"Huber\", \"config\": {}}] | [mse, none, Huber]",
                "{\"out\": \"mae\", \"other\": {\"class_name\": \"Dice\", \"config\": {}}} | {out: mae, other: Dice}",
                "{\"class_name\": \"function\", \"config\": \"my_loss\", \"module\": \"builtins\"} | my_loss",
                "{\"class_name\": \"mine>Focal\", \"config\": {\"gamma\": 2}} | mine>Focal",
                "17                                                     | 17",
            })
    void everyLossIsKept(String loss, String expected) throws Exception {
        TrainingConfig config = read("{\"optimizer\": \"sgd\", \"loss\": " + loss + "}")
                .trainingConfig()
                .orElseThrow();
        assertThat(config.loss()).contains(expected);
    }

    @Test
    void aModelThatWasNotCompiledHasNone() throws Exception {
        assertThat(read("{}").trainingConfig()).isEmpty();
        assertThat(read("null").trainingConfig()).isEmpty();
    }

    @Test
    void keras2sOptimizerIsFoundUnderItsOwnKey() {
        Map<String, Object> options =
                Map.of("optimizer_config", Map.of("class_name", "Custom>RMSprop", "config", Map.of()), "loss", "mse");
        assertThat(new TrainingConfig(options, List.of()).optimizer()).contains("RMSprop");
    }

    /** The model with another {@code compile_config}. */
    private KerasModel read(String compileConfig) throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode json = (ObjectNode) mapper.readTree(Files.readString(APART.resolve("architecture.json")));
        json.set("compile_config", mapper.readTree(compileConfig));
        Path file = Files.writeString(folder.resolve("model.json"), json.toString());
        return KerasReader.read(file, APART.resolve("architecture.weights.h5"));
    }
}
