package io.atelier.keras;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.keras.SummaryTable.Column;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SummaryTableTest {
    @Test
    void columnsShareWhatTheBordersTake() {
        SummaryTable table = new SummaryTable(20, List.of(new Column("a", 10, false), new Column("b", 10, true)));
        table.addRow(List.of("x", "y"));
        table.addRow(List.of("z", "1"));
        assertThat(table.lines())
                .containsExactly(
                        "┏━━━━━━━━┳━━━━━━━━━┓",
                        "┃ a      ┃       b ┃",
                        "┡━━━━━━━━╇━━━━━━━━━┩",
                        "│ x      │       y │",
                        "├────────┼─────────┤",
                        "│ z      │       1 │",
                        "└────────┴─────────┘");
    }

    @Test
    void shortTextStandsAtTheBottomOfAHeaderAndAtTheTopOfARow() {
        SummaryTable table =
                new SummaryTable(20, List.of(new Column("two words", 10, false), new Column("b", 10, true)));
        table.addRow(List.of("also two", "1"));
        assertThat(table.lines())
                .contains("┃ two    ┃         ┃", "┃ words  ┃       b ┃")
                .contains("│ also   │       1 │", "│ two    │         │");
    }

    @Test
    void aWordLongerThanItsCellLosesItsEnd() {
        assertThat(TextLines.cell("abcdefghij", 6, false)).containsExactly("abcde…");
        assertThat(TextLines.cell("x abcdefghij y", 6, false)).containsExactly("x     ", "abcde…", "y     ");
        assertThat(TextLines.cell("1,234,567", 6, true)).containsExactly("1,234…");
    }

    @Test
    void aWordLongerThanALineOfRunningTextIsFolded() {
        assertThat(TextLines.running("Model: \"abcdefghijkl\"", 8)).containsExactly("Model: ", "\"abcdefg", "hijkl\"");
    }

    @Test
    void aLineOfWideCharactersIsMeasuredInCells() {
        assertThat(TextLines.cell("漢字 x", 6, false)).containsExactly("漢字 x");
        assertThat(TextLines.cell("漢字漢字", 6, false)).containsExactly("漢字 …");
        assertThat(TextLines.running("漢字漢字", 5)).containsExactly("漢字", "漢字");
    }

    @ParameterizedTest
    @CsvSource({"dense, 5", "層, 2", "ｆ, 2", "é, 1", "½, 1", "각, 2", "👩‍🔬, 2", "🙂, 2", "𠀀, 2", "․, 1"})
    void everyCharacterTakesTheCellsThatATerminalGivesIt(String text, int cells) {
        assertThat(CellText.width(text)).isEqualTo(cells);
    }

    @Test
    void marksThatJoinALetterTakeNoCell() {
        assertThat(CellText.width("e\u0301")).isEqualTo(1);
        assertThat(CellText.cut("e\u0301\u0302xyz", 2)).isEqualTo("e\u0301\u0302x");
        assertThat(CellText.width("\u1100\u1161\u11a8")).isEqualTo(2);
    }
}
