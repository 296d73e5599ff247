package io.atelier.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jhdf.HdfFile;
import io.jhdf.api.Group;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is written is what another library reads. */
class Hdf5FileTest {
    @Test
    void arraysComeBackAsTheyWere() throws IOException {
        Hdf5Group root = new Hdf5Group();
        root.putFloats("layers/dense/vars/0", new int[] {2, 3}, FloatBuffer.wrap(new float[] {1, 2, 3, 4, 5, -0f}));
        root.putFloats("rate", new int[0], FloatBuffer.wrap(new float[] {Float.MIN_VALUE}));
        root.putLong("iteration", Long.MAX_VALUE);
        try (HdfFile file = read(root)) {
            assertThat(file.getDatasetByPath("layers/dense/vars/0").getData())
                    .isEqualTo(new float[][] {{1, 2, 3}, {4, 5, -0f}});
            assertThat(file.getDatasetByPath("rate").getData()).isEqualTo(Float.MIN_VALUE);
            assertThat(file.getDatasetByPath("iteration").getData()).isEqualTo(Long.MAX_VALUE);
        }
    }

    @Test
    void anArrayOfManyPiecesComesBackAsItWas() throws IOException {
        float[] values = new float[100_003];
        IntStream.range(0, values.length).forEach(i -> values[i] = i);
        Hdf5Group root = new Hdf5Group();
        root.putFloats("long", new int[] {values.length}, FloatBuffer.wrap(values));
        root.putLong("after", 7);
        try (HdfFile file = read(root)) {
            assertThat(file.getDatasetByPath("long").getData()).isEqualTo(values);
            assertThat(file.getDatasetByPath("after").getData()).isEqualTo(7L);
        }
    }

    @Test
    void textsOfAnyLengthAndScriptComeBackAsTheyWere() throws IOException {
        String large = "größer ".repeat(20_000);
        Hdf5Group root = new Hdf5Group();
        root.putText("model_config", large);
        root.putText("backend", "tensorflow");
        root.putText("empty", "");
        root.group("weights").putTexts("layer_names", List.of("dense", "größe", ""));
        try (HdfFile file = read(root)) {
            assertThat(file.getAttribute("model_config").getData()).isEqualTo(large);
            assertThat(file.getAttribute("backend").getData()).isEqualTo("tensorflow");
            assertThat(file.getByPath("weights").getAttribute("layer_names").getData())
                    .isEqualTo(new String[] {"dense", "größe", ""});
        }
    }

    @Test
    void aListThatIsTooLongForOneAttributeIsCutAsKerasCutsIt() throws IOException {
        List<String> names = IntStream.range(0, 5000)
                .mapToObj(i -> "a_rather_long_name_of_a_layer_" + i)
                .toList();
        Hdf5Group root = new Hdf5Group();
        root.putTexts("layer_names", names);
        try (HdfFile file = read(root)) {
            assertThat(file.getAttributes().keySet())
                    .containsExactlyInAnyOrder("layer_names0", "layer_names1", "layer_names2");
            assertThat((String[]) file.getAttribute("layer_names2").getData()).endsWith(names.get(4999));
        }
    }

    @Test
    void aGroupMayHaveThousandsOfMembers() throws IOException {
        Hdf5Group root = new Hdf5Group();
        for (int i = 0; i < 5000; i++) {
            root.group("layers").putLong("layer_with_a_name_" + i, i);
        }
        try (HdfFile file = read(root)) {
            assertThat(((Group) file.getByPath("layers")).getChildren()).hasSize(5000);
            assertThat(file.getDatasetByPath("layers/layer_with_a_name_4999").getData())
                    .isEqualTo(4999L);
        }
    }

    @Test
    void nothingIsWrittenOverWhatIsThere() {
        Hdf5Group root = new Hdf5Group();
        root.putLong("a", 1);
        assertThatThrownBy(() -> root.putLong("a", 2)).hasMessageContaining("there are two of the name 'a'");
        assertThatThrownBy(() -> root.putLong("a/b", 2)).hasMessageContaining("leads through an array");
    }

    @Test
    void sizesThatDoNotFitTheValuesAreRefused() {
        FloatBuffer values = FloatBuffer.wrap(new float[5]);
        assertThatThrownBy(() -> new Hdf5Group().putFloats("a", new int[] {2, 3}, values))
                .hasMessage("axes [2, 3] hold 6 values; received 5");
    }

    private static HdfFile read(Hdf5Group root) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Hdf5File.write(root, bytes);
        return HdfFile.fromBytes(bytes.toByteArray());
    }
}
