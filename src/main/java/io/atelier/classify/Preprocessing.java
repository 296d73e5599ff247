package io.atelier.classify;

import io.atelier.keras.layer.DataFormat;
import java.awt.Color;
import java.util.Optional;

/**
 * What happens to an image on its way into a model. Immutable and thread-safe.
 *
 * <p>In this order: orientation (a JPEG's EXIF orientation is honoured), transparency, grey conversion where the model
 * has one channel ({@code 0.299 R + 0.587 G + 0.114 B}, Rec. 601, rounded as Pillow's mode {@code L}), size, inversion,
 * scaling. Colour profiles are ignored, as Pillow and Keras do.
 *
 * @param size the size images are brought to; by default the one in the model's input shape
 * @param dataFormat where the model has its channels; by default it is told from the input shape
 * @param fit how images of other proportions are brought to the size; {@link Fit#STRETCH} by default, as in Keras
 * @param inversion whether light and dark are exchanged; {@link Inversion#NEVER} by default
 * @param background the colour behind transparent pixels; white by default
 * @param scaling what a pixel's value becomes; by default {@link Scaling#NONE} for a model with a Rescaling layer that
 *     divides by 50 or more, {@link Scaling#BY_255} for every other
 * @param limits how large an image file may be
 */
public record Preprocessing(
        Optional<Size> size,
        Optional<DataFormat> dataFormat,
        Fit fit,
        Inversion inversion,
        Color background,
        Optional<Scaling> scaling,
        ImageLimits limits) {
    /**
     * The size of an image in pixels.
     *
     * @param height at least 1
     * @param width at least 1
     */
    public record Size(int height, int width) {
        public Size {
            if (height < 1 || width < 1) {
                throw new IllegalArgumentException(
                        "an image is at least 1 x 1 pixels; received height=" + height + ", width=" + width);
            }
        }

        /** As {@code height x width}: {@code 28 x 28}. */
        @Override
        public String toString() {
            return height + " x " + width;
        }
    }

    public Preprocessing {
        if (background.getAlpha() != 255) {
            throw new IllegalArgumentException(
                    "the background shows through transparent pixels and must be opaque itself; received alpha="
                            + background.getAlpha());
        }
    }

    /** The defaults, to be changed by the builder's options. */
    public static Builder builder() {
        return new Builder(Fit.STRETCH, Inversion.NEVER);
    }

    /** Other defaults, to be changed by the builder's options. */
    static Builder builder(Fit fit, Inversion inversion) {
        return new Builder(fit, inversion);
    }

    /** The same, for a model whose input shape leaves the size open. */
    Preprocessing withSize(Size newSize) {
        return new Preprocessing(Optional.of(newSize), dataFormat, fit, inversion, background, scaling, limits);
    }

    /** Collects options; each may be set once, so that no option silently wins over another. */
    public static final class Builder {
        private Optional<Size> size = Optional.empty();
        private Optional<DataFormat> dataFormat = Optional.empty();
        private Optional<Fit> fit = Optional.empty();
        private Optional<Inversion> inversion = Optional.empty();
        private Optional<Color> background = Optional.empty();
        private Optional<Scaling> scaling = Optional.empty();
        private Optional<ImageLimits> limits = Optional.empty();

        private final Fit defaultFit;
        private final Inversion defaultInversion;

        private Builder(Fit defaultFit, Inversion defaultInversion) {
            this.defaultFit = defaultFit;
            this.defaultInversion = defaultInversion;
        }

        /** The size images are brought to, for models whose input shape leaves it open. */
        public Builder size(int height, int width) {
            size = once("size", size, new Size(height, width));
            return this;
        }

        public Builder dataFormat(DataFormat value) {
            dataFormat = once("dataFormat", dataFormat, value);
            return this;
        }

        public Builder fit(Fit value) {
            fit = once("fit", fit, value);
            return this;
        }

        public Builder inversion(Inversion value) {
            inversion = once("inversion", inversion, value);
            return this;
        }

        public Builder background(Color value) {
            background = once("background", background, value);
            return this;
        }

        public Builder scaling(Scaling value) {
            scaling = once("scaling", scaling, value);
            return this;
        }

        public Builder limits(ImageLimits value) {
            limits = once("limits", limits, value);
            return this;
        }

        public Preprocessing build() {
            return new Preprocessing(
                    size,
                    dataFormat,
                    fit.orElse(defaultFit),
                    inversion.orElse(defaultInversion),
                    background.orElse(Color.WHITE),
                    scaling,
                    limits.orElse(ImageLimits.DEFAULT));
        }

        private static <T> Optional<T> once(String option, Optional<T> before, T value) {
            if (before.isPresent() && !before.get().equals(value)) {
                throw new IllegalArgumentException("option " + option + " is set twice, to " + before.get() + " and to "
                        + value + "; set it once");
            }
            return Optional.of(value);
        }
    }
}
