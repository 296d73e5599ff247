package io.atelier.dl4j.layer;

import io.atelier.keras.layer.DataFormat;
import io.atelier.keras.layer.Margin;
import io.atelier.keras.layer.Padding;
import io.atelier.keras.layer.Shape;
import io.atelier.keras.layer.SlidingWindow;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** A {@link SlidingWindow} in the form in which it goes into a saved network. */
public record SavedWindow(
        @JsonProperty("size") List<Integer> size,
        @JsonProperty("strides") List<Integer> strides,
        @JsonProperty("dilationRate") List<Integer> dilationRate,
        @JsonProperty("padding") Padding padding,
        @JsonProperty("dataFormat") DataFormat dataFormat)
        implements Serializable {
    private static final long serialVersionUID = 1;

    @JsonCreator
    public SavedWindow {
        size = List.copyOf(size);
        strides = List.copyOf(strides);
        dilationRate = List.copyOf(dilationRate);
    }

    /** The saved form of a window. */
    public static SavedWindow of(SlidingWindow window) {
        return new SavedWindow(
                window.size(), window.strides(), window.dilationRate(), window.padding(), window.dataFormat());
    }

    SlidingWindow window() {
        return new SlidingWindow(size, strides, dilationRate, padding, dataFormat);
    }

    /** The padding on each spatial axis of an input. */
    List<Margin> margins(long... inputShape) {
        return window().margins(shape(inputShape)).orElseThrow();
    }

    /** The shape of what the window leaves of an input; the channels axis stays as it is. */
    long[] outputShape(long... inputShape) {
        int[] sizes = window().outputShape(shape(inputShape)).toArray();
        return Arrays.stream(sizes).asLongStream().toArray();
    }

    private static Shape shape(long... sizes) {
        return Shape.of(Arrays.stream(sizes).mapToInt(Math::toIntExact).toArray());
    }
}
