package io.atelier.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.keras.KerasModel.Kind;
import io.atelier.keras.ModelSummary.Parameters;
import io.atelier.keras.ModelSummary.Row;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares summaries of models made here with the texts that Keras 3.15 printed for the same models. */
class ModelSummaryTest {
    private static final Path TEXTS = Path.of("src/test/resources/io/atelier/keras/summary");

    /** A text is named after its model and the columns of the terminal: {@code shared-60.txt}. */
    @TestFactory
    Stream<DynamicTest> everySummaryIsTheTextThatKerasPrints() throws Exception {
        try (Stream<Path> texts = Files.list(TEXTS)) {
            return texts.sorted().toList().stream().map(text -> {
                String name = text.getFileName().toString();
                String model = name.substring(0, name.indexOf('-'));
                int columns = Integer.parseInt(name.substring(name.indexOf('-') + 1, name.indexOf('.')));
                return DynamicTest.dynamicTest(
                        name,
                        () -> assertThat(ModelSummary.of(SummaryModels.model(model))
                                        .toText(columns))
                                .isEqualTo(Files.readString(text)));
            });
        }
    }

    @Test
    void everyModelMadeHereHasAText() throws Exception {
        try (Stream<Path> texts = Files.list(TEXTS)) {
            assertThat(texts.map(text -> text.getFileName().toString().replaceAll("-.*", "")))
                    .containsAll(SummaryModels.names());
        }
    }

    @Test
    void theSummaryIsAValue() {
        ModelSummary summary = ModelSummary.of(SummaryModels.model("shared"));
        assertThat(summary.name()).isEqualTo("shared");
        assertThat(summary.kind()).isEqualTo(Kind.FUNCTIONAL);
        assertThat(summary.isChain()).isFalse();
        assertThat(summary.rows()).extracting(Row::layer).containsExactly("x", "dense");
        Row dense = summary.rows().get(1);
        assertThat(dense.className()).isEqualTo("Dense");
        assertThat(dense.outputShape()).isEqualTo("(None, 4)");
        assertThat(dense.parameterCount()).isEqualTo(20);
        assertThat(dense.connectedTo())
                .extracting(TensorRef::toString)
                .containsExactly("x[0][0]", "dense[0][0]", "dense[1][0]");
        assertThat(summary.trainable()).isEqualTo(new Parameters(20, 80));
        assertThat(summary.optimizer()).isEmpty();
        assertThat(summary).isEqualTo(ModelSummary.of(SummaryModels.model("shared")));
    }

    @Test
    void theTotalIncludesTheOptimizer() {
        ModelSummary summary = ModelSummary.of(SummaryModels.model("adam"));
        assertThat(summary.trainable()).isEqualTo(new Parameters(89_050, 356_200));
        assertThat(summary.optimizer()).isEqualTo(Optional.of(new Parameters(178_102, 712_412)));
        assertThat(summary.total()).isEqualTo(new Parameters(267_152, 1_068_612));
    }

    @Test
    void ofAnOptimizerInAnHdf5FileOnlyWhatKerasRestoresIsCounted() {
        KerasModel model = SummaryModels.model("adam");
        KerasModel fromHdf5 = new KerasModel(
                model.name(),
                model.kind(),
                model.layers(),
                model.calls(),
                model.inputs(),
                model.outputs(),
                model.trainingConfig(),
                new ModelOrigin("model.h5", ModelOrigin.Format.H5, Optional.empty(), Optional.empty()));
        assertThat(ModelSummary.of(fromHdf5).optimizer()).isEqualTo(Optional.of(new Parameters(2, 12)));
    }

    @Test
    void theTextIsThatOfEightyColumns() {
        ModelSummary summary = ModelSummary.of(SummaryModels.model("two_ends"));
        assertThat(summary).hasToString(summary.toText(80));
    }

    @Test
    void aTableThatDoesNotFitIsRefused() {
        ModelSummary summary = ModelSummary.of(SummaryModels.model("two_ends"));
        assertThat(summary.toText(26)).isNotEmpty();
        assertThatThrownBy(() -> summary.toText(19))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a summary does not fit in 19 columns; give it more");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.00 B",
        "1023, 1023.00 B",
        "1024, 1.00 KB",
        "358184, 349.79 KB",
        "1029, 1.00 KB",
        "1030, 1.01 KB",
        "1152, 1.12 KB",
        "1408, 1.38 KB",
        "1048575, 1024.00 KB",
        "1048576, 1.00 MB",
        "5368709120, 5.00 GB",
        "1649267441664, 1.50 TB",
        "1125899906842624, 1.00 PB"
    })
    void aSizeIsRoundedAsPythonRounds(long bytes, String text) {
        assertThat(ModelSummary.readableSize(bytes)).isEqualTo(text);
    }
}
