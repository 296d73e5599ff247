package io.atelier.keras.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.keras.InvalidModelException;
import io.atelier.keras.KerasModel;
import io.atelier.keras.UnsupportedModelException;
import io.atelier.testing.Fixtures;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each kind of bad input ends in one exception of ours, in a sentence that says what to do. */
class BadInputTest {
    private static final Path DENSE = Fixtures.ROOT.resolve("conformance/dense_plain");
    private static final Path ARCHIVE = DENSE.resolve("model.keras");

    @TempDir
    Path folder;

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> KerasReader.read(folder.resolve("gone.keras")))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("gone.keras")
                .hasMessageContaining("there is no such file");
    }

    @Test
    void aDirectoryIsNotAModel() {
        assertThatThrownBy(() -> KerasReader.read(folder))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("received a directory");
    }

    @Test
    void anEmptyFileIsSaidToBeEmpty() throws IOException {
        assertInvalid(file("model.h5", new byte[0]), "model.h5: the file is empty");
    }

    @Test
    void aTextFileIsShownByItsBeginning() throws IOException {
        assertInvalid(
                file("model.h5", "Dear colleague, the model is attached".getBytes(StandardCharsets.UTF_8)),
                "received a file that begins with 'Dear colleague, '");
    }

    @Test
    void aFileWithItsLast4KilobytesCutOffIsSaidToBeDamaged() throws IOException {
        for (String name : new String[] {"model.h5", "model.keras"}) {
            byte[] whole = Files.readAllBytes(DENSE.resolve(name));
            assertInvalid(file(name, Arrays.copyOf(whole, whole.length - 4096)), "damaged or cut off");
        }
    }

    @Test
    void theFormatIsToldByContentAndNotByName() throws IOException {
        KerasModel model = KerasReader.read(file("model.h5", Files.readAllBytes(ARCHIVE)));
        assertThat(model.origin().format().id()).isEqualTo("keras");
    }

    @Test
    void aStreamAndAUrlGiveTheSameModelAsTheFile() throws IOException {
        KerasModel fromFile = KerasReader.read(ARCHIVE);
        try (InputStream stream = Files.newInputStream(ARCHIVE)) {
            assertThat(KerasReader.read(stream).layers()).isEqualTo(fromFile.layers());
        }
        assertThat(KerasReader.read(ARCHIVE.toUri().toURL()).layers()).isEqualTo(fromFile.layers());
    }

    @Test
    void aStreamThatNeverEndsIsRefusedAtTheLimit() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }
        };
        assertThatThrownBy(() -> KerasReader.read(
                        endless, ReadOptions.DEFAULT.withLimits(ImportLimits.DEFAULT.withMaxStreamBytes(1 << 20))))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("maxStreamBytes=1048576");
    }

    @Test
    void anArchiveWithoutConfigIsNoModel() throws IOException {
        assertInvalid(archive(entries -> without(entries, "config.json")), "it has no config.json");
    }

    @Test
    void anArchiveWithoutWeightsSaysSo() throws IOException {
        assertInvalid(archive(entries -> without(entries, "model.weights.h5")), "no model.weights.h5");
    }

    @Test
    void theWeightsOfAnArchiveAloneAreNoModel() throws IOException {
        assertInvalid(
                file("model.weights.h5", entries(ARCHIVE).getOrDefault("model.weights.h5", new byte[0])),
                "the file holds weights only");
    }

    @Test
    void aZipBombIsRefusedBeforeItIsUnpacked() throws IOException {
        assertInvalid(
                archive(entries -> with(entries, "config.json", new byte[100 << 20])),
                "'config.json' in the archive is larger than ImportLimits allow: maxConfigBytes");
    }

    @Test
    void entriesThatLeadOutOfTheArchiveAreNeverWritten() throws IOException {
        Path file = archive(entries -> with(entries, "../escaped.txt", new byte[] {1}));
        KerasReader.read(file);
        assertThat(folder.resolveSibling("escaped.txt")).doesNotExist();
        assertThat(folder.toFile().list()).containsExactly("model.keras");
    }

    @Test
    void anUnknownLayerIsNamedAsUnsupported() throws IOException {
        assertThatThrownBy(() ->
                        KerasReader.read(archive(config("\"class_name\": \"Dense\"", "\"class_name\": \"Densest\""))))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("(Densest): this kind of layer is not supported; README.md lists those that are");
    }

    @Test
    void aLambdaLayerIsNeverRun() throws IOException {
        assertThatThrownBy(() ->
                        KerasReader.read(archive(config("\"class_name\": \"Dense\"", "\"class_name\": \"Lambda\""))))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("holds Python code, which is never run");
    }

    @Test
    void aUsersOwnLayerIsNotTakenForOneOfKeras() throws IOException {
        assertThatThrownBy(() ->
                        KerasReader.read(archive(config("\"module\": \"keras.layers\"", "\"module\": \"my.layers\""))))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("this kind of layer is not supported");
    }

    @Test
    void anUnknownOptionIsRefusedRatherThanIgnored() throws IOException {
        assertThatThrownBy(() ->
                        KerasReader.read(archive(config("\"use_bias\": true", "\"use_bias\": true, \"sharpness\": 3"))))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("the options [sharpness=3] are not known");
    }

    @Test
    void oneAndZeroAreTakenForTrueAndFalse() throws IOException {
        Path file = archive(config("\"use_bias\": true", "\"use_bias\": 1"));
        assertThat(KerasReader.read(file).layers())
                .isEqualTo(KerasReader.read(ARCHIVE).layers());
    }

    @Test
    void anOptionOfTheWrongKindIsInvalid() throws IOException {
        assertInvalid(archive(config("\"units\": ", "\"units\": -")), "(Dense): units must be at least 1; received -");
    }

    @Test
    void weightsOfTheWrongShapeAreNamedWithBothShapes() throws IOException {
        assertInvalid(archive(config("\"units\": ", "\"units\": 1")), "weight 'kernel': expected shape");
    }

    @Test
    void missingWeightsAreNamed() throws IOException {
        assertInvalid(
                archive(config("\"use_bias\": false", "\"use_bias\": true")), "expected 2 weights [kernel, bias]");
    }

    @Test
    void allProblemsOfAFileAreInOneMessage() {
        String config = "\"class_name\": \"Dense\"";
        assertThatThrownBy(() -> KerasReader.read(archive(config(config, "\"class_name\": \"Densest\""))))
                .isInstanceOfSatisfying(
                        UnsupportedModelException.class,
                        e -> assertThat(e.problems()).hasSizeGreaterThan(1));
    }

    @Test
    void aWeightBeyondTheLimitIsRefused() {
        assertThatThrownBy(() -> KerasReader.read(
                        ARCHIVE, ReadOptions.DEFAULT.withLimits(ImportLimits.DEFAULT.withMaxWeightBytes(8))))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("ImportLimits.maxWeightBytes=8");
    }

    @Test
    void pureBfloat16IsRefusedByName() {
        assertThatThrownBy(() -> KerasReader.read(Fixtures.ROOT.resolve("conformance/bfloat16/model.keras")))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("received 'bfloat16'. Save the model in float32");
    }

    @Test
    void noSourceLeavesTheReaderWithAnInternalName() {
        assertThatThrownBy(() -> KerasReader.read(new ByteArrayInputStream(new byte[] {'P', 'K', 3, 4, 0, 0})))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageStartingWith("<stream>: the zip archive is damaged or cut off");
    }

    private static void assertInvalid(Path file, String message) {
        assertThatThrownBy(() -> KerasReader.read(file))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageStartingWith(file.getFileName() + ": ")
                .hasMessageContaining(message);
    }

    private Path file(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    /** A good archive, changed. */
    private Path archive(UnaryOperator<Map<String, byte[]>> change) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry :
                    change.apply(entries(ARCHIVE)).entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return file("model.keras", bytes.toByteArray());
    }

    private static Map<String, byte[]> entries(Path archive) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return entries;
    }

    private static UnaryOperator<Map<String, byte[]>> config(String from, String to) {
        return entries -> {
            String config = new String(entries.getOrDefault("config.json", new byte[0]), StandardCharsets.UTF_8);
            assertThat(config).contains(from);
            return with(entries, "config.json", config.replace(from, to).getBytes(StandardCharsets.UTF_8));
        };
    }

    private static Map<String, byte[]> without(Map<String, byte[]> entries, String name) {
        entries.remove(name);
        return entries;
    }

    private static Map<String, byte[]> with(Map<String, byte[]> entries, String name, byte[] content) {
        entries.put(name, content);
        return entries;
    }
}
