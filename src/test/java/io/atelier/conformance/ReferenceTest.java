package io.atelier.conformance;

import static io.atelier.conformance.TestModels.file;
import static io.atelier.conformance.TestModels.reference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.keras.Tensor;
import io.atelier.keras.layer.Shape;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReferenceTest {
    @Test
    void readsEveryEntryThatNumpyWrote() {
        Reference reference = reference("classifier");

        assertThat(reference.source()).isEqualTo(file("classifier").toString());
        assertThat(reference.rows()).isEqualTo(130);
        assertThat(reference.inputs()).extracting(Tensor::shape).containsExactly(Shape.of(130, 4));
        assertThat(reference.outputs()).extracting(Tensor::shape).containsExactly(Shape.of(130, 3));
        assertThat(reference.layers().keySet()).containsExactly("hidden", "scores");
        assertThat(layer(reference, "hidden").shape()).isEqualTo(Shape.of(70, 5));
        assertThat(reference.labels().orElseThrow()).hasSize(130).allMatch(label -> label >= 0 && label < 3);
    }

    @Test
    void readsAnUncompressedFileWithoutLayersOrLabels() {
        Reference reference = reference("outputs_only");

        assertThat(reference.rows()).isEqualTo(6);
        assertThat(reference.layers()).isEmpty();
        assertThat(reference.labels()).isEmpty();
    }

    @Test
    void readsFortranOrderAsRowMajorAndBytesAsUnsigned() {
        Reference reference = reference("fortran");

        float[] cube = new float[24];
        float[] shifted = new float[24];
        for (int i = 0; i < 24; i++) {
            cube[i] = i;
            shifted[i] = i + 200;
        }
        assertThat(reference.inputs()).containsExactly(Tensor.wrap(Shape.of(2, 3, 4), cube));
        assertThat(reference.outputs()).containsExactly(Tensor.wrap(Shape.of(2, 3, 4), shifted));
    }

    @Test
    void readsFloat64AndInt64AsTheSameValues() {
        Reference reference = reference("types");
        Reference classifier = reference("classifier");

        assertThat(reference.inputs())
                .containsExactly(classifier.inputs().get(0).rows(0, 6));
        assertThat(reference.outputs())
                .containsExactly(classifier.outputs().get(0).rows(0, 6));
        assertThat(layer(reference, "hidden"))
                .isEqualTo(layer(classifier, "hidden").rows(0, 6));
        assertThat(reference.labels())
                .contains(classifier.labels().orElseThrow().subList(0, 6));
    }

    @Test
    void readsInt32AndUnicodeNames() {
        Reference reference = reference("int32");

        assertThat(reference.inputs().get(0).toArray()).containsExactly(1, 2, 3, 70000, -5, 0);
        assertThat(reference.layers()).containsOnlyKeys("halb ½ 層@1");
    }

    @Test
    void refusesATypeItDoesNotKnowByName() {
        assertThatThrownBy(() -> reference("float16"))
                .isInstanceOf(InvalidReferenceException.class)
                .hasMessage(file("float16") + ": entry 'inputs/0': expected float32, float64, int32, int64 or uint8;"
                        + " received dtype '<f2'; convert the array with astype before saving it;"
                        + " write the reference again with numpy.savez");
    }

    @Test
    void refusesAReferenceWithoutOutputs() {
        assertThatThrownBy(() -> reference("without_outputs"))
                .isInstanceOf(InvalidReferenceException.class)
                .hasMessage(file("without_outputs") + ": expected at least one input and one output;"
                        + " received 1 and 0; write entries 'inputs/0', … and 'outputs/0', …");
    }

    @Test
    void refusesRowsThatDoNotFitTheBatch() {
        Tensor two = Tensor.of(Shape.of(2, 1), 1, 2);
        Tensor three = Tensor.of(Shape.of(3, 1), 1, 2, 3);

        assertThatThrownBy(() -> new Reference("r", List.of(two), List.of(three), Map.of(), Optional.empty()))
                .isInstanceOf(InvalidReferenceException.class)
                .hasMessage("r: entry 'outputs/0': expected 2 rows, as 'inputs/0' has; received shape (3, 1)");
        assertThatThrownBy(() -> new Reference("r", List.of(two), List.of(two), Map.of("d", three), Optional.empty()))
                .isInstanceOf(InvalidReferenceException.class)
                .hasMessage("r: entry 'layers/d': expected from 1 to 2 rows, as many as the batch has at most;"
                        + " received shape (3, 1)");
        assertThatThrownBy(() -> new Reference("r", List.of(two), List.of(two), Map.of(), Optional.of(List.of(1))))
                .isInstanceOf(InvalidReferenceException.class)
                .hasMessage("r: entry 'labels': expected 2 labels, one for each row of the inputs; received 1");
    }

    private static Tensor layer(Reference reference, String name) {
        return Objects.requireNonNull(reference.layers().get(name));
    }
}
