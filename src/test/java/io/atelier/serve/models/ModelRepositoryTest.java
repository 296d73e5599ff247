package io.atelier.serve.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.classify.ImageLimits;
import io.atelier.keras.InvalidModelException;
import io.atelier.keras.Tensor;
import io.atelier.keras.layer.Shape;
import io.atelier.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelRepositoryTest {
    private static final Path SMALL = Fixtures.ROOT.resolve("conformance/dense_plain");
    private static final Path OTHER = Fixtures.ROOT.resolve("conformance/dense_activations");

    @TempDir
    Path folder;

    private final List<String> events = new ArrayList<>();
    private Path version1;
    private Path version2;
    private ModelRepository models;

    @BeforeEach
    void oneModel() throws IOException {
        version1 = Files.createDirectories(folder.resolve("small/1"));
        version2 = folder.resolve("small/2");
        put(SMALL, version1);
        models = new ModelRepository(
                ModelSource.of(folder), Batching.DEFAULT, ImageLimits.DEFAULT, (requests, rows) -> {}, new Events());
    }

    @AfterEach
    void close() {
        models.close();
    }

    private final class Events implements ReloadListener {
        @Override
        public void loaded(ServedModel model) {
            events.add("loaded " + model.key());
        }

        @Override
        public void refused(ModelKey key, RuntimeException reason) {
            events.add("refused " + key);
        }
    }

    @Test
    void loadsAndProvesWhatIsThere() {
        assertThat(models.isReady()).isFalse();
        models.load();
        assertThat(models.isReady()).isTrue();
        assertThat(model().key()).hasToString("small/1");
        assertThat(model().proof()).isPresent();
        assertThat(model().classifier()).isEmpty();
        assertThat(models.find("none", Optional.empty())).isEmpty();
        assertThat(models.refresh()).isFalse();
        assertThat(events).containsExactly("loaded small/1");
    }

    @Test
    void aNewVersionTakesOverAndOneThatIsGoneIsForgotten() throws IOException {
        models.load();
        put(SMALL, Files.createDirectories(version2));
        assertThat(models.refresh()).isTrue();
        assertThat(model().key().version()).isEqualTo(1);
        assertThat(models.refresh()).isFalse();
        assertThat(model().key().version()).isEqualTo(2);
        assertThat(models.find("small", Optional.of(1L))).isPresent();
        ServedModel second = model();
        remove(version2);
        models.refresh();
        assertThat(model().key().version()).isEqualTo(1);
        assertThat(models.find("small", Optional.of(2L))).isEmpty();
        assertClosed(second);
    }

    @Test
    void aVersionThatIsReplacedAnswersUntilTheNextOneDoes() throws IOException {
        models.load();
        remove(version1);
        Files.createDirectories(version2);
        Files.writeString(version2.resolve("model.keras"), "no model");
        models.refresh();
        models.refresh();
        assertThat(model().key().version()).isEqualTo(1);
        assertThat(predict(model())).isNotEmpty();
        put(SMALL, version2);
        models.refresh();
        assertThat(model().key().version()).isEqualTo(1);
        models.refresh();
        assertThat(model().key().version()).isEqualTo(2);
        assertThat(models.find("small", Optional.of(1L))).isEmpty();
        remove(version2);
        models.refresh();
        assertThat(models.states()).isEmpty();
    }

    @Test
    void aChangedFileIsSwappedInWhileTheOldOneFinishes() throws IOException {
        models.load();
        ServedModel old = model();
        assertThat(models.use("small", Optional.empty(), used -> {
                    replace(OTHER);
                    assertThat(model()).isNotSameAs(old);
                    assertThat(used).isSameAs(old);
                    assertThat(predict(old)).isNotEmpty();
                }))
                .isTrue();
        assertClosed(old);
        assertThat(predict(model())).isNotEmpty();
        assertThat(events).containsExactly("loaded small/1", "loaded small/1");
    }

    @Test
    void aBadFileNeverReplacesAGoodOneAndIsReported() throws IOException {
        models.load();
        ServedModel good = model();
        Files.writeString(version1.resolve("model.keras"), "no model");
        models.refresh();
        models.refresh();
        models.refresh();
        assertThat(model()).isSameAs(good);
        assertThat(predict(good)).isNotEmpty();
        assertThat(models.isReady()).isTrue();
        assertThat(models.states().get(0).problem().orElseThrow()).contains("model.keras");
        assertThat(events).containsExactly("loaded small/1", "refused small/1");
        replace(SMALL);
        assertThat(model()).isNotSameAs(good);
        assertThat(models.states().get(0).problem()).isEmpty();
    }

    @Test
    void aModelThatDoesNotComputeWhatItsReferenceHoldsIsRefused() throws IOException {
        models.load();
        ServedModel good = model();
        Path other = Fixtures.ROOT.resolve("conformance/trained_with_sgd");
        put(other, version1);
        Files.copy(
                Fixtures.ROOT.resolve("conformance/trained_with_rmsprop/reference.npz"),
                version1.resolve("reference.npz"),
                StandardCopyOption.REPLACE_EXISTING);
        models.refresh();
        models.refresh();
        assertThat(model()).isSameAs(good);
        assertThat(models.states().get(0).problem().orElseThrow())
                .contains("it does not compute what ")
                .contains("reference.npz holds: the first difference is in ");
    }

    @Test
    void aFileThatIsGoneKeepsAnswering() throws IOException {
        Path file = Files.copy(SMALL.resolve("model.keras"), folder.resolve("alone.keras"));
        try (ModelRepository alone = new ModelRepository(
                ModelSource.of(file), Batching.DEFAULT, ImageLimits.DEFAULT, (requests, rows) -> {}, new Events())) {
            alone.load();
            Files.delete(file);
            alone.refresh();
            alone.refresh();
            assertThat(alone.find("alone", Optional.empty())).isPresent();
            assertThat(alone.states().get(0).problem().orElseThrow()).contains("there is no such file");
        }
    }

    @Test
    void aFolderThatCannotBeReadLeavesTheModelsAsTheyAre() throws IOException {
        models.load();
        put(OTHER, version1);
        Files.copy(SMALL.resolve("model.keras"), version1.resolve("second.keras"));
        models.refresh();
        assertThat(models.sourceProblem().orElseThrow()).contains("expected one model file; received 2");
        assertThat(predict(model())).isNotEmpty();
        Files.delete(version1.resolve("second.keras"));
        models.refresh();
        assertThat(models.sourceProblem()).isEmpty();
    }

    @Test
    void thereMustBeAModelToBeginWith() throws IOException {
        Files.writeString(version1.resolve("model.keras"), "no model");
        assertThatThrownBy(models::load).isInstanceOf(InvalidModelException.class);
        remove(version1);
        assertThatThrownBy(models::load)
                .isInstanceOf(ModelSourceException.class)
                .hasMessageContaining("there is none to serve");
    }

    @Test
    void aBadVersionDoesNotKeepTheOthersFromBeingLoaded() throws IOException {
        Files.createDirectories(version2);
        Files.writeString(version2.resolve("model.keras"), "no model");
        models.load();
        assertThat(model().key().version()).isEqualTo(1);
        assertThat(models.isReady()).isTrue();
        assertThat(models.find("small", Optional.of(2L))).isEmpty();
    }

    private ServedModel model() {
        return models.find("small", Optional.empty()).orElseThrow();
    }

    private void replace(Path by) {
        try {
            put(by, version1);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        models.refresh();
        models.refresh();
    }

    private static void put(Path from, Path to) throws IOException {
        for (String name : List.of("model.keras", "reference.npz")) {
            Files.copy(from.resolve(name), to.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void remove(Path version) throws IOException {
        for (String name : List.of("model.keras", "reference.npz")) {
            Files.deleteIfExists(version.resolve(name));
        }
        Files.delete(version);
    }

    private static List<Tensor> predict(ServedModel model) {
        Shape shape = model.model().inputShapes().get(0).with(0, 1);
        return model.engine().predict(List.of(Tensor.of(shape, new float[(int) shape.valueCount()])));
    }

    private static void assertClosed(ServedModel model) {
        assertThatThrownBy(() -> predict(model)).isInstanceOf(IllegalStateException.class);
    }
}
