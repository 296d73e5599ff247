package io.atelier.serve.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.classify.Fit;
import io.atelier.classify.Inversion;
import io.atelier.classify.Preprocessing;
import io.atelier.engine.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelSourceTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "fashion.keras, fashion",
        "fashion-mnist/model.keras, fashion-mnist",
        "a b/model.h5, a-b",
        "_x.keras, x",
        "모델.keras, model",
    })
    void aFileIsNamedAfterItselfOrItsFolder(String file, String name) {
        assertThat(ModelSource.nameOf(Path.of(file))).isEqualTo(name);
    }

    @Test
    void aFolderHoldsNamesAndVersions() throws IOException {
        write("b/2/model.keras", "");
        write("b/10/weights.h5", "");
        write("a/1/model.keras", "");
        write("a/1/reference.npz", "");
        write("a/new/model.keras", "");
        write("a/3/notes.txt", "");
        write(".hidden/1/model.keras", "");
        assertThat(ModelSource.of(folder).models().specs())
                .containsExactlyInAnyOrder(
                        new ModelSpec(new ModelKey("a", 1), folder.resolve("a/1/model.keras")),
                        new ModelSpec(new ModelKey("b", 2), folder.resolve("b/2/model.keras")),
                        new ModelSpec(new ModelKey("b", 10), folder.resolve("b/10/weights.h5")));
    }

    @Test
    void aConfigFileListsModelsInYamlOrJson() throws IOException {
        Path yaml = write("models.yaml", """
                models:
                  - name: shoes
                    version: 3
                    file: shoes/model.keras
                    labels: shoes.txt
                    size: 28x30
                    fit: crop
                    invert: always
                    logits: true
                    engine: dl4j
                  - name: plain
                    file: plain.h5
                versionLabels:
                  shoes: {stable: 3, v3.0: 3}
                """);
        Path json = write("models.json", """
                {"models": [
                  {"name": "shoes", "version": 3, "file": "shoes/model.keras", "labels": "shoes.txt", "size": "28x30",
                   "fit": "crop", "invert": "always", "logits": true, "engine": "dl4j"},
                  {"name": "plain", "file": "plain.h5"}],
                 "versionLabels": {"shoes": {"stable": 3, "v3.0": 3}}}
                """);
        List<ModelSpec> expected = List.of(
                new ModelSpec(
                        new ModelKey("shoes", 3),
                        folder.resolve("shoes/model.keras"),
                        new ImageOptions(
                                Optional.of(folder.resolve("shoes.txt")),
                                Optional.of(new Preprocessing.Size(28, 30)),
                                Optional.of(Fit.CROP),
                                Optional.of(Inversion.ALWAYS),
                                true),
                        Engine.DL4J),
                new ModelSpec(new ModelKey("plain", 1), folder.resolve("plain.h5")));
        Map<VersionLabel, Long> labels =
                Map.of(new VersionLabel("shoes", "stable"), 3L, new VersionLabel("shoes", "v3.0"), 3L);
        assertThat(ModelSource.of(yaml).models()).isEqualTo(new ModelList(expected, labels));
        assertThat(ModelSource.of(json).models()).isEqualTo(new ModelList(expected, labels));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                            | expected a list 'models'; received none",
                "{models: [{file: a}]}                         | models[0]: the key 'name' is missing",
                "{models: [{name: a}]}                         | models[0]: the key 'file' is missing",
                "{models: [{name: a/b, file: a}]}              | a model's name has from 1 to 128 letters",
                "{models: [{name: a, file: a, version: -1}]}   | a model's version is at least 0; received -1",
                "{models: [{name: a, file: a, lables: x}]}     | Unrecognized field \"lables\"",
                "{models: [{name: a, name: b, file: a}]}       | Duplicate field 'name'",
                "{models: [{name: a, file: a, fit: squeeze}]}  | fit: expected one of [letterbox, crop, stretch]; received 'squeeze'",
                "{models: [{name: a, file: a, size: 28}]}      | size: expected height x width, such as 28x28; received '28'",
                "{models: [{name: a, file: a}, {name: a, file: b}]} | the model a/1 is listed twice",
                "{models: [{name: a, file: a, version: 1.5}]}  | Cannot coerce Floating-point value (1.5)",
                "{models: [{name: a, file: a}, null]}          | models[1]: expected a model with its name and file; received nothing",
                "{models: [{name: a, file: a}], versionLabels: {b: {x: 1}}} | versionLabels: the label b/x stands for b/1, which is not among the models; expected one of [a/1]",
                "{models: [{name: a, file: a}], versionLabels: {a: {x: 2}}} | versionLabels: the label a/x stands for a/2, which is not among the models; expected one of [a/1]",
                "{models: [{name: a, file: a}], versionLabels: {a: {x: 1, x: 1}}} | Duplicate field 'x'",
                "{models: [{name: a, file: a}], versionLabels: {a: {x: }}} | versionLabels: the label a/x has no version",
                "{models: [{name: a, file: a}], versionLabels: {a: {x: 1.5}}} | Cannot coerce Floating-point value (1.5)",
                "{models: [{name: a, file: a}], versionLabels: {a: {x/y: 1}}} | versionLabels: a label has from 1 to 128 letters",
                "{models: [{name: a, file: a}], versionLabels: {a: 1}} | the config file cannot be understood",
                "models                                        | the config file cannot be understood",
            })
    void aConfigFileThatIsWrongIsRefused(String text, String message) throws IOException {
        Path file = write("models.yaml", text);
        assertThatThrownBy(() -> ModelSource.of(file).models())
                .isInstanceOf(ModelSourceException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(message);
    }

    @Test
    void sourcesAreJoinedUnlessTheyClash() {
        ModelSource a = ModelSource.of(new ModelSpec(new ModelKey("a", 1), Path.of("a.keras")));
        ModelSource b = ModelSource.of(new ModelSpec(new ModelKey("b", 1), Path.of("b.keras")));
        assertThat(ModelSource.joined(List.of(a, b)).models().specs()).hasSize(2);
        assertThatThrownBy(() -> ModelSource.joined(List.of(a, b, a)).models())
                .isInstanceOf(ModelSourceException.class)
                .hasMessageContaining("its name and version, a/1, are those of a.keras; give one another name");
    }

    @Test
    void labelsOfSeveralSourcesAreJoinedUnlessTheyClash() {
        ModelSource stable = labelled("stable", 3);
        ModelSource canary = labelled("canary", 4);
        assertThat(ModelSource.joined(List.of(stable, canary)).models().labels())
                .containsOnly(
                        Map.entry(new VersionLabel("a", "stable"), 3L), Map.entry(new VersionLabel("a", "canary"), 4L));
        assertThatThrownBy(() -> ModelSource.joined(List.of(stable, labelled("stable", 4)))
                        .models())
                .isInstanceOf(ModelSourceException.class)
                .hasMessage("models: the label a/stable is given to the versions 3 and 4; remove one");
    }

    private static ModelSource labelled(String label, long version) {
        ModelSpec spec = new ModelSpec(new ModelKey("a", version), Path.of("a.keras"));
        return () -> new ModelList(List.of(spec), Map.of(new VersionLabel("a", label), version));
    }

    @Test
    void aFolderThatIsNotThereIsNoSource() {
        assertThatThrownBy(() -> new VersionFolders(folder.resolve("gone")).models())
                .isInstanceOf(ModelSourceException.class)
                .hasMessageContaining("the folder cannot be read");
        assertThatThrownBy(() -> ModelSource.of(folder.resolve("gone.yaml")).models())
                .isInstanceOf(ModelSourceException.class)
                .hasMessageContaining("the config file cannot be read");
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
