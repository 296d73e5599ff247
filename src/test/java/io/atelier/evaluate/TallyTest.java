package io.atelier.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.atelier.data.ImageSource;
import io.atelier.data.InvalidDataException;
import io.atelier.data.LabelledImage;
import io.atelier.data.SkippedImage;
import java.util.List;
import org.junit.jupiter.api.Test;

class TallyTest {
    private static final List<String> LABELS = List.of("a", "b", "c");

    private final Tally tally = new Tally(LABELS, new int[] {0, 1, 2}, 2, image -> "picture of " + image.name());

    private void add(String name, int label, float... probabilities) {
        tally.add(new LabelledImage(new ImageSource.Encoded(name, new byte[0]), label), probabilities);
    }

    @Test
    void answersAreCountedByTheirRank() {
        add("first", 0, 0.6f, 0.3f, 0.1f);
        add("second", 1, 0.6f, 0.3f, 0.1f);
        add("third", 2, 0.6f, 0.3f, 0.1f);
        add("first again", 1, 0.2f, 0.7f, 0.1f);

        Evaluation evaluation = tally.toEvaluation("test");
        assertThat(evaluation.ranks()).containsExactly(2L, 1L, 1L);
        assertThat(evaluation.topAccuracy(1)).isEqualTo(evaluation.accuracy()).isEqualTo(0.5);
        assertThat(evaluation.topAccuracy(2)).isEqualTo(0.75);
        assertThat(evaluation.topAccuracy(9)).isEqualTo(1);
        assertThat(evaluation.confusion().toText()).isEqualTo("[[1 0 0]\n [1 1 0]\n [1 0 0]]");
    }

    @Test
    void ofEqualProbabilitiesTheFirstIsTheAnswer() {
        add("tie", 1, 0.4f, 0.4f, 0.2f);

        Evaluation evaluation = tally.toEvaluation("test");
        assertThat(evaluation.confusion().count(1, 0)).isEqualTo(1);
        assertThat(evaluation.ranks()).containsExactly(0L, 1L, 0L);
    }

    @Test
    void theLossIsTheMeanCrossEntropy() {
        add("sure and right", 0, 1, 0, 0);
        add("sure and wrong", 1, 1, 0, 0);
        add("almost sure and wrong", 1, 1, 1e-30f, 0);
        add("unsure", 2, 0.5f, 0.25f, 0.25f);

        double expected = (-Math.log(Float.MIN_VALUE) - Math.log(1e-30f) - Math.log(0.25)) / 4;
        assertThat(tally.toEvaluation("test").loss()).isCloseTo(expected, within(1e-12));
    }

    @Test
    void theSurestMistakesAreKept() {
        add("unsure", 1, 0.5f, 0.3f, 0.2f);
        add("sure", 1, 0.9f, 0.1f, 0);
        add("right", 0, 1, 0, 0);
        add("as sure", 2, 0.9f, 0.1f, 0);
        add("as sure but later", 2, 0.9f, 0.1f, 0);

        assertThat(tally.toEvaluation("test").mistakes())
                .containsExactly(
                        new Mistake("sure", "b", "a", 0.9f, 0.1f, "picture of sure"),
                        new Mistake("as sure", "c", "a", 0.9f, 0, "picture of as sure"));
    }

    @Test
    void noMistakesNeedBeKept() {
        Tally none = new Tally(LABELS, new int[] {0, 1, 2}, 0, image -> "picture");
        none.add(new LabelledImage(new ImageSource.Encoded("x", new byte[0]), 0), new float[] {0, 1, 0});
        assertThat(none.toEvaluation("test").mistakes()).isEmpty();
    }

    @Test
    void skippedImagesAreListedUpToALimitAndCountedBeyond() {
        add("right", 0, 1, 0, 0);
        for (int i = 0; i < 1001; i++) {
            tally.addSkipped(new SkippedImage("x" + i, "x" + i + ": is no image"));
        }

        Evaluation evaluation = tally.toEvaluation("test");
        assertThat(tally.done()).isEqualTo(1002);
        assertThat(evaluation.count()).isEqualTo(1);
        assertThat(evaluation.skippedCount()).isEqualTo(1001);
        assertThat(evaluation.skipped()).hasSize(1000);
        assertThat(evaluation.toText())
                .contains("\n1,001 images could not be read and were skipped\n  x0: is no image\n", "  and 1 more\n");
    }

    @Test
    void imagesOfWhichNoneCanBeReadAreNoEvaluation() {
        tally.addSkipped(new SkippedImage("x", "x: is no image"));
        assertThatThrownBy(() -> tally.toEvaluation("test"))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage("test: none of the 1 images can be read; the first: x: is no image");
    }
}
