package io.atelier.keras;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Text measured in the cells of a terminal: a Chinese character takes two, an accent that joins the letter before it
 * takes none.
 *
 * <p>Not handled: the variation selector that turns a text symbol into a wide emoji.
 */
final class CellText {
    private static final int ZERO_WIDTH_JOINER = 0x200d;
    private static final int SOFT_HYPHEN = 0xad;

    /** First and last of each range that Unicode 17 calls wide or fullwidth, and that takes two cells. */
    private static final int[] WIDE = hexadecimal("""
            1100-115f 231a-231b 2329-232a 23e9-23ec 23f0-23f0 23f3-23f3 25fd-25fe 2614-2615 2630-2637 2648-2653
            267f-267f 268a-268f 2693-2693 26a1-26a1 26aa-26ab 26bd-26be 26c4-26c5 26ce-26ce 26d4-26d4 26ea-26ea
            26f2-26f3 26f5-26f5 26fa-26fa 26fd-26fd 2705-2705 270a-270b 2728-2728 274c-274c 274e-274e 2753-2755
            2757-2757 2795-2797 27b0-27b0 27bf-27bf 2b1b-2b1c 2b50-2b50 2b55-2b55 2e80-2e99 2e9b-2ef3 2f00-2fd5
            2ff0-3029 3030-303e 3041-3096 309b-30ff 3105-312f 3131-3163 3165-318e 3190-31e5 31ef-321e 3220-3247
            3250-a48c a490-a4c6 a960-a97c ac00-d7a3 f900-faff fe10-fe19 fe30-fe52 fe54-fe66 fe68-fe6b ff01-ff60
            ffe0-ffe6 16fe0-16fe3 16ff2-16ff6 17000-18cd5 18cff-18d1e 18d80-18df2 1aff0-1aff3 1aff5-1affb
            1affd-1affe 1b000-1b122 1b132-1b132 1b150-1b152 1b155-1b155 1b164-1b167 1b170-1b2fb 1d300-1d356
            1d360-1d376 1f004-1f004 1f0cf-1f0cf 1f18e-1f18e 1f191-1f19a 1f200-1f202 1f210-1f23b 1f240-1f248
            1f250-1f251 1f260-1f265 1f300-1f320 1f32d-1f335 1f337-1f37c 1f37e-1f393 1f3a0-1f3ca 1f3cf-1f3d3
            1f3e0-1f3f0 1f3f4-1f3f4 1f3f8-1f3fa 1f400-1f43e 1f440-1f440 1f442-1f4fc 1f4ff-1f53d 1f54b-1f54e
            1f550-1f567 1f57a-1f57a 1f595-1f596 1f5a4-1f5a4 1f5fb-1f64f 1f680-1f6c5 1f6cc-1f6cc 1f6d0-1f6d2
            1f6d5-1f6d8 1f6dc-1f6df 1f6eb-1f6ec 1f6f4-1f6fc 1f7e0-1f7eb 1f7f0-1f7f0 1f90c-1f93a 1f93c-1f945
            1f947-1f9ff 1fa70-1fa7c 1fa80-1fa8a 1fa8e-1fac6 1fac8-1fac8 1facd-1fadc 1fadf-1faea 1faef-1faf8
            20000-2fffd 30000-3fffd
            """);

    private CellText() {}

    /** The number of cells that the text takes. */
    static int width(String text) {
        return clusters(text).stream().mapToInt(Cluster::width).sum();
    }

    /** The beginning of the text that fills this many cells; half a wide character becomes a space. */
    static String cut(String text, int cells) {
        StringBuilder head = new StringBuilder();
        int used = 0;
        for (Cluster cluster : clusters(text)) {
            if (used >= cells) {
                break;
            }
            used += cluster.width();
            head.append(used > cells ? " " : cluster.text());
        }
        return head.toString();
    }

    /** The text in pieces of at most this many cells. */
    static List<String> chop(String text, int cells) {
        List<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        int used = 0;
        for (Cluster cluster : clusters(text)) {
            if (used + cluster.width() > cells) {
                pieces.add(piece.toString());
                piece.setLength(0);
                used = 0;
            }
            piece.append(cluster.text());
            used += cluster.width();
        }
        if (used > 0) {
            pieces.add(piece.toString());
        }
        return pieces;
    }

    /** What is never torn apart: a character with those after it that take no cell or are joined to it. */
    private record Cluster(String text, int width) {}

    private static List<Cluster> clusters(String text) {
        List<Cluster> clusters = new ArrayList<>();
        boolean isJoined = false;
        for (int codePoint : text.codePoints().toArray()) {
            int width = isJoined ? 0 : width(codePoint);
            isJoined = codePoint == ZERO_WIDTH_JOINER && !clusters.isEmpty();
            if (width == 0 && !clusters.isEmpty()) {
                Cluster last = clusters.remove(clusters.size() - 1);
                clusters.add(new Cluster(last.text() + Character.toString(codePoint), last.width()));
            } else {
                clusters.add(new Cluster(Character.toString(codePoint), width));
            }
        }
        return clusters;
    }

    private static int width(int codePoint) {
        int index = Arrays.binarySearch(WIDE, codePoint);
        // Between the first and the last of a range, the insertion point is odd.
        boolean isWide = index >= 0 || (-index - 1) % 2 == 1;
        return isWide ? 2 : takesNoCell(codePoint) ? 0 : 1;
    }

    private static boolean takesNoCell(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            // Arabic number signs are format characters that are drawn.
            case Character.FORMAT ->
                codePoint != SOFT_HYPHEN && Character.UnicodeScript.of(codePoint) != Character.UnicodeScript.ARABIC;
            // Hangul vowels and final consonants join the consonant before them.
            default -> (codePoint >= 0x1160 && codePoint <= 0x11ff) || (codePoint >= 0xd7b0 && codePoint <= 0xd7ff);
        };
    }

    private static int[] hexadecimal(String ranges) {
        return Arrays.stream(ranges.strip().split("[-\\s]+"))
                .mapToInt(number -> Integer.parseInt(number, 16))
                .toArray();
    }
}
