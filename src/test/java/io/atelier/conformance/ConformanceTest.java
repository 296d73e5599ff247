package io.atelier.conformance;

import static io.atelier.conformance.TestModels.file;
import static io.atelier.conformance.TestModels.reference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.atelier.conformance.TensorComparison.Difference;
import io.atelier.keras.KerasModel;
import io.atelier.keras.Tensor;
import io.atelier.keras.layer.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

class ConformanceTest {
    @Test
    void passesAnEngineThatComputesWhatKerasComputed() {
        FakeEngine engine = new FakeEngine(TestModels.classifier());

        ConformanceReport report = Conformance.check(engine, reference("classifier"));

        assertThat(report.verdict()).isEqualTo(Verdict.PASS);
        assertThat(report.failures()).isEmpty();
        assertThat(report.layers()).extracting(TensorComparison::name).containsExactly("hidden", "scores");
        assertThat(report.layers())
                .extracting(TensorComparison::shape)
                .containsExactly(Shape.of(70, 5), Shape.of(2, 3));
        assertThat(report.outputs()).extracting(TensorComparison::name).containsExactly("outputs/0");
        assertThat(report.outputs()).extracting(TensorComparison::className).containsExactly("Dense");
        assertThat(report.comparisons()).allMatch(comparison -> comparison.maxRel() < 1e-5);
        assertThat(report.notCompared()).isEmpty();
        assertThat(report.argmaxAgreement()).hasValue(1);
        assertThat(report.accuracy()).contains(new ConformanceReport.Accuracy(0.9, 0.9));
    }

    @Test
    void feedsNoMoreThan64RowsAtOnceAndOnlyTheRowsThatLayersNeed() {
        FakeEngine engine = new FakeEngine(TestModels.classifier());

        Conformance.check(engine, reference("classifier"));

        assertThat(engine.batches()).containsExactly(64, 6, 64, 64, 2);
    }

    @Test
    void feedsAModelOfFixedBatchSizeAllRowsAtOnce() {
        FakeEngine engine = new FakeEngine(TestModels.classifier(130));

        assertThat(Conformance.check(engine, reference("classifier")).verdict()).isEqualTo(Verdict.PASS);
        assertThat(engine.batches()).containsExactly(130, 130);
    }

