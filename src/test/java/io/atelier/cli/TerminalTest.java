package io.atelier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class TerminalTest {
    private static Terminal detect(Map<String, String> properties, Map<String, String> environment, boolean isConsole) {
        Properties set = new Properties();
        set.putAll(properties);
        return Terminal.detect(set, environment, isConsole);
    }

    @Test
    void aPipeHasNoColours() {
        assertThat(detect(Map.of(), Map.of("COLORTERM", "truecolor"), false))
                .isEqualTo(new Terminal(false, 80, Terminal.Colours.NONE));
    }

    @Test
    void theStartScriptKnowsBetterThanTheJvm() {
        assertThat(detect(Map.of("atelier.terminal", "false"), Map.of(), true).isTerminal())
                .isFalse();
        assertThat(detect(Map.of("atelier.terminal", "true", "atelier.columns", "132"), Map.of("COLUMNS", "90"), false))
                .isEqualTo(new Terminal(true, 132, Terminal.Colours.PALETTE));
    }

    @Test
    void coloursAreThoseOfTheTerminal() {
        assertThat(detect(Map.of(), Map.of("COLORTERM", "24bit"), true).colours())
                .isEqualTo(Terminal.Colours.FULL);
        assertThat(detect(Map.of(), Map.of("NO_COLOR", "1"), true).colours()).isEqualTo(Terminal.Colours.NONE);
        assertThat(detect(Map.of(), Map.of("TERM", "dumb"), true).colours()).isEqualTo(Terminal.Colours.NONE);
    }

    @Test
    void aWidthThatIsNoneIsPassedOver() {
        assertThat(detect(Map.of("atelier.columns", ""), Map.of("COLUMNS", "wide"), true)
                        .columns())
                .isEqualTo(80);
        assertThat(detect(Map.of("atelier.columns", "0"), Map.of(), true).columns())
                .isEqualTo(80);
    }
}
