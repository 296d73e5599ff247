package io.atelier.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Draws small grey pictures in a terminal: a character stands for two pixels, one above the other. With colours it is a
 * half block, the upper pixel in the foreground and the lower in the background; without, a character of about the same
 * lightness on a dark ground.
 */
final class Picture {
    private static final String RAMP = " .:-=+*#%@";
    private static final String RESET = "\u001b[0m";
    /** The palette's grey levels: black, 24 steps from 232 on, white. */
    private static final int[] PALETTE_ENDS = {16, 231};

    private final int height;
    private final int width;
    private final int[] greys;

    private Picture(int height, int width, int[] greys) {
        this.height = height;
        this.width = width;
        this.greys = greys;
    }

    /**
     * A picture of numbers from 0, black, to 1, white; what is beyond is cut off.
     *
     * @param values height x width, row by row
     */
    static Picture of(int height, int width, float... values) {
        int[] greys = new int[height * width];
        for (int i = 0; i < greys.length; i++) {
            greys[i] = Math.round(Math.max(0, Math.min(1, values[i])) * 255);
        }
        return new Picture(height, width, greys);
    }

    /** The lines of the picture, {@link #width} characters wide and half as many as it has pixels in height. */
    List<String> lines(Terminal.Colours colours) {
        List<String> lines = new ArrayList<>();
        for (int y = 0; y < height; y += 2) {
            StringBuilder line = new StringBuilder();
            String previous = "";
            for (int x = 0; x < width; x++) {
                int upper = grey(x, y);
                int lower = grey(x, y + 1);
                if (colours == Terminal.Colours.NONE) {
                    line.append(RAMP.charAt((upper + lower) * RAMP.length() / 512));
                } else {
                    String colour = "\u001b[38;" + code(upper, colours) + ";48;" + code(lower, colours) + "m";
                    line.append(colour.equals(previous) ? "" : colour).append('▀');
                    previous = colour;
                }
            }
            lines.add(line.append(previous.isEmpty() ? "" : RESET).toString());
        }
        return lines;
    }

    int width() {
        return width;
    }

    private int grey(int x, int y) {
        return y < height ? greys[y * width + x] : 0;
    }

    private static String code(int grey, Terminal.Colours colours) {
        if (colours == Terminal.Colours.FULL) {
            return "2;" + grey + ";" + grey + ";" + grey;
        }
        // Step i of the 24 is the grey 8 + 10 i.
        int step = Math.round((grey - 8) / 10f);
        int colour = grey < 4 ? PALETTE_ENDS[0] : step > 23 ? PALETTE_ENDS[1] : 232 + Math.max(0, step);
        return "5;" + colour;
    }
}
