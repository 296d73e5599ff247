package io.atelier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PictureTest {
    private static final String ESC = "\u001b[";

    @Test
    void plainCharactersStandForTwoPixelsEach() {
        Picture picture = Picture.of(4, 3, 0, 1, 0, 0, 1, 1, 0.5f, 0.25f, 0, 0.5f, 0.25f, 0.1f);
        assertThat(picture.lines(Terminal.Colours.NONE)).containsExactly(" @=", "+: ");
        assertThat(picture.width()).isEqualTo(3);
    }

    @Test
    void halfBlocksHaveTheUpperPixelInFront() {
        assertThat(Picture.of(2, 1, 1, 0).lines(Terminal.Colours.FULL))
                .containsExactly(ESC + "38;2;255;255;255;48;2;0;0;0m▀" + ESC + "0m");
        assertThat(Picture.of(2, 1, 1, 0.5f).lines(Terminal.Colours.PALETTE))
                .containsExactly(ESC + "38;5;231;48;5;244m▀" + ESC + "0m");
    }

    @Test
    void aColourIsNamedOnlyWhereItChanges() {
        assertThat(Picture.of(2, 3, 0, 0, 1, 0, 0, 1).lines(Terminal.Colours.PALETTE))
                .containsExactly(ESC + "38;5;16;48;5;16m▀▀" + ESC + "38;5;231;48;5;231m▀" + ESC + "0m");
    }

    @Test
    void anOddLastRowHasBlackBelow() {
        assertThat(Picture.of(1, 1, 1).lines(Terminal.Colours.FULL))
                .containsExactly(ESC + "38;2;255;255;255;48;2;0;0;0m▀" + ESC + "0m");
    }

    @Test
    void valuesBeyondBlackAndWhiteAreCutOff() {
        assertThat(Picture.of(2, 2, -3, 7, -3, 7).lines(Terminal.Colours.NONE)).containsExactly(" @");
    }
}
