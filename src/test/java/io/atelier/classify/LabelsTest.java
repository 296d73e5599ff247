package io.atelier.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.keras.layer.ActivationFunction;
import io.atelier.keras.layer.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelsTest {
    private enum Plain {
        ONE,
        TWO
    }

    @TempDir
    private Path folder;

    private Labels<String> read(String text) throws IOException {
        return Labels.read(Files.writeString(folder.resolve("labels.txt"), text));
    }

    @Test
    void theFashionItemsHaveTheDatasetsNamesInItsOrder() {
        assertThat(Labels.ofEnum(FashionItem.class).displayNames())
                .containsExactly(
                        "T-shirt/top",
                        "Trouser",
                        "Pullover",
                        "Dress",
                        "Coat",
                        "Sandal",
                        "Shirt",
                        "Sneaker",
                        "Bag",
                        "Ankle boot");
        assertThat(FashionItem.ofLabel(9)).isEqualTo(FashionItem.ANKLE_BOOT);
        assertThatThrownBy(() -> FashionItem.ofLabel(10)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anEnumWithoutDisplayNamesIsNamedByItsConstants() {
        assertThat(Labels.ofEnum(Plain.class).displayNames()).containsExactly("ONE", "TWO");
    }

    @Test
    void aFileOfLinesIsReadWhateverItsLineEndsAndMark() throws IOException {
        assertThat(read("\uFEFFcat\r\n dog \r\nfür\r\n\r\n\n").items()).containsExactly("cat", "dog", "für");
    }

    @Test
    void filesThatAreNoLabelsAreRefused() throws IOException {
        assertThatThrownBy(() -> read("cat\n\ndog\n")).hasMessageContaining("label 1 is blank");
        assertThatThrownBy(() -> read("cat\ncat\n")).hasMessageContaining("'cat' occurs twice");
        assertThatThrownBy(() -> read("")).hasMessageContaining("at least one label");
        assertThatThrownBy(() -> read("x".repeat((1 << 20) + 1))).hasMessageContaining("at most 1048576 bytes");
        Path latin = Files.write(folder.resolve("latin.txt"), "für".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> Labels.read(latin))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(latin + ": labels must be UTF-8 text; save the file as UTF-8");
        assertThatThrownBy(() -> Labels.read(folder.resolve("missing.txt"))).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void aModelWithoutLabelsHasNumberedOnesOneForEachOutputAndTwoForASingleOne() {
        Shape input = Shape.of(-1, 2, 2, 1);
        assertThat(Labels.numbered(FakeEngine.model(input, 3, ActivationFunction.SOFTMAX))
                        .items())
                .containsExactly("class 0", "class 1", "class 2");
        assertThat(Labels.numbered(FakeEngine.model(input, 1, ActivationFunction.SIGMOID))
                        .items())
                .containsExactly("class 0", "class 1");
    }

    @Test
    void aLabelIsFoundByItsNameOrItsFileName() {
        Labels<FashionItem> labels = Labels.ofEnum(FashionItem.class);

        assertThat(labels.find("T-shirt/top")).contains(FashionItem.T_SHIRT_TOP);
        assertThat(labels.find("t-shirt-top")).contains(FashionItem.T_SHIRT_TOP);
        assertThat(labels.find("ANKLE_BOOT")).contains(FashionItem.ANKLE_BOOT);
        assertThat(labels.find("hat")).isEmpty();
        assertThat(Labels.of(List.of("a b", "ab")).find("A-B")).isEmpty();
    }

    @Test
    void aPredictionTakesOneProbabilityALabel() {
        Labels<String> labels = Labels.of(List.of("a", "b"));

        assertThatThrownBy(() -> new Prediction<>(labels, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Prediction<>(labels, Float.NaN, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("received NaN");
        assertThatThrownBy(() -> new Prediction<>(labels, 0.5f, 0.5f).probability("c"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'c' is none of the labels [a, b]");
        assertThat(new Prediction<>(labels, 0.5f, 0.5f).item()).isEqualTo("a");
    }
}
