package io.atelier.classify;

import java.util.Arrays;
import net.coobird.thumbnailator.util.exif.ExifUtils;
import net.coobird.thumbnailator.util.exif.Orientation;
import org.jspecify.annotations.Nullable;

/**
 * What a JPEG file says before its pixels begin: how it is to be turned, and how many components it has.
 *
 * <p>Read from the bytes rather than through ImageIO's metadata, which refuses many a camera's file as inconsistent.
 *
 * @param orientation from EXIF; upright where the file does not say
 * @param components 1 grey, 3 colour, 4 CMYK; 0 where the file does not say
 */
record JpegHeader(Orientation orientation, int components) {
    private static final int START_OF_SCAN = 0xda;
    private static final int APP1 = 0xe1;
    private static final byte[] EXIF = {'E', 'x', 'i', 'f', 0, 0};

    static JpegHeader read(byte[] file) {
        Orientation orientation = Orientation.TOP_LEFT;
        int components = 0;
        int at = 2;
        while (at + 4 <= file.length && (file[at] & 0xff) == 0xff) {
            int marker = file[at + 1] & 0xff;
            if (marker == 0xff) {
                at++;
                continue;
            }
            int length = (file[at + 2] & 0xff) << 8 | (file[at + 3] & 0xff);
            int end = Math.min(at + 2 + length, file.length);
            if (marker == START_OF_SCAN || length < 2) {
                break;
            }
            if (marker == APP1 && startsWith(file, at + 4, end)) {
                orientation = orientation(Arrays.copyOfRange(file, at + 4, end));
            }
            if (isStartOfFrame(marker) && at + 9 < end) {
                components = file[at + 9] & 0xff;
            }
            at = end;
        }
        return new JpegHeader(orientation, components);
    }

    private static boolean isStartOfFrame(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    private static boolean startsWith(byte[] file, int from, int end) {
        return end - from > EXIF.length && Arrays.equals(file, from, from + EXIF.length, EXIF, 0, EXIF.length);
    }

    private static Orientation orientation(byte[] exif) {
        try {
            @Nullable Orientation orientation = ExifUtils.getOrientationFromExif(exif);
            return orientation == null ? Orientation.TOP_LEFT : orientation;
        } catch (RuntimeException e) {
            // Broken EXIF data says nothing about the pixels; everyone shows such a file as it is stored.
            return Orientation.TOP_LEFT;
        }
    }
}
