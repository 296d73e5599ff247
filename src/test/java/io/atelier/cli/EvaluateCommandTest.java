package io.atelier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.atelier.testing.Fixtures;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluateCommandTest {
    private static final Path MODEL = Fixtures.FASHION_MNIST.resolve("model.keras");
    private static final Path IMAGES = Fixtures.FASHION_MNIST.resolve("images");

    @TempDir
    private Path folder;

    /** Three images of bags and one of a coat, as IDX files. */
    private Path idx() throws IOException {
        ByteBuffer images = ByteBuffer.allocate(16 + 4 * 784);
        images.putInt(0x803).putInt(4).putInt(28).putInt(28);
        for (String name : new String[] {"bag-0018", "bag-0018", "bag-0018", "coat-0006"}) {
            int[] pixels = ImageIO.read(IMAGES.resolve(name + ".png").toFile())
                    .getRaster()
                    .getPixels(0, 0, 28, 28, (int[]) null);
            for (int pixel : pixels) {
                images.put((byte) pixel);
            }
        }
        Files.write(folder.resolve("my-labels-idx1-ubyte"), new byte[] {0, 0, 8, 1, 0, 0, 0, 4, 8, 8, 8, 4});
        return Files.write(folder.resolve("my-images-idx3-ubyte"), images.array());
    }

    @ParameterizedTest
    @ValueSource(strings = {"onnx", "dl4j"})
    void aFolderIsToldAsText(String engine) {
        Run run = Run.atelier("evaluate", MODEL, "--data", IMAGES, "--engine", engine);

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .startsWith(
                        IMAGES + ": 29 of 30 images right, accuracy 0.9667, top 3 1.0000, top 5 1.0000, loss 0.1130\n")
                .contains(
                        "    accuracy                         0.9667        30\n",
                        "Confusion matrix (a row a true label, a column a predicted one)\n[[3 0 0 ",
                        "Most confident mistakes\n  " + IMAGES);
    }

    @Test
    void idxFilesTakeTheModelsLabelsInItsOrder() throws IOException {
        Path images = idx();

        Run alone = Run.atelier("evaluate", MODEL, "--data", images, "--json");
        JsonNode json = alone.json();
        assertThat(json.get("correct").asInt()).isEqualTo(4);
        assertThat(json.at("/confusionMatrix/8/8").asInt()).isEqualTo(3);
        Run both = Run.atelier(
                "evaluate", MODEL, "--data", images + "," + folder.resolve("my-labels-idx1-ubyte"), "--json");
        assertThat(both.json().get("confusionMatrix")).isEqualTo(json.get("confusionMatrix"));
    }

    @Test
    void aLimitTakesTheSameImagesOfAllClasses() {
        Run run = Run.atelier("evaluate", MODEL, "--data", IMAGES, "--limit", "10", "--json");

        assertThat(run.json().get("images").asInt()).isEqualTo(10);
        assertThat(run.json().findValuesAsText("support")).startsWith("1", "1", "1", "1", "1", "1", "1", "1", "1", "1");
        assertThat(Run.atelier("evaluate", MODEL, "--data", IMAGES, "--limit", "10")
                        .out())
                .isEqualTo(Run.atelier("evaluate", MODEL, "--data", IMAGES, "--limit", "10")
                        .out());
    }

    @Test
    void anAccuracyBelowTheOneAskedForIsAFailedCheck() {
        assertThat(Run.atelier("evaluate", MODEL, "--data", IMAGES, "--min-accuracy", "0.96")
                        .exitCode())
                .isZero();
        assertThat(Run.atelier("evaluate", MODEL, "--data", IMAGES, "--min-accuracy", "0.97"))
                .extracting(Run::exitCode, Run::err)
                .containsExactly(1, "atelier: the accuracy is 0.9666666666666667, below --min-accuracy 0.97\n");
    }

    @Test
    void thePageIsWritten() {
        Path page = folder.resolve("report.html");

        assertThat(Run.atelier("evaluate", MODEL, "--data", IMAGES, "--report", page)
                        .exitCode())
                .isZero();

        assertThat(page).content().contains("<h1>Evaluation of model.keras</h1>", "96.67\u00a0%", "data:image/png");
        assertThat(Run.atelier("evaluate", MODEL, "--data", IMAGES, "--report", folder.resolve("no/page.html")))
                .isEqualTo(new Run(
                        3,
                        "",
                        "atelier: " + folder.resolve("no/page.html")
                                + ": the page cannot be written: its folder does not exist\n"));
    }

    @Test
    void unreadableImagesAreListedOrRefused() throws IOException {
        Files.createDirectory(folder.resolve("bag"));
        Files.copy(IMAGES.resolve("bag-0018.png"), folder.resolve("bag/1.png"));
        Path broken = Files.writeString(folder.resolve("bag/2.png"), "no image");

        Run skipped = Run.atelier("evaluate", MODEL, "--data", folder);
        assertThat(skipped.exitCode()).isZero();
        assertThat(skipped.out())
                .contains(": 1 of 1 images right", "\n1 images could not be read and were skipped\n  " + broken + ": ");
        Run refused = Run.atelier("evaluate", MODEL, "--data", folder, "--unreadable", "refuse");
        assertThat(refused).extracting(Run::exitCode, Run::out).containsExactly(3, "");
        assertThat(refused.err()).startsWith("atelier: " + broken + ": is no image");
    }

    @Test
    void dataThatDoesNotFitIsUnreadable() throws IOException {
        Path images = idx();
        Files.delete(folder.resolve("my-labels-idx1-ubyte"));
        assertThat(Run.atelier("evaluate", MODEL, "--data", images))
                .extracting(Run::exitCode, Run::err)
                .containsExactly(
                        3,
                        "atelier: " + images
                                + ": the file of labels that belongs to it is not beside it; give it as IMAGES,LABELS\n");
        assertThat(Run.atelier("evaluate", MODEL, "--data", folder.resolve("nowhere"))
                        .err())
                .contains("nowhere: there is no such file or folder; expected a folder of images, or IDX files");

        Files.createDirectories(folder.resolve("data/hats"));
        Files.copy(IMAGES.resolve("bag-0018.png"), folder.resolve("data/hats/1.png"));
        assertThat(Run.atelier("evaluate", MODEL, "--data", folder.resolve("data"))
                        .err())
                .contains("has the classes [hats], which are none of the model's labels [T-shirt/top");
    }

    @Test
    void wrongNumbersAreAWrongCommandLine() {
        assertThat(Run.atelier("evaluate", MODEL, "--data", IMAGES, "--limit", "0")
                        .err())
                .contains("invalid value for option '--limit': expected at least 1; received 0");
        assertThat(Run.atelier("evaluate", MODEL, "--data", IMAGES, "--min-accuracy", "97"))
                .extracting(Run::exitCode)
                .isEqualTo(2);
        assertThat(Run.atelier("evaluate", MODEL).err()).contains("missing required option: '--data=DATA'");
    }
}
