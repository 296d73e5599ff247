package io.atelier.conformance;

import static io.atelier.conformance.TestModels.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are damaged or mean harm: one test a kind, each ending in the one exception. */
@Tag("small-heap")
class HostileReferenceTest {
    @TempDir
    private Path folder;

    @Test
    void refusesAFileThatIsNotThere() {
        assertRefused(folder.resolve("none.npz"))
                .hasMessageEndingWith("there is no such file; give a .npz that numpy wrote");
        assertRefused(folder).hasMessageContaining("there is no such file");
    }

    @Test
    void refusesATruncatedFileAtEveryLength() throws IOException {
        byte[] whole = Files.readAllBytes(file("int32"));
        for (int length = 0; length < whole.length; length++) {
            Path file = write(Arrays.copyOf(whole, length));
            assertRefused(file).hasMessageContaining("damaged or not a .npz of numpy");
        }
    }

    @Test
    void refusesOrReadsAFileWithAnyByteChangedButNeverFailsOtherwise() throws IOException {
        byte[] whole = Files.readAllBytes(file("int32"));
        for (int i = 0; i < whole.length; i++) {
            byte[] changed = whole.clone();
            changed[i] ^= 0x55;
            Path file = write(changed);
            try {
                assertThat(Reference.read(file).inputs())
                        .isEqualTo(Reference.read(file("int32")).inputs());
            } catch (InvalidReferenceException e) {
                assertThat(e).hasMessageStartingWith(file.toString());
            }
        }
    }

    @Test
    void refusesAZipThatIsNotANpz() throws IOException {
        assertRefused(zip("readme.txt", "hello".getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("entry 'readme.txt': expected only arrays, whose names end in .npy");
        assertRefused(zip("inputs/0.npy", "hello".getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("entry 'inputs/0': it does not start as an array of numpy does");
        assertRefused(zip("layer/dense.npy", array("(1,)", 4)))
                .hasMessageContaining("entry 'layer/dense': expected 'inputs/<n>', 'outputs/<n>'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(500000000,)            | its shape (500000000,) needs 2000000000 bytes of values; received 8",
                "(1,)                    | its shape (1,) needs 4 bytes of values; received 8",
                "(65536, 65536)          | its shape (65536, 65536) is too large",
                "(65536, 65536, 0)       | its shape (65536, 65536, 0) needs 0 bytes of values; received 8",
                "(2147483647,2147483647,2147483647) | is malformed or too large",
                "(99999999999,)          | its shape (99999999999,) is malformed or too large",
                "(1, ,)                  | its shape (1, ,) is malformed or too large",
                "(-1,)                   | its header is not that of a plain array",
                "2                       | its header is not that of a plain array",
            })
    void refusesAShapeThatLies(String shape, String message) throws IOException {
        assertRefused(zip("inputs/0.npy", array(shape, 8)))
                .hasMessageContaining("entry 'inputs/0': ")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,)}",
                "{'descr': '<f4', 'shape': (1,)}",
                "{'descr': '<f4', 'fortran_order': 'no', 'shape': (1,)}",
                "{'descr': (4,), 'fortran_order': False, 'shape': (1,)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), __import__('os')}",
                "",
            })
    void refusesAHeaderThatIsNotOfAPlainArray(String header) throws IOException {
        assertRefused(zip("inputs/0.npy", arrayWithHeader(header, 4)))
                .hasMessageContaining("its header is not that of a plain array: " + header);
    }

    @ParameterizedTest
    @ValueSource(strings = {"|O", ">f4", "<U9", "<c8", "|b1", "<u4"})
    void refusesATypeByName(String dtype) throws IOException {
        String header = "{'descr': '" + dtype + "', 'fortran_order': False, 'shape': (1,)}";
        assertRefused(zip("inputs/0.npy", arrayWithHeader(header, 4)))
                .hasMessageContaining("received dtype '" + dtype + "'");
    }

    @Test
    void refusesAHeaderThatIsTooLongOrCutShort() throws IOException {
        byte[] array = array("(1,)", 4);
        array[6] = 2;
        Arrays.fill(array, 8, 12, (byte) 0xff);
        assertRefused(zip("inputs/0.npy", array))
                .hasMessageContaining("its header of 4294967295 bytes is over the limit");
        assertRefused(zip("inputs/0.npy", Arrays.copyOf(array("(1,)", 4), 30)))
                .hasMessageContaining("it ends within its header");
        array[6] = 9;
        assertRefused(zip("inputs/0.npy", array)).hasMessageContaining("received 9.0");
    }

    @Test
    void refusesMoreThanTheLimitsAllowBeforeReadingIt() throws IOException {
        // 128 MiB of zeros, which take little of a disk.
        Path bomb = zip("inputs/0.npy", array("(33554432,)", 0), 1 << 27);
        assertThatThrownBy(() -> Reference.read(bomb, new ReferenceLimits(10, 1 << 26)))
                .isInstanceOf(InvalidReferenceException.class)
                .hasMessage(bomb + ": entry 'inputs/0': with it the arrays take 134217728 bytes, over the limit of"
                        + " 67108864 (ReferenceLimits.maxBytes); write a reference with fewer rows");
        assertThatThrownBy(() -> Reference.read(file("classifier"), new ReferenceLimits(4, 1 << 20)))
                .isInstanceOf(InvalidReferenceException.class)
                .hasMessageContaining("its 5 entries are over the limit of 4 (ReferenceLimits.maxEntries)");
    }

    @Test
    void refusesAnIntegerThatNoFloatHolds() throws IOException {
        byte[] array = arrayWithHeader("{'descr': '<i4', 'fortran_order': False, 'shape': (1,), }", 4);
        ByteBuffer.wrap(array).order(ByteOrder.LITTLE_ENDIAN).putInt(array.length - 4, 16_777_217);
        assertRefused(zip("inputs/0.npy", array))
                .hasMessageContaining("its value 1.6777217E7 is outside of what a float32 holds");
    }

    @Test
    void refusesNumbersWithAGap() throws IOException {
        assertRefused(zip("inputs/1.npy", array("(1,)", 4)))
                .hasMessageContaining("entry 'inputs/0' is missing, though there are 1 inputs; number them from 0");
    }

    private AbstractThrowableAssert<?, ?> assertRefused(Path file) {
        return assertThatThrownBy(() -> Reference.read(file))
                .isInstanceOf(InvalidReferenceException.class)
                .hasMessageStartingWith(file + ": ");
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("reference.npz"), bytes);
    }

    private Path zip(String name, byte[] entry) throws IOException {
        return zip(name, entry, 0);
    }

    private Path zip(String name, byte[] entry, int zerosBehind) throws IOException {
        Path file = folder.resolve("reference.npz");
        byte[] zeros = new byte[1 << 20];
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(entry);
            for (int left = zerosBehind; left > 0; left -= zeros.length) {
                zip.write(zeros, 0, Math.min(left, zeros.length));
            }
        }
        return file;
    }

    private static byte[] array(String shape, int valueBytes) {
        return arrayWithHeader("{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + ", }", valueBytes);
    }

    private static byte[] arrayWithHeader(String header, int valueBytes) {
        ByteArrayOutputStream array = new ByteArrayOutputStream();
        array.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) (header.length() + 1), 0});
        array.writeBytes((header + "\n").getBytes(StandardCharsets.US_ASCII));
        array.writeBytes(new byte[valueBytes]);
        return array.toByteArray();
    }
}
