package io.atelier.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.data.ImageFolder.LabelledFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {
    @TempDir
    private Path folder;

    private Path file(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        return Files.createFile(file);
    }

    @Test
    void labelsAreReadFromFileNames() throws IOException {
        Path boot = file("ankle-boot-0003.png");
        Path bag = file("bag_12.JPG");
        file("README.txt");
        file(".hidden-1.png");

        assertThat(ImageFolder.read(folder).files())
                .containsExactly(new LabelledFile(boot, "ankle-boot"), new LabelledFile(bag, "bag"));
    }

    @Test
    void labelsAreReadFromSubfolders() throws IOException {
        Path bag = file("bag/any name.png");
        Path boot = file("ankle boot/2.gif");

        assertThat(ImageFolder.read(folder).files())
                .containsExactly(new LabelledFile(boot, "ankle boot"), new LabelledFile(bag, "bag"));
    }

    @Test
    void foldersThatDoNotTellTheirLabelsAreRefused() throws IOException {
        assertThatThrownBy(() -> ImageFolder.read(folder.resolve("missing")))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("there is no such folder");
        assertThatThrownBy(() -> ImageFolder.read(folder).files())
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("holds no image");

        file("bag/1.png");
        file("bag-0001.png");
        assertThatThrownBy(() -> ImageFolder.read(folder).files())
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("keep to one way");

        file("picture.png");
        assertThatThrownBy(() -> ImageFolder.read(folder).files())
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("picture.png: the name holds no label");
    }
}
