package io.atelier.cli;

import java.util.Locale;

/** Small pieces of output. */
final class Text {
    private Text() {}

    /** Keeps names from files from steering the terminal; line ends stay. */
    static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u0080-\\u009f&&[^\\n]]", "?");
    }

    /** A share with one decimal, rounded, but 100 % means all: {@code 97.3 %}. */
    static String percent(double share) {
        long thousandths = Math.min(Math.round(share * 1000), share < 1 ? 999 : 1000);
        return String.format(Locale.ROOT, "%.1f %%", thousandths / 10.0);
    }

    /** A number with its thousands marked: {@code 18,496}. */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Shortened to a width. */
    static String clip(String text, int width) {
        return text.length() <= width ? text : text.substring(0, width - 1) + "…";
    }
}
