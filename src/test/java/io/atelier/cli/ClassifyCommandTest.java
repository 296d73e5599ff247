package io.atelier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.atelier.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassifyCommandTest {
    private static final Path MODEL = Fixtures.FASHION_MNIST.resolve("model.keras");
    private static final Path CNN = Fixtures.ROOT.resolve("conformance/cnn/model.keras");
    private static final Path BAG = Fixtures.FASHION_MNIST.resolve("images/bag-0018.png");
    private static final Path COAT = Fixtures.FASHION_MNIST.resolve("images/coat-0006.png");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aLineAnImage() {
        assertThat(Run.atelier("classify", MODEL, BAG, COAT, "--top", "2"))
                .isEqualTo(
                        new Run(0, BAG + "   Bag 100.0 %  Shirt 0.0 %\n" + COAT + "  Coat 100.0 %  Shirt 0.0 %\n", ""));
    }

    @Test
    void jsonHoldsLabelsAndProbabilities() {
        Run run = Run.atelier("classify", MODEL, BAG, "--json");
        assertThat(run).extracting(Run::exitCode, Run::err).containsExactly(0, "");
        JsonNode image = run.json().get(0);
        assertThat(image.get("file").asText()).isEqualTo(BAG.toString());
        assertThat(image.get("predictions")).hasSize(3);
        assertThat(image.at("/predictions/0/label").asText()).isEqualTo("Bag");
        assertThat(image.at("/predictions/0/probability").asDouble()).isBetween(0.99, 1.0);
    }

    @Test
    void aBadImageDoesNotLoseTheOthers() throws IOException {
        Path text = Files.writeString(folder.resolve("notes.png"), "hello");
        Path missing = folder.resolve("nowhere.png");
        Run run = Run.atelier("classify", MODEL, text, BAG, missing, folder, COAT, "--json");
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err().lines()).hasSize(3);
        assertThat(run.err())
                .contains(
                        "atelier: " + text + ": is no image in a known format",
                        "atelier: " + missing + ": there is no such file\n",
                        "atelier: " + folder + ": is not a file; expected an image file\n");
        assertThat(run.json().findValuesAsText("file"))
                .containsExactly(
                        text.toString(), BAG.toString(), missing.toString(), folder.toString(), COAT.toString());
        assertThat(run.json().get(1).at("/predictions/0/label").asText()).isEqualTo("Bag");
        assertThat(run.json().get(2).get("error").asText()).isEqualTo(missing + ": there is no such file");
        assertThat(run.json().get(2).has("predictions")).isFalse();
    }

    @Test
    void labelsAreNumberedWhereTheModelIsNotOneOfClothes() {
        assertThat(Run.atelier("classify", CNN, BAG).out()).contains("class 0 ", "class 1 ", "class 2 ");
    }

    @Test
    void labelsComeFromAFile() throws IOException {
        Path labels = Files.writeString(folder.resolve("labels.txt"), "red\ngreen\nblue\n");
        assertThat(Run.atelier("classify", CNN, BAG, "--labels", labels).out())
                .contains("  red ", "  green ", "  blue ");
    }

    @Test
    void optionsThatDoNotFitTheModelAreAWrongCommandLine() throws IOException {
        assertThat(Run.atelier("classify", MODEL, BAG, "--logits"))
                .isEqualTo(new Run(
                        2,
                        "",
                        "atelier: model.keras: the model's last layer 'dense_1' applies softmax; expected linear, as"
                                + " the outputs are to be logits (softmax is for probabilities)\n"));
        Path labels = Files.writeString(folder.resolve("labels.txt"), "red\ngreen\n");
        assertThat(Run.atelier("classify", MODEL, BAG, "--labels", labels))
                .extracting(Run::exitCode, Run::out)
                .containsExactly(2, "");
        assertThat(Run.atelier("classify", MODEL, BAG, "--size", "32x32").err())
                .isEqualTo("atelier: model.keras: the model's input has the shape (None, 28, 28, 1): the option size is"
                        + " 32 x 32; leave it out, or use a model of that size\n");
    }

    @Test
    void imagesOfTheDataSetAreNotInvertedUnlessAsked() {
        String plain = Run.atelier("classify", MODEL, BAG, "--json").out();
        assertThat(Run.atelier("classify", MODEL, BAG, "--json", "--invert", "never")
                        .out())
                .isEqualTo(plain);
        assertThat(Run.atelier("classify", MODEL, BAG, "--json", "--invert", "always")
                        .out())
                .isNotEqualTo(plain);
    }
}
