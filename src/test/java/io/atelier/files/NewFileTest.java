package io.atelier.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever goes wrong, a file that was there is still there, and nothing is left beside it. */
class NewFileTest {
    @TempDir
    private Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void putSomethingThere() throws IOException {
        file = Files.writeString(folder.resolve("model.keras"), "old");
    }

    @Test
    void aFileIsReplacedAsAWhole() throws IOException {
        NewFile.write(file, true, out -> out.write("new".getBytes(StandardCharsets.UTF_8)), part -> {
            assertThat(part).hasContent("new");
            assertThat(file).hasContent("old");
        });
        assertThat(file).hasContent("new");
        assertNothingElse();
    }

    @Test
    void aDiskThatGetsFullLeavesTheOldFile() {
        assertThatThrownBy(() -> NewFile.write(
                        file,
                        true,
                        out -> {
                            out.write(new byte[1 << 20]);
                            throw new IOException("No space left on device");
                        },
                        part -> {}))
                .isInstanceOf(IOException.class)
                .satisfies(e -> assertThat(NewFile.reason((IOException) e)).isEqualTo("No space left on device"));
        assertThat(file).hasContent("old");
        assertNothingElse();
    }

    @Test
    void aHeapThatGetsFullLeavesTheOldFile() {
        assertThatThrownBy(() -> NewFile.write(
                        file,
                        true,
                        out -> {
                            throw new OutOfMemoryError("Java heap space");
                        },
                        part -> {}))
                .isInstanceOf(OutOfMemoryError.class);
        assertThat(file).hasContent("old");
        assertNothingElse();
    }

    @Test
    void aCheckThatFailsLeavesTheOldFile() {
        assertThatThrownBy(() -> NewFile.write(file, true, out -> out.write(1), part -> {
                    throw new IllegalStateException("the file does not give the model's numbers");
                }))
                .hasMessage("the file does not give the model's numbers");
        assertThat(file).hasContent("old");
        assertNothingElse();
    }

    @Test
    void aFileThatIsThereIsNotReplacedUnlessTold() {
        assertThatThrownBy(() -> NewFile.write(file, false, out -> out.write(1), part -> {}))
                .satisfies(e -> assertThat(NewFile.reason((IOException) e)).isEqualTo("there is a file already"));
        assertThat(file).hasContent("old");
        assertNothingElse();
    }

    private void assertNothingElse() {
        assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file));
    }
}
