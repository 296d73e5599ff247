package io.atelier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.testing.Fixtures;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlotCommandTest {
    private static final Path MODEL = Fixtures.FASHION_MNIST.resolve("model.keras");

    @TempDir
    Path folder;

    @Test
    void writesSvgPngOrDotByTheNameOfTheFile() throws Exception {
        Path svg = folder.resolve("a.svg");
        assertThat(Run.atelier("plot", MODEL, "-o", svg)).isEqualTo(new Run(0, "", ""));
        assertThat(svg).content().startsWith("<svg").contains("conv2d (Conv2D)");
        Path png = folder.resolve("a.PNG");
        assertThat(Run.atelier("plot", MODEL, "-o", png, "--no-shapes").exitCode())
                .isZero();
        assertThat(ImageIO.read(png.toFile()).getHeight()).isGreaterThan(100);
        Path dot = folder.resolve("a.dot");
        assertThat(Run.atelier("plot", MODEL, "-o", dot, "--rankdir", "LR").exitCode())
                .isZero();
        assertThat(Files.readString(dot)).startsWith("digraph model {\n  rankdir=LR;");
    }

    @Test
    void anotherKindOfPictureIsRefused() {
        Run run = Run.atelier("plot", MODEL, "-o", folder.resolve("a.jpg"));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("expected a name that ends in .svg, .png or .dot");
    }
}