    @Test
    void failsAndNamesTheLayerAndThePlaceOfADamagedValue() {
        ConformanceReport report = check(TestModels.classifier(), "damaged_layer");

        assertThat(report.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(report.failures()).extracting(TensorComparison::name).containsExactly("hidden");
        TensorComparison hidden = report.failures().get(0);
        Difference largest = hidden.largest().orElseThrow();
        assertThat(largest.index()).containsExactly(66, 3);
        assertThat(largest.keras()).isEqualTo(2.5f);
        assertThat(hidden.maxAbs()).isEqualTo(Math.abs(2.5 - largest.ours()));
        assertThat(hidden.maxRel()).isLessThan(hidden.maxAbs());
    }

    @Test
    void failsOnADamagedOutputInTheLastRow() {
        ConformanceReport report = check(TestModels.classifier(), "damaged_output");

        assertThat(report.failures()).extracting(TensorComparison::name).containsExactly("outputs/0");
        assertThat(report.failures().get(0).largest().orElseThrow().index()).containsExactly(5, 0);
        assertThat(report.argmaxAgreement()).hasValue(5 / 6.0);
        assertThat(report.accuracy()).contains(new ConformanceReport.Accuracy(0, 0));
    }

    @Test
    void appliesTheToleranceItIsGiven() {
        Tolerance tolerance = new Tolerance(2);

        ConformanceReport report =
                Conformance.check(new FakeEngine(TestModels.classifier()), reference("damaged_layer"), tolerance);

        assertThat(report.verdict()).isEqualTo(Verdict.PASS);
        assertThatThrownBy(() -> new Tolerance(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void failsOnANaNThatOnlyOneSideHas() {
        ConformanceReport kerasOnly = check(TestModels.classifier(), "nan");
        assertThat(kerasOnly.failures()).extracting(TensorComparison::name).containsExactly("scores");
        assertThat(kerasOnly.failures().get(0).maxRel()).isNaN();
        assertThat(kerasOnly.failures().get(0).largest().orElseThrow().index()).containsExactly(1, 2);

        FakeEngine engine = new FakeEngine(TestModels.classifier()).erring("hidden", with(3, Float.NaN));
        ConformanceReport oursOnly = Conformance.check(engine, reference("without_hidden"));
        assertThat(oursOnly.failures()).extracting(TensorComparison::name).containsExactly("scores", "outputs/0");
    }

    @Test
    void takesNaNAndInfinitiesInTheSamePlaceForEqual() {
        Tensor odd = Tensor.of(Shape.of(1, 4), Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 100);

        TensorComparison same = compare(odd, odd);
        assertThat(same.verdict()).isEqualTo(Verdict.PASS);
        assertThat(same.maxAbs()).isZero();
        assertThat(same.largest()).isEmpty();

        TensorComparison otherSign = compare(with(1, Float.NEGATIVE_INFINITY).apply(odd), odd);
        assertThat(otherSign.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(otherSign.maxAbs()).isInfinite();

        // The infinity does not widen the tolerance: it is relative to 100.
        TensorComparison off = compare(with(3, 101).apply(odd), odd);
        assertThat(off.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(off.maxRel()).isEqualTo(0.01, within(1e-9));
    }

    @Test
    void comparesEachCallOfASharedLayer() {
        ConformanceReport report = check(TestModels.shared(), "shared");

        assertThat(report.verdict()).isEqualTo(Verdict.PASS);
        assertThat(report.layers()).extracting(TensorComparison::name).containsExactly("d@0", "d@1");
    }

    @Test
    void findsALayerWhoseNameLooksLikeACallAndTakesIntegerInputs() {
        ConformanceReport report = check(TestModels.halves(), "int32");

        assertThat(report.verdict()).isEqualTo(Verdict.PASS);
        assertThat(report.layers()).extracting(TensorComparison::name).containsExactly("halb ½ 層@1");
    }

    @Test
    void readsOtherTypesAndComparesThem() {
        assertThat(check(TestModels.classifier(), "types").verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void comparesOutputsAloneIfTheReferenceHasNoLayers() {
        ConformanceReport report = check(TestModels.classifier(), "outputs_only");

        assertThat(report.verdict()).isEqualTo(Verdict.PASS);
        assertThat(report.layers()).isEmpty();
        assertThat(report.notCompared()).isEmpty();
        assertThat(report.accuracy()).isEmpty();
    }

    @Test
    void listsTheLayersThatTheReferenceLacks() {
        ConformanceReport report = check(TestModels.classifier(), "without_hidden");

        assertThat(report.verdict()).isEqualTo(Verdict.PASS);
        assertThat(report.notCompared()).containsExactly("hidden");
    }

    @Test
    void comparesTheLayersOfANestedModelInItsPlace() {
        KerasModel model = TestModels.nested();
        Tensor x = Tensor.of(Shape.of(1, 4), 1, 2, 3, 4);
        Tensor y = new FakeEngine(model).predict(List.of(x)).get(0);
        Reference reference =
                new Reference("r", List.of(x), List.of(y), Map.of("block", y, "block/d", y), Optional.empty());

        ConformanceReport report = Conformance.check(new FakeEngine(model), reference);

        assertThat(report.layers()).extracting(TensorComparison::name).containsExactly("block/d");
        assertThat(report.notCompared()).containsExactly("block");
    }

    @Test
    void failsATensorOfAnotherShape() {
        TensorComparison hidden =
                check(TestModels.classifier(), "wrong_layer_shape").failures().get(0);

        assertThat(hidden.name()).isEqualTo("hidden");
        assertThat(hidden.obstacle()).contains("expected shape (6, 4); received (6, 5)");
        assertThat(hidden.maxRel()).isNaN();
    }

    @Test
    void refusesAReferenceOfAnotherModel() {
        KerasModel classifier = TestModels.classifier();
        assertRefused(classifier, "other_model")
                .hasMessage(file("other_model") + ": entry 'layers/conv2d': the model has no such layer, only"
                        + " [image, hidden, scores]; was the reference written for another model?");
        assertRefused(classifier, "wrong_input_shape")
                .hasMessage(file("wrong_input_shape") + ": entry 'inputs/0': expected shape (None, 4);"
                        + " received (6, 7); was the reference written for another model?");
        assertRefused(classifier, "shared").hasMessageContaining("the model has no such layer");
    }

    @Test
    void refusesACallThatTheModelDoesNotMakeOrThatIsNotClear() {
        Tensor x = Tensor.of(Shape.of(1, 4), 1, 2, 3, 4);
        for (String name : List.of("d", "d@2")) {
            Reference reference = new Reference("r", List.of(x), List.of(x), Map.of(name, x), Optional.empty());
            assertThatThrownBy(() -> Conformance.check(new FakeEngine(TestModels.shared()), reference))
                    .isInstanceOf(InvalidReferenceException.class)
                    .hasMessageContaining("r: entry 'layers/" + name + "': the model calls the layer");
        }
        Reference two = new Reference("r", List.of(x, x), List.of(x), Map.of(), Optional.empty());
        assertThatThrownBy(() -> Conformance.check(new FakeEngine(TestModels.shared()), two))
                .isInstanceOf(InvalidReferenceException.class)
                .hasMessage("r: the model takes 1 inputs and gives 1 outputs; the reference has 2 and 1;"
                        + " was it written for another model?");
    }

    private static ConformanceReport check(KerasModel model, String reference) {
        return Conformance.check(new FakeEngine(model), reference(reference));
    }

    private static AbstractThrowableAssert<?, ?> assertRefused(KerasModel model, String reference) {
        return assertThatThrownBy(() -> check(model, reference)).isInstanceOf(InvalidReferenceException.class);
    }

    private static TensorComparison compare(Tensor ours, Tensor keras) {
        TensorComparer comparer = new TensorComparer("t", "Dense", keras);
        comparer.add(ours, 1);
        return comparer.result(Tolerance.standard());
    }

    private static UnaryOperator<Tensor> with(int position, float value) {
        return tensor -> {
            float[] values = tensor.toArray();
            values[position] = value;
            return Tensor.wrap(tensor.shape(), values);
        };
    }
}
