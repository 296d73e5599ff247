package io.atelier.cli;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/**
 * What standard output is connected to.
 *
 * @param isTerminal rather than a file or a pipe
 * @param columns how many characters fit on a line
 * @param colours that it can show
 */
record Terminal(boolean isTerminal, int columns, Colours colours) {
    /** The colours a terminal can show. */
    enum Colours {
        /** It is no terminal, or one that was asked to do without. */
        NONE,
        /** The 256 that every terminal of today knows. */
        PALETTE,
        /** All of 24 bits. */
        FULL
    }

    private static final int DEFAULT_COLUMNS = 80;
    private static final int FEWEST_COLUMNS = 40;

    /** Asks the start script's properties, then the environment, then the JVM. */
    static Terminal detect() {
        return detect(System.getProperties(), System.getenv(), Ansi.AUTO.enabled());
    }

    static Terminal detect(Properties properties, Map<String, String> environment, boolean isConsole) {
        int columns = number(properties.getProperty("atelier.columns"))
                .or(() -> number(environment.get("COLUMNS")))
                .filter(number -> number >= FEWEST_COLUMNS)
                .orElse(DEFAULT_COLUMNS);
        String told = properties.getProperty("atelier.terminal");
        boolean isTerminal = told == null ? isConsole : Boolean.parseBoolean(told);
        boolean isPlain = !environment.getOrDefault("NO_COLOR", "").isEmpty()
                || environment.getOrDefault("TERM", "").equals("dumb");
        if (!isTerminal || isPlain) {
            return new Terminal(isTerminal, columns, Colours.NONE);
        }
        String depth = environment.getOrDefault("COLORTERM", "");
        boolean isFull = depth.equals("truecolor") || depth.equals("24bit");
        return new Terminal(isTerminal, columns, isFull ? Colours.FULL : Colours.PALETTE);
    }

    /** UTF-8, but for a Windows console, which has a code page of its own. */
    static Charset charset() {
        boolean isWindows =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
        String codePage = System.getProperty("stdout.encoding", "UTF-8");
        return isWindows ? Charset.forName(codePage) : StandardCharsets.UTF_8;
    }

    /** Whether help may be coloured. */
    Ansi ansi() {
        return colours == Colours.NONE ? Ansi.OFF : Ansi.ON;
    }

    private static Optional<Integer> number(@Nullable String text) {
        return text != null && text.matches("[0-9]{1,4}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }
}
